/** Sockets without a network: each end's frames lie in a queue until they are delivered. */
import type { SocketLike } from "../../../src/client/mod.ts";

/** What answers on the other end. */
export interface Peer {
  opened(socket: FakeSocket): void;
  received(socket: FakeSocket, frame: string): void;
}

/** The client's end of a socket. */
export class FakeSocket implements SocketLike {
  readonly url: URL;
  readonly protocols: readonly string[];
  state: "opening" | "open" | "closed" = "opening";
  /** Frames under way to the server. */
  readonly upward: string[] = [];
  /** Frames under way to the client. */
  readonly downward: string[] = [];
  onmessage: SocketLike["onmessage"] = null;
  onclose: SocketLike["onclose"] = null;
  onerror: SocketLike["onerror"] = null;
  readonly #onSend: () => void;

  constructor(url: string, protocols: string[], onSend: () => void) {
    this.url = new URL(url);
    this.protocols = protocols;
    this.#onSend = onSend;
  }

  send(text: string): void {
    if (this.state !== "open") return;
    this.upward.push(text);
    this.#onSend();
  }

  close(): void {
    this.state = "closed";
  }

  /** The server's end, or the network, closes it; what was under way is lost. */
  end(code: number, reason = ""): void {
    this.state = "closed";
    this.upward.length = this.downward.length = 0;
    this.onclose?.({ code, reason });
  }

  /** A frame arrives, even if the client has closed its end. */
  deliver(data: string): void {
    this.onmessage?.({ data });
  }
}

/** All sockets of one test. */
export class FakeNetwork {
  readonly sockets: FakeSocket[] = [];
  /** Delivers by itself, in a later microtask as a platform would. */
  automatic = true;
  /** A network that is down opens nothing. */
  isUp = true;
  readonly #peer: Peer;

  constructor(peer: Peer) {
    this.#peer = peer;
  }

  /** What a client uses for `WebSocket`. */
  get WebSocket(): new (
    url: string,
    protocols: string[],
  ) => FakeSocket {
    const network = this;
    return class extends FakeSocket {
      constructor(url: string, protocols: string[]) {
        super(url, protocols, () => network.#hurry());
        network.sockets.push(this);
        network.#hurry();
      }
    };
  }

  get last(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (!socket) throw new Error("No socket was opened");
    return socket;
  }

  /** Sockets that the client has not closed. */
  get live(): readonly FakeSocket[] {
    return this.sockets.filter(({ state }) => state !== "closed");
  }

  /** Opens what waits to be opened. */
  open(): void {
    for (const socket of this.sockets) {
      if (socket.state !== "opening") continue;
      if (!this.isUp) socket.end(1006);
      else {
        socket.state = "open";
        this.#peer.opened(socket);
      }
    }
  }

  /** Delivers what is under way to the server. */
  carryUp(): void {
    for (const socket of this.sockets) {
      for (const frame of socket.upward.splice(0)) {
        this.#peer.received(socket, frame);
      }
    }
    if (this.automatic) this.#hurry();
  }

  /** Delivers what is under way to the client. */
  carryDown(): void {
    for (const socket of this.sockets) {
      for (const frame of socket.downward.splice(0)) socket.deliver(frame);
    }
  }

  /** Every link breaks. */
  breakAll(code = 1006): void {
    for (const socket of this.live) socket.end(code);
  }

  #hurry(): void {
    if (!this.automatic) return;
    queueMicrotask(() => {
      this.open();
      if (this.sockets.some(({ upward }) => upward.length > 0)) this.carryUp();
      this.carryDown();
    });
  }
}
