/** A room of 5,000 messages that needs no server: measured is the page, not the network. */

/** What is said in it from outside. */
export interface Crowd {
  say(text: string): void;
}

/** Runs in the page before any script: every socket leads into the room. */
export function fakeCrowd(): void {
  const people = ["김하늘", "박서준", "Mina Park"].map((nickname, index) => ({
    id: `m-${index}`,
    nickname,
    role: "member",
    guest: true,
  }));
  const you = { ...people[0], id: "me", nickname: "철수", session: "s" };
  const limits = { text: 4_000, frame: 32_768, nickname: 32, page: 100 };
  const start = Date.now() - 5_000 * 60_000;
  let seq = 0;
  const next = (text: string) => ({
    type: "message",
    seq: ++seq,
    nonce: `n${seq}`,
    at: start + seq * 60_000,
    author: people[Math.floor(seq / 3) % people.length],
    text,
  });
  const history = Array.from({ length: 5_000 }, (_, index) =>
    next(
      `메시지 ${index + 1}번. ${"긴 문장과 **굵은** 글. ".repeat(index % 4)}`,
    ),
  );
  const sockets = new Set<FakeSocket>();
  const deliver = (socket: FakeSocket, data: string) =>
    socket.onmessage?.({ data });

  const head = seq;
  const welcome = {
    type: "welcome",
    protocol: 1,
    project: "load",
    room: "lobby",
    epoch: "e",
    head,
    oldest: 1,
    resumed: false,
    you,
    members: [...people, you],
    online: 4,
    limits,
  };
  // Written beforehand, so that only reading it is measured.
  const frame = JSON.stringify([welcome, ...history, { type: "live", head }]);

  class FakeSocket {
    onmessage: ((event: { data: string }) => void) | undefined;

    constructor() {
      sockets.add(this);
      setTimeout(() => deliver(this, frame));
    }

    send() {}

    close() {
      sockets.delete(this);
    }
  }

  Object.assign(window, {
    WebSocket: FakeSocket,
    crowd: {
      say(text: string) {
        const data = JSON.stringify([next(text)]);
        for (const socket of sockets) deliver(socket, data);
      },
    },
  });
}
