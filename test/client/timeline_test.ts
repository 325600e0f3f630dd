/** The timeline: what the events of a room come to. */
import type { RoomEvent } from "../../src/client/mod.ts";
import * as timelines from "../../src/client/timeline.ts";
import { pageBefore, type Timeline } from "../../src/client/timeline.ts";
import { assert, assertEquals } from "./support/assert.ts";
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

function seqs({ messages }: Timeline): number[] {
  return messages.map(({ seq }) => seq);
}

test("apply() joins afresh with a snapshot whose seqs have holes", () => {
  const joined = read(welcome({ head: 9 }), said(3), said(7), live(9));
  assertEquals(seqs(joined), [3, 7]);
  assertEquals([joined.cursor, joined.live, joined.more], [9, true, true]);
  assertEquals(seqs(apply(joined, said(10))), [3, 7, 10]);
});

test("apply() applies an event once, and the same one is the same timeline", () => {
  const timeline = read(welcome(), live(0), said(1));
  assert(apply(timeline, said(1)) === timeline, "Nothing has to change");
  const typing: RoomEvent = { type: "typing", member: bob, on: true };
  assert(apply(timeline, typing) === timeline, "Nothing has to change");
});

test("apply() refuses what has a gap before it", () => {
  const timeline = read(welcome(), live(0), said(1));
  assertEquals(timelines.apply(timeline, said(3)), undefined);
  const resumed = apply(timeline, welcome({ head: 3, resumed: true }));
  assertEquals(timelines.apply(apply(resumed, said(2)), live(3)), undefined);
});

test("apply() resumes without losing messages, and starts over when it must", () => {
  const pending = [{ nonce: "p", text: "", at: 0, state: "pending" as const }];
  const before = { ...read(welcome(), live(0), said(1)), pending };
  const resumed = apply(before, welcome({ head: 2, resumed: true }));
  assertEquals(seqs(apply(resumed, said(2))), [1, 2]);
  const again = apply(before, welcome({ epoch: "e2", head: 4 }));
  assertEquals([seqs(again), again.fresh, again.cursor], [[], true, 4]);
  assertEquals(again.pending, pending);
});

test("apply() passes event types that came after it was written", () => {
  const later = { type: "pinned", seq: 1, nonce: "n" } as unknown as RoomEvent;
  const timeline = read(welcome(), live(0), later, said(2));
  assertEquals([timeline.cursor, seqs(timeline)], [2, [2]]);
});

test("apply() edits and deletes, and ignores what is not loaded", () => {
  const base = { nonce: "n", by: bob, at: 5 };
  const edited: RoomEvent = {
    ...base,
    type: "edited",
    seq: 2,
    target: 1,
    text: "new",
    mentions: [ann],
  };
  const deleted: RoomEvent = { ...base, type: "deleted", seq: 3, target: 1 };
  const absent: RoomEvent = { ...base, type: "deleted", seq: 4, target: 99 };
  const timeline = read(welcome(), live(0), said(1), edited);
  assertEquals(timeline.messages[0]?.text, "new");
  assertEquals(timeline.messages[0]?.editedAt, 5);
  assertEquals(timeline.messages[0]?.mentions, [ann]);
  const after = [deleted, absent].reduce(apply, timeline);
  assertEquals(
    [after.messages[0]?.text, after.messages[0]?.deleted],
    ["", true],
  );
  assertEquals(after.cursor, 4);
});

test("[R3] apply() leaves a message as it is whose edit comes empty", () => {
  const timeline = read(welcome(), live(0), said(1));
  const base = { nonce: "n", by: bob, at: 5, seq: 2, target: 1 } as const;
  const after = apply(timeline, { ...base, type: "edited", text: "" });
  assertEquals(after.messages, timeline.messages);
  assertEquals(after.cursor, 2);
});

test("[P4] apply() has the names again when a crowd is gone", () => {
  const online = (number: number): RoomEvent => ({
    type: "online",
    online: number,
  });
  const crowded = read(
    welcome({ members: [ann, bob], online: 2 }),
    live(0),
    online(201),
  );
  assertEquals([crowded.members, crowded.online], [undefined, 201]);
  const renamed = { type: "renamed", member: ann, online: 201 } as const;
  assertEquals(apply(crowded, renamed).members, undefined);
  const again = [bob, ann].reduce(
    (timeline, member) =>
      apply(timeline, { type: "joined", member, online: 200 }),
    crowded,
  );
  assertEquals([again.members, again.online], [[bob, ann], 200]);
});

test("apply() purges what a member said since a time", () => {
  const by = { ...bob, nonce: "n" };
  const purged: RoomEvent = {
    type: "moderated",
    action: "purge",
    seq: 4,
    nonce: "n",
    at: 9,
    by,
    member: bob,
    since: 2,
  };
  const reactions = { "👍": { count: 1, by: ["Ann"] } };
  const timeline = read(
    welcome(),
    live(0),
    said(1),
    said(2, { reactions, replyTo: 1 }),
    said(3, { author: ann }),
    purged,
  );
  const texts = timeline.messages.map(({ text, deleted, moderated }) => [
    text,
    deleted,
    moderated,
  ]);
  assertEquals(texts, [
    ["text 1", undefined, undefined],
    ["", true, true],
    ["text 3", undefined, undefined],
  ]);
  assertEquals(
    [timeline.messages[1]?.reactions, timeline.messages[1]?.replyTo],
    [undefined, undefined],
  );
  const pinned: RoomEvent = { ...purged, action: "pin", seq: 5, target: 1 };
  assertEquals(apply(timeline, pinned).messages, timeline.messages);
});

test("apply() keeps the room's settings, of which only changes are told", () => {
  const settings = { slowMode: 0, locked: true, topic: "안내" };
  const timeline = read(welcome({ settings }), live(0), {
    type: "room",
    locked: false,
    slowMode: 5,
  });
  assertEquals(timeline.settings, {
    slowMode: 5,
    locked: false,
    topic: "안내",
  });
});

test("apply() puts history before what it was asked for, and never twice", () => {
  const joined = read(welcome({ head: 9 }), said(7), live(9));
  const ref = pageBefore(joined);
  const page = {
    type: "history",
    messages: [said(5), said(6)],
    more: false,
  } as const;
  const older = apply(joined, { ...page, ref });
  assertEquals([seqs(older), older.more], [[5, 6, 7], false]);
  assert(apply(older, { ...page, ref }) === older, "It was put there already");
  assert(apply(joined, page) === joined, "Somebody else asked for it");
  const again = read(welcome({ head: 99 }), said(99), live(99));
  assert(apply(again, { ...page, ref }) === again, "It would leave a hole");
});

test("apply() keeps a bounded number of messages", () => {
  let timeline = read(welcome(), live(0));
  timeline = {
    ...timeline,
    cursor: 10_000,
    messages: Array.from({ length: 10_000 }, (_, index) => said(index + 1)),
  };
  const next = apply(timeline, said(10_001));
  assertEquals([next.messages.length, next.messages[0]?.seq], [10_000, 2]);
  assert(next.more, "The first can be loaded again");
});
