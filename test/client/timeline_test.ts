import {
  reacted as applyReacted,
  type Member,
  type Message,
  type RoomEvent,
} from "../../src/client/mod.ts";
import * as timelines from "../../src/client/timeline.ts";
import { EMPTY, pageBefore, type Timeline } from "../../src/client/timeline.ts";
import { assert, assertEquals } from "./support/assert.ts";
import { test } from "./support/suite.ts";

const ann = { id: "a", nickname: "Ann", role: "member", guest: false } as const;
const bob = { id: "b", nickname: "Bob", role: "member", guest: false } as const;

function welcome(fields: object = {}): RoomEvent {
  // Fields that a timeline does not read are left out.
  return {
    type: "welcome",
    epoch: "e1",
    head: 0,
    oldest: 1,
    resumed: false,
    you: { ...ann, session: "s" },
    ...fields,
  } as RoomEvent;
}

function said(seq: number, fields: Partial<Message> = {}): Message {
  const base = { type: "message", nonce: `n${seq}`, at: seq } as const;
  return { ...base, seq, author: bob, text: `text ${seq}`, ...fields };
}

function reacted(seq: number, by: Member, on: boolean) {
  const base = { type: "reacted", nonce: `n${seq}`, at: seq } as const;
  return { ...base, seq, by, target: 1, emoji: "👍", on };
}

/** The timeline of a client that also counts reactions. */
function apply(timeline: Timeline, event: RoomEvent): Timeline {
  const next = timelines.apply(timeline, event, { reacted: applyReacted });
  if (!next) throw new Error("Events are missing");
  return next;
}

function read(...events: RoomEvent[]): Timeline {
  return events.reduce(apply, EMPTY);
}

function seqs({ messages }: Timeline): number[] {
  return messages.map(({ seq }) => seq);
}

const live = (head: number): RoomEvent => ({ type: "live", head });

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
