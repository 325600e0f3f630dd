/** One socket in one room. What must survive eviction is in the socket's attachment. */
import type { CloseCode, Member, RoomEvent } from "../../protocol/mod.ts";
import type { TokenGrant } from "../door/identity.ts";
import type { Bucket } from "../door/rate.ts";
import type { Meter } from "../storage/meter.ts";
import type { Note } from "../storage/totals.ts";

/** Where the frames that go out are counted. */
type FrameCount = Pick<Meter, "framesSent">;

/** What the attachment holds; under 1 KiB, the platform takes up to 16 KiB. */
export interface Attachment {
  readonly session: string;
  readonly room: string;
  readonly member: Member;
  /** What a member's token says besides; absent for a guest. */
  readonly grant?: TokenGrant | undefined;
  /** Whether a guest has shown that they are a person. */
  readonly human?: boolean | undefined;
  /** Hash of the address that it comes from; absent where addresses do not count. */
  readonly address?: string | undefined;
  /** Frames in a row that were no command. */
  readonly garbage: number;
  /** What is left of the rate at which it may ask for something. */
  readonly bucket?: Bucket;
  /** Set while the session reads slower than the room talks. */
  readonly behind?: Behind | undefined;
  /** The `seq` up to which it has read. */
  readonly read?: number | undefined;
  /** True while it watches the list of rooms. */
  readonly watches?: true | undefined;
  /** True while it knows how many are in its crowded room, and not who. */
  readonly nameless?: true | undefined;
  /** The project's totals, in one attachment of all. */
  readonly note?: Note | undefined;
  /** Beside them: when silent clients were looked for last, in ms since 1970. */
  readonly lookedAt?: number;
  /** What was told last of its typing, and when, in ms since 1970. */
  readonly typed?: { readonly on: boolean; readonly at: number };
  /**
   * Set once this session ended: whatever still arrives from it is ignored and, when it
   * was dismissed, what it sent before, too.
   */
  readonly ended?: "left" | "dismissed";
}

/** Where a session is that reads slower than its room talks. */
export interface Behind {
  /** The `seq` it was told last. */
  readonly cursor: number;
  /** When it was last known to read, in ms since 1970. */
  readonly since: number;
}

/** The room's view of a socket: somebody who can be told things. */
export class Session {
  readonly #socket: WebSocket;
  readonly #meter: FrameCount;
  #attachment: Attachment;

  constructor(
    socket: WebSocket,
    options: { attachment: Attachment; meter: FrameCount },
  ) {
    this.#socket = socket;
    this.#meter = options.meter;
    this.#attachment = options.attachment;
  }

  /** The session a socket carries; `undefined` for a socket we did not accept. */
  static of(socket: WebSocket, meter: FrameCount): Session | undefined {
    // Only attach() writes attachments, so its shape is known.
    const attachment = socket.deserializeAttachment() as Attachment | null;
    return attachment ? new Session(socket, { attachment, meter }) : undefined;
  }

  /** A session that begins: writes its attachment. */
  static attach(
    socket: WebSocket,
    options: { attachment: Attachment; meter: FrameCount },
  ): Session {
    const session = new Session(socket, options);
    session.update({});
    return session;
  }

  get id(): string {
    return this.#attachment.session;
  }

  get room(): string {
    return this.#attachment.room;
  }

  get member(): Member {
    return this.#attachment.member;
  }

  /** What the member's token says besides; a guest has none. */
  get grant(): TokenGrant | undefined {
    return this.#attachment.grant;
  }

  /** Whether a guest has shown that they are a person. */
  get human(): boolean {
    return this.#attachment.human === true;
  }

  get bucket(): Bucket | undefined {
    return this.#attachment.bucket;
  }

  /** Where it is, if it is behind. */
  get behind(): Behind | undefined {
    return this.#attachment.behind;
  }

  /** The `seq` up to which it has read. */
  get read(): number | undefined {
    return this.#attachment.read;
  }

  /** Whether it watches the list of rooms. */
  get watches(): boolean {
    return this.#attachment.watches === true;
  }

  /** Whether it knows how many are in its room, and not who. */
  get nameless(): boolean {
    return this.#attachment.nameless === true;
  }

  /** The project's totals, if it carries them. */
  get note(): Note | undefined {
    return this.#attachment.note;
  }

  /** When silent clients were looked for last, if it carries that. */
  get lookedAt(): number {
    return this.#attachment.lookedAt ?? 0;
  }

  /** What was told last of its typing. */
  get typed(): Attachment["typed"] {
    return this.#attachment.typed;
  }

  get garbage(): number {
    return this.#attachment.garbage;
  }

  /** Whether it can be told anything and may ask for anything. */
  get open(): boolean {
    return !this.gone && this.#socket.readyState === WebSocket.OPEN;
  }

  /** Whether it has ended, in whatever way. */
  get gone(): boolean {
    return this.#attachment.ended !== undefined;
  }

  /** Whether it was dismissed. */
  get dismissed(): boolean {
    return this.#attachment.ended === "dismissed";
  }

  /** Hash of the address that it comes from. */
  get address(): string | undefined {
    return this.#attachment.address;
  }

  /** Changes what is known of this session, for good. */
  update(change: Partial<Attachment>): void {
    this.#attachment = { ...this.#attachment, ...change };
    this.#socket.serializeAttachment(this.#attachment);
  }

  /** Sends one event. */
  send(event: RoomEvent): void {
    this.sendFrame(`[${JSON.stringify(event)}]`);
  }

  /** Sends one frame. A socket that broke meanwhile is the concern of its close event. */
  sendFrame(frame: string): void {
    if (this.gone) return;
    try {
      // Asking whether it is open first would cost each delivery a call to the platform.
      this.#socket.send(frame);
      this.#meter.framesSent++;
    } catch {
      // The state changed under us; nobody else's delivery may end because of it.
    }
  }

  /** Closes the socket; what was sent before still arrives. */
  close(code: CloseCode): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.close(code);
  }
}
