/** Finds out whether a link still carries anything; `readyState` does not tell. */
import { HEARTBEAT_MS, PING } from "../protocol/limits.ts";

/** What a heartbeat needs from its connection. */
export interface HeartbeatOptions {
  readonly send: (text: string) => void;
  /** The link is dead. */
  readonly onDead: () => void;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Milliseconds since any fixed moment. */
  readonly now: () => number;
}

/** Pings a link, and judges it by the oldest ping that was not answered. */
export interface Heartbeat {
  /** Starts, or starts over on an answer: the next ping is a heartbeat away. */
  start(): void;
  stop(): void;
  /** Pings now, unless an answer is being waited for. */
  check(): void;
}

/** How long an answer may take, in ms. */
const ANSWER_MS = 7_000;
/** Heartbeats vary by this share, so that clients do not beat together. */
const VARIATION = 0.2;

/** A heartbeat that was not started. */
export function createHeartbeat(options: HeartbeatOptions): Heartbeat {
  const { send, onDead, random, now } = options;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let due = 0;
  let unanswered = 0;

  function beat() {
    // A timer that comes late was throttled, or the machine slept, and an answer may lie
    // unread: that costs the link one more ping, never its life.
    const isLate = now() - due > ANSWER_MS;
    if (unanswered >= (isLate ? 3 : 2)) return onDead();
    unanswered++;
    wait(ANSWER_MS);
    send(PING);
  }

  function wait(delay: number) {
    clearTimeout(timer);
    due = now() + delay;
    timer = setTimeout(beat, delay);
  }

  return {
    start() {
      unanswered = 0;
      wait(HEARTBEAT_MS * (1 + VARIATION * (random() * 2 - 1)));
    },
    stop: () => clearTimeout(timer),
    check() {
      if (unanswered === 0) beat();
    },
  };
}
