/** Who of the others has read how far, where a room tells it: "read by 3". */
import type { Member } from "../../protocol/events.ts";
import { SMALL_ROOM_SIZE } from "../../protocol/limits.ts";
import type { ChatClient } from "../chat_client.ts";
import { createListeners, type Listeners } from "./listeners.ts";

/** A message, as far as its readers matter. */
interface Written {
  readonly seq: number;
  readonly author: Pick<Member, "id">;
}

/** Who has read how far in the room of one client. */
export interface Readers extends Pick<Listeners, "listen"> {
  /**
   * How many of the others who are here have read `message`, its author aside;
   * `undefined` where the room does not tell.
   */
  count(message: Written): number | undefined;
  /** Listens no more. */
  end(): void;
}

/** Follows who reads in the room of `client`, which may be online already. */
export function createReaders(client: ChatClient): Readers {
  const { listen, call } = createListeners();
  /** Read marks by member id; `undefined` where they are not told. */
  let marks = toMap(client.timeline.reads);

  const offs = [
    client.on("welcome", ({ reads }) => {
      marks = toMap(reads);
      call();
    }),
    client.on("read", ({ member: { id }, seq }) => {
      // Your own other devices are told everywhere.
      if (id === client.you?.id) return;
      marks ??= new Map();
      marks.set(id, Math.max(seq, marks.get(id) ?? 0));
      call();
    }),
    client.on("left", ({ member }) => {
      marks?.delete(member.id);
      call();
    }),
  ];
  return {
    listen,
    count({ seq, author }) {
      if (!marks || client.timeline.online >= SMALL_ROOM_SIZE) return undefined;
      const { members = [] } = client.timeline;
      const skipped = [author.id, client.you?.id];
      return members.filter(
        ({ id }) => !skipped.includes(id) && (marks?.get(id) ?? 0) >= seq,
      ).length;
    },
    end() {
      for (const off of offs) off();
    },
  };
}

function toMap(
  reads: Readonly<Record<string, number>> | undefined,
): Map<string, number> | undefined {
  return reads && new Map(Object.entries(reads));
}
