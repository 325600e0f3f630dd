/** A burst: what a room makes of many messages at once. */
import { expect } from "vitest";
import type { Member } from "../../../src/protocol/mod.ts";
import type { Wish } from "./model.ts";
import type { People } from "./people.ts";
import { compare, memberOf, note, type Place, type Seat } from "./places.ts";
import type { Burst } from "./steps.ts";

/** Everybody in a room sends at once, nobody waits, and the room has to put it in order. */
export async function burst(
  seats: readonly Seat[],
  scene: {
    place: Place;
    step: Burst;
    people: People;
    nonce: () => string;
    evict: () => Promise<void>;
  },
): Promise<void> {
  const { place, step, people } = scene;
  const [first] = seats;
  if (!first) return;
  if (step.joiner !== undefined) await people.stayer(step.joiner, place);
  await first.reader.sync();
  first.reader.news.length = 0;
  const sent = new Map<string, { by: Member; wish: Wish; row: string[] }>();
  const rows: string[][] = [];
  for (const { reader } of seats) {
    const row: string[] = [];
    rows.push(row);
    for (let index = 0; index < step.count; index++) {
      const nonce = scene.nonce();
      const wish: Wish = { type: "send", text: `burst ${nonce}` };
      sent.set(nonce, { by: memberOf(reader), wish, row });
      row.push(nonce);
      reader.post(wish, { nonce });
      if (step.twice) reader.post(wish, { nonce });
    }
  }
  const joining =
    step.joiner !== undefined &&
    people.connect(step.joiner, place, { after: 0 });
  if (step.evict) await scene.evict();
  for (const { reader } of seats) await reader.sync();
  const order = first.reader.news.map(({ nonce }) => nonce);
  for (const row of rows) {
    expect(order.filter((nonce) => row.includes(nonce))).toEqual(row);
  }
  expect(order.length).toBe(sent.size);
  for (const event of first.reader.news) {
    const { by, wish } = sent.get(event.nonce) ?? {};
    if (!by || wish?.type !== "send") throw new Error("Nobody sent this");
    expect(event).toEqual({
      type: "message",
      seq: place.model.head + 1,
      nonce: event.nonce,
      at: event.at,
      author: by,
      text: wish.text,
    });
    note(place, { by, wish, event });
    place.asked.push({ by, nonce: event.nonce, wish });
  }
  if (joining) {
    const reader = await joining;
    await reader.sync();
    compare(reader, place);
    reader.member.close();
  }
}
