/** A cable between browser and server that can be cut, or go dead without a sound. */
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** A proxy of one server. */
export interface Wire {
  readonly url: string;
  /** Connections that came in so far. */
  readonly dialled: number;
  /** Connections that stand. */
  readonly open: number;
  /** Ends all connections and refuses new ones. */
  cut(): void;
  /** Accepts connections and carries nothing any more, in either direction. */
  silence(): void;
  /** As at the beginning; connections that were silenced stay so. */
  mend(): void;
  close(): Promise<void>;
}

/** A wire to `port` of this machine. */
export async function openWire(port: number): Promise<Wire> {
  const sockets = new Set<Socket>();
  let state: "whole" | "cut" | "silent" = "whole";
  let dialled = 0;
  let open = 0;
  const server = createServer((near) => {
    dialled++;
    if (state === "cut") return near.destroy();
    hold(near);
    open++;
    near.once("close", () => open--);
    if (state === "silent") return near.resume();
    const far = connect({ port, host: "localhost" });
    hold(far);
    near.pipe(far).pipe(near);
    near.once("close", () => far.destroy());
    far.once("close", () => near.destroy());
    return near;
  });

  function hold(socket: Socket) {
    sockets.add(socket);
    // What breaks is broken on purpose.
    socket.on("error", () => {});
    socket.once("close", () => sockets.delete(socket));
  }

  function cut() {
    state = "cut";
    for (const socket of sockets) socket.destroy();
  }

  server.listen(0, "localhost");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string")
    throw new Error("Wire has no port");
  return {
    url: `http://localhost:${address.port}`,
    get dialled() {
      return dialled;
    },
    get open() {
      return open;
    },
    cut,
    silence() {
      state = "silent";
      for (const socket of sockets) {
        socket.unpipe();
        socket.pause();
      }
    },
    mend() {
      state = "whole";
    },
    async close() {
      cut();
      server.close();
      await once(server, "close");
    },
  };
}
