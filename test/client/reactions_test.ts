/** Reactions, counted as the room counts them. */
import type { Member } from "../../src/client/mod.ts";
import { assertEquals } from "./support/assert.ts";
import { test } from "./support/suite.ts";
import {
  ann,
  apply,
  bob,
  live,
  read,
  said,
  welcome,
} from "./support/timelines.ts";

function reacted(seq: number, by: Member, on: boolean) {
  const base = { type: "reacted", nonce: `n${seq}`, at: seq } as const;
  return { ...base, seq, by, target: 1, emoji: "👍", on };
}

test("apply() counts reactions as the room does, also of members with one name", () => {
  const twin = { ...bob, id: "bob2" };
  const timeline = read(
    welcome(),
    live(0),
    said(1),
    reacted(2, ann, true),
    reacted(3, bob, true),
    reacted(4, twin, true),
    reacted(4, twin, true),
  );
  const { "👍": thumb } = timeline.messages[0]?.reactions ?? {};
  assertEquals(thumb, { count: 3, mine: true, by: ["Ann", "Bob", "Bob"] });
  const off = [
    { ...reacted(5, ann, false), names: ["Bob", "Bob"] },
    { ...reacted(6, bob, false), names: ["Bob"] },
  ].reduce(apply, timeline);
  assertEquals(off.messages[0]?.reactions?.["👍"], {
    count: 1,
    mine: false,
    by: ["Bob"],
  });
  const none = apply(off, reacted(7, twin, false));
  assertEquals(none.messages[0]?.reactions, undefined);
});

test("apply() names the next of a crowd when one of the first goes", () => {
  const reactions = { "👍": { count: 5, mine: false, by: ["Bob", "C", "D"] } };
  const timeline = read(
    welcome({ head: 8 }),
    said(1, { reactions }),
    live(8),
    { ...reacted(9, bob, false), names: ["C", "D", "E"] },
    reacted(10, ann, true),
  );
  assertEquals(timeline.messages[0]?.reactions?.["👍"], {
    count: 5,
    mine: true,
    by: ["C", "D", "E"],
  });
});

test("apply() continues from a summary without counting it twice", () => {
  const reactions = { "👍": { count: 5, mine: false, by: ["Bob", "C", "D"] } };
  const joined = read(
    welcome({ head: 8 }),
    said(1, { reactions }),
    live(8),
    reacted(8, bob, true),
    reacted(9, ann, true),
  );
  assertEquals(joined.messages[0]?.reactions?.["👍"], {
    count: 6,
    mine: true,
    by: ["Bob", "C", "D"],
  });
});
