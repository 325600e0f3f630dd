/** The page's reconnecting link to its room. Knows frames, not the DOM. */

const SUBPROTOCOL = "project-chat.v1";
const HEARTBEAT_MS = 25_000;
const HANDSHAKE_MS = 15_000;
const PONG_MS = 10_000;
const MIN_BACKOFF_MS = 500;
const MAX_BACKOFF_MS = 30_000;
/** A link that lasted this long was not part of a crash loop. */
const STABLE_MS = 5_000;
const ACK_BYTES = 65_536;
const TERMINAL = new Set([1000, 1003, 1009, 4400, 4401, 4403]);
const LOG_EVENTS = new Set(["message", "edited", "deleted", "reacted"]);
const encoder = new TextEncoder();

/** Keeps one socket open and turns what it says into calls of `listener`. */
export class Connection {
  /** `idle`, `connecting`, `live`, `waiting` for the next try, or `over`. */
  state = "idle";
  /** Asked for on the next connection. */
  nickname;
  /** Proves that we are the same guest as last time. */
  token;
  #base;
  #listener;
  #socket;
  #epoch;
  /** Highest `seq` applied without a gap; `undefined` until a backfill ends. */
  #cursor;
  #welcome;
  #problem;
  #outbox = new Map();
  #unacked = 0;
  #attempt = 0;
  #liveAt = 0;
  #timers = {};

  constructor(base, listener) {
    this.#base = base;
    this.#listener = listener;
    addEventListener("online", () => this.hurry());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.hurry();
    });
  }

  /** Messages that the room has not confirmed. */
  get unsent() {
    return this.#outbox.size;
  }

  /** Opens a socket now, whatever became of the last. */
  open() {
    this.#drop();
    const url = new URL(this.#base);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    if (this.nickname) url.searchParams.set("nickname", this.nickname);
    if (this.#cursor !== undefined) {
      url.searchParams.set("epoch", this.#epoch);
      url.searchParams.set("after", this.#cursor);
    }
    const bearer = this.token ? [`bearer.${this.token}`] : [];
    const socket = new WebSocket(url, [SUBPROTOCOL, ...bearer]);
    this.#socket = socket;
    this.#welcome = this.#problem = undefined;
    this.#unacked = 0;
    this.#become("connecting");
    this.#after("deadline", HANDSHAKE_MS, () => this.#lost(1006));
    socket.onopen = () => this.#beat();
    socket.onmessage = ({ data }) => this.#receive(data);
    socket.onclose = ({ code }) => this.#lost(code);
  }

  /** Something changed outside: does not wait out a pause or a dead link. */
  hurry() {
    if (this.state === "waiting") this.open();
    else if (this.state === "live") this.#ping();
  }

  /** Takes `text` into the outbox; it stays there until the room confirms it. */
  send(text) {
    const nonce = Array.from(
      crypto.getRandomValues(new Uint8Array(16)),
      (byte) => byte.toString(16).padStart(2, "0"),
    ).join("");
    this.#outbox.set(nonce, { type: "send", nonce, text });
    if (this.state === "live") this.#transmit(nonce);
    return nonce;
  }

  /** Sends a refused message again, under the same nonce. */
  resend(nonce) {
    this.#outbox.get(nonce).isRefused = false;
    if (this.state === "live") this.#transmit(nonce);
  }

  /** Gives a refused message up. */
  discard(nonce) {
    this.#outbox.delete(nonce);
  }

  /** Sends a command that needs no outbox; false if there is no live link. */
  ask(command) {
    if (this.state !== "live") return false;
    this.#socket.send(JSON.stringify(command));
    return true;
  }

  #transmit(nonce) {
    const { isRefused, ...command } = this.#outbox.get(nonce);
    if (isRefused) return;
    this.#socket.send(JSON.stringify(command));
    this.#outbox.get(nonce).retry = true;
  }

  #receive(data) {
    clearTimeout(this.#timers.deadline);
    if (data === "pong") return;
    const socket = this.#socket;
    for (const event of JSON.parse(data)) {
      this.#apply(event);
      // A gap ends the link in the middle of a frame.
      if (this.#socket !== socket) return;
    }
    this.#unacked += encoder.encode(data).length;
    if (this.#unacked < ACK_BYTES) return;
    this.#unacked = 0;
    const seq = this.#cursor ?? this.#welcome.head;
    this.#socket.send(JSON.stringify({ type: "ack", seq }));
  }

  #apply(event) {
    if (LOG_EVENTS.has(event.type)) return this.#applyLogEvent(event);
    if (event.type === "welcome") {
      this.#welcome = event;
      if (!event.resumed) this.#cursor = undefined;
      this.#epoch = event.epoch;
    }
    if (event.type === "error" && event.nonce === undefined)
      this.#problem = event;
    if (event.type === "error" && this.#outbox.has(event.nonce))
      this.#outbox.get(event.nonce).isRefused = true;
    if (event.you?.token) this.token = event.you.token;
    if (event.type === "live") this.#goLive();
    this.#listener.onEvent(event);
  }

  #applyLogEvent(event) {
    const isAnswer = this.#outbox.delete(event.nonce);
    const isBackfill = this.#cursor === undefined;
    const isNext = event.seq === this.#cursor + 1;
    if (isNext) this.#cursor = event.seq;
    // A retry is answered by the original, however old its seq is.
    if (isBackfill || isNext || (isAnswer && event.seq <= this.#cursor))
      this.#listener.onEvent(event);
    else if (event.seq > this.#cursor) this.open();
  }

  #goLive() {
    this.#cursor ??= this.#welcome.head;
    this.#liveAt = Date.now();
    this.#become("live");
    for (const nonce of this.#outbox.keys()) this.#transmit(nonce);
  }

  #beat() {
    this.#after("beat", HEARTBEAT_MS * (0.8 + 0.4 * Math.random()), () => {
      this.#ping();
      this.#beat();
    });
  }

  #ping() {
    this.#socket.send("ping");
    this.#after("deadline", PONG_MS, () => this.#lost(1006));
  }

  #lost(code) {
    this.#drop();
    if (code === 4401 && this.token !== undefined) {
      this.token = undefined;
      return this.open();
    }
    if (TERMINAL.has(code))
      return this.#become("over", { code, problem: this.#problem });
    if (this.#liveAt && Date.now() - this.#liveAt > STABLE_MS)
      this.#attempt = 0;
    this.#liveAt = 0;
    this.#become("waiting", { code, problem: this.#problem });
    this.#after("retry", this.#backoff(code), () => this.open());
  }

  #backoff(code) {
    const cap = Math.min(MAX_BACKOFF_MS, MIN_BACKOFF_MS * 2 ** this.#attempt++);
    if (code === 4503) return MAX_BACKOFF_MS * (0.5 + 0.5 * Math.random());
    return (this.#problem?.retryAfter ?? 0) + cap * Math.random();
  }

  #drop() {
    for (const timer of Object.values(this.#timers)) clearTimeout(timer);
    const socket = this.#socket;
    if (socket === undefined) return;
    this.#socket = undefined;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #after(name, delay, run) {
    clearTimeout(this.#timers[name]);
    this.#timers[name] = setTimeout(run, delay);
  }

  #become(state, detail = {}) {
    this.state = state;
    this.#listener.onState(state, detail);
  }
}
