/** What a reader lets the others know without saying it: that they type, what they read. */

/** What signals need from their client. */
export interface SignalsOptions {
  /** Sends a command if the room can be reached; says whether it could. */
  readonly send: (command: object) => boolean;
  readonly now: () => number;
}

/** Sends no more signals than the others need. */
export interface Signals {
  /** The reader types, or has stopped. */
  type(on: boolean): void;
  /** A text was sent, which tells everybody that it is typed no more. */
  typed(): void;
  /** The reader has seen everything up to `seq`; without it, says so again. */
  read(seq?: number): void;
}

/** The others are told at most this often that somebody types, in ms. */
const TYPING_MS = 3_000;

/** The signals of a reader who has done nothing yet. */
export function createSignals({ send, now }: SignalsOptions): Signals {
  /** When the others were last told; 0 while they take the reader for silent. */
  let typedAt = 0;
  let lastRead = 0;
  return {
    type(on) {
      const isKnown = on ? now() - typedAt < TYPING_MS : typedAt === 0;
      if (!isKnown && send({ type: "typing", on })) typedAt = on ? now() : 0;
    },
    typed() {
      typedAt = 0;
    },
    read(seq = lastRead) {
      if (seq < lastRead || seq === 0) return;
      lastRead = seq;
      send({ type: "read", seq });
    },
  };
}
