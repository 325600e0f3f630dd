/** The rooms of a project, live, over the connection that one has in one of them. */
import type { RoomLine } from "../../protocol/room_list.ts";
import type { ChatClient } from "../chat_client.ts";
import { createListeners, type Listeners } from "./listeners.ts";

/** A room and what of it you have not read. */
export interface RoomState extends RoomLine {
  /** Messages after your mark; 0 in the client's own room. */
  readonly unread: number;
  /** How many of them mean you. */
  readonly mentions: number;
}

/** The list of a project's rooms. */
export interface RoomWatch extends Pick<Listeners, "listen"> {
  /** In the order in which they began; a new array whenever anything in it changes. */
  readonly rooms: readonly RoomState[];
  /** Asks for no more news, and listens no more. */
  end(): void;
}

/** What a watch is told. */
export interface RoomWatchOptions {
  /**
   * How far you have read on this device, a `seq` by room: asked for with each connection.
   * Of members who signed in the server has marks of its own; the higher one counts.
   */
  readonly marks?: () => Readonly<Record<string, number>>;
}

/** Watches the rooms of the project of `client` for as long as it is online. */
export function watchRooms(
  client: ChatClient,
  { marks }: RoomWatchOptions = {},
): RoomWatch {
  const { listen, call } = createListeners();
  const known = new Map<string, RoomState>();
  let rooms: readonly RoomState[] = [];

  function update() {
    rooms = [...known.values()];
    call();
  }

  function note(line: RoomLine) {
    const { room, count } = line;
    const before = known.get(room);
    const isOwn = room === client.room;
    // Where nothing is told of the reader, all that came since is unread; of a room that
    // is new, everything.
    const grown = count - (before?.count ?? 0);
    const { unread = (before?.unread ?? 0) + grown } = line;
    const { mentions = before?.mentions ?? 0 } = line;
    known.set(room, {
      ...line,
      unread: isOwn ? 0 : unread,
      mentions: isOwn ? 0 : mentions,
    });
  }

  function ask() {
    client.tell({ type: "rooms", on: true, read: marks?.() });
  }

  const offs = [
    client.on("welcome", ({ reason }) => {
      if (reason === "epoch") known.clear();
    }),
    // Also after one has fallen behind, when not everything was told.
    client.on("live", ask),
    client.on("rooms", ({ rooms: lines }) => {
      for (const line of lines) note(line);
      update();
    }),
    client.on("mentioned", ({ room, target }) => {
      const fresh = { room, head: target, online: 0, at: 0, count: 0 };
      const before = known.get(room) ?? { ...fresh, unread: 0, mentions: 0 };
      known.set(room, { ...before, mentions: before.mentions + 1 });
      update();
    }),
  ];
  // For one who comes later; nothing is said where the room cannot be reached.
  ask();
  return {
    listen,
    get rooms() {
      return rooms;
    },
    end() {
      for (const off of offs) off();
      client.tell({ type: "rooms", on: false });
    },
  };
}
