/** A room's store without sockets, for what is said of its rules and rows. */
import type { Member, Role } from "../../../src/protocol/mod.ts";
import type { Filters } from "../../../src/server/moderation/filters.ts";
import { Sanctions } from "../../../src/server/moderation/sanctions.ts";
import { RoomStore } from "../../../src/server/room/room_store.ts";
import type { Database } from "../../../src/server/storage/database.ts";

/** What may differ from a project without filters in which nobody is here. */
export interface RoomStoreWishes {
  room: string;
  historyLimit?: number;
  filters?: Filters;
  /** Who has an open session. */
  here?: readonly Member[];
  /** Hashes of their addresses. */
  addresses?: readonly string[];
}

/** The store of one room. */
export function roomStoreOf(
  database: Database,
  wishes: RoomStoreWishes,
): RoomStore {
  const { room, historyLimit = 100_000, here = [], addresses = [] } = wishes;
  const { filters = { blockedWords: [], links: "everyone" } } = wishes;
  return new RoomStore(database, {
    room,
    historyLimit,
    sanctions: new Sanctions(database),
    filters: () => filters,
    find: (id) => {
      const member = here.find((candidate) => candidate.id === id);
      return member && { member, addresses };
    },
  });
}

/** Somebody with `role`. */
export function someone(role: Role, id: string = role): Member {
  return { id, nickname: id, role, guest: role === "guest" };
}
