/** The rooms of a world, each next to its model. */
import { expect } from "vitest";
import type { LogEvent, Member } from "../../../src/protocol/mod.ts";
import { newProject } from "./member.ts";
import { RoomModel, type Wish } from "./model.ts";
import { evict, statsOf } from "./project.ts";
import type { Reader } from "./reader.ts";

/** A room of a project, and what is expected of it. */
export interface Place {
  readonly project: string;
  readonly room: string;
  readonly model: RoomModel;
  /** Commands that were asked here, to ask them again. */
  readonly asked: { by: Member; nonce: string; wish: Wish }[];
}

/** A connection that is open, or was. */
export interface Seat {
  readonly place: Place;
  readonly reader: Reader;
  readonly who: number;
}

/** Two projects, three rooms. */
export function createPlaces(): readonly Place[] {
  const [one, other] = [newProject(), newProject()];
  return [
    { project: one, room: "lobby" },
    { project: one, room: "둘째" },
    { project: other, room: "lobby" },
  ].map((place) => ({ ...place, model: new RoomModel(), asked: [] }));
}

/** Notes what came of a wish: the event that everybody was told. */
export function note(
  { model }: Place,
  entry: { by: Member; wish: Wish; event: LogEvent },
): void {
  expect(entry.event.at).toBeGreaterThanOrEqual(model.lastAt);
  model.append(entry.by, entry);
}

/** Fails unless a reader has what there is. */
export function compare(reader: Reader, { model }: Place): void {
  const { id } = reader.member;
  expect(reader.replica.cursor).toBe(model.head);
  expect(reader.replica.messages(id)).toEqual(model.replica.messages(id));
}

/** Takes a project's object out of memory; it must run for that. */
export async function evictAll(
  places: readonly Place[],
  { project }: Place,
): Promise<void> {
  await statsOf(project);
  await evict(project);
  for (const place of places) {
    if (place.project === project) place.model.sleep();
  }
}

/** Who a reader is to the others. */
export function memberOf({ member }: Reader): Member {
  const { id, nickname, role, guest } = member.welcome.you;
  return { id, nickname, role, guest };
}
