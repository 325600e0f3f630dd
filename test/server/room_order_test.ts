/** What moderators set in a room, and what that forbids the others. */
import { describe, expect, test } from "vitest";
import { may, ROLES } from "../../src/protocol/mod.ts";
import { bench, guest, member, moderator, owner, T } from "./support/bench.ts";
import { someone } from "./support/room_store.ts";

describe("[M9] slow mode", () => {
  test("lets each member speak once in its time, whatever was forgotten", async () => {
    const said = await bench((room) => {
      room.say(guest);
      room.moderate(moderator, "slow", { seconds: 10 });
      room.now += 4_000;
      const asked = { type: "send", text: "a" };
      const early = [room.ask(guest, asked)];
      room.sleep();
      early.push(room.ask(guest, asked));
      const other = room.say(member);
      room.now = T + 10_000;
      const late = [room.say(guest), room.say(guest)];
      room.sleep();
      late.push(room.say(guest), room.say(member));
      room.moderate(moderator, "slow", { seconds: 0 });
      late.push(room.say(guest));
      return { early, other, late };
    });
    for (const outcome of said.early) {
      expect(outcome).toMatchObject({
        problem: { code: "slow_mode", retryAfter: 6_000 },
      });
    }
    const message = expect.objectContaining({ type: "message" });
    expect(said.other).toEqual(message);
    expect(said.late).toEqual([
      message,
      "slow_mode",
      "slow_mode",
      "slow_mode",
      message,
    ]);
  });

  test("a deletion gives nobody another turn, and edits need none", async () => {
    const told = await bench((room) => {
      room.moderate(moderator, "slow", { seconds: 10 });
      const { seq } = room.say(guest);
      return [
        room.tell(guest, { type: "edit", seq, text: "b" }),
        room.tell(guest, { type: "delete", seq }),
        room.say(guest),
      ];
    });
    expect(told).toEqual([
      expect.objectContaining({ type: "edited" }),
      expect.objectContaining({ type: "deleted" }),
      "slow_mode",
    ]);
  });

  test.each(["owner", "moderator"] as const)("not for the %s", async (role) => {
    const said = await bench((room) => {
      room.moderate(owner, "slow", { seconds: 300 });
      return [room.say(someone(role)), room.say(someone(role))];
    });
    expect(said).toMatchObject([{ type: "message" }, { type: "message" }]);
  });

  test("a clock that goes back makes nobody wait longer than its time", async () => {
    const outcome = await bench((room) => {
      room.moderate(moderator, "slow", { seconds: 10 });
      room.say(guest);
      room.now -= 1_000_000;
      return room.ask(guest, { type: "send", text: "a" });
    });
    expect(outcome).toMatchObject({ problem: { retryAfter: 10_000 } });
  });
});

test("[M10] in a locked room only those who keep order are heard", async () => {
  const told = await bench((room) => {
    room.say(guest);
    room.moderate(moderator, "lock");
    room.sleep();
    const said = ROLES.map((role) => room.say(someone(role)));
    const others = [
      room.tell(guest, { type: "edit", seq: 1, text: "a" }),
      room.tell(guest, { type: "react", seq: 1, emoji: "👍", on: true }),
      room.tell(guest, { type: "delete", seq: 1 }),
    ];
    room.moderate(moderator, "unlock");
    return [...said, ...others, room.say(guest)];
  });
  const message = expect.objectContaining({ type: "message" });
  expect(told).toEqual([
    message,
    message,
    "room_locked",
    "room_locked",
    "forbidden",
    "room_locked",
    "room_locked",
    expect.objectContaining({ type: "deleted" }),
    message,
  ]);
});

test("[M11] only what can be seen can be pinned", async () => {
  const told = await bench((room) => {
    room.say(guest);
    room.tell(guest, { type: "delete", seq: 1 });
    return [1, 2, 9].map((target) => room.moderate(owner, "pin", { target }));
  });
  expect(told).toEqual(["not_found", "not_found", "not_found"]);
});

describe("[M12] what is another's", () => {
  for (const role of ROLES) {
    test(`${role} edits and deletes it`, async () => {
      const by = someone(role, "by");
      const told = await bench((room) => {
        room.say(someone("owner", "author"));
        return [
          room.tell(by, { type: "edit", seq: 1, text: "b" }),
          room.tell(by, { type: "delete", seq: 1 }),
        ];
      });
      if (may(role, "edit_any")) {
        expect(told).toMatchObject([
          { type: "edited", target: 1, by },
          { type: "deleted", target: 1, by },
        ]);
      } else expect(told).toEqual(["forbidden", "forbidden"]);
    });
  }
});

test("[M12] a tombstone says when its author did not make it", async () => {
  const told = await bench((room) => {
    for (const text of ["a", "b", "c"]) room.say(guest, text);
    room.tell(guest, { type: "delete", seq: 1 });
    room.tell(owner, { type: "delete", seq: 2 });
    room.moderate(owner, "purge", { member: guest.id });
    room.sleep();
    const { history } = room.store.log;
    return history.page({ limit: 50, reader: "x" }).messages.map((message) => {
      const { deleted, moderated } = JSON.parse(message);
      return { deleted, moderated };
    });
  });
  expect(told).toEqual([
    { deleted: true },
    { deleted: true, moderated: true },
    { deleted: true, moderated: true },
  ]);
});

describe("[M13] a text that the filters hold back", () => {
  const filters = { blockedWords: ["바보"], links: "members" } as const;
  test.each([
    ["guest", "이 바보", "rejected"],
    ["guest", "https://example.com", "rejected"],
    ["member", "이 바보", "rejected"],
    ["member", "https://example.com", "message"],
    ["moderator", "바보 https://example.com", "message"],
    ["guest", "안녕", "message"],
  ] as const)("%s: %s", async (role, text, expected) => {
    const by = someone(role, "by");
    const told = await bench(
      (room) => {
        room.say(by, "안녕");
        return [
          room.say(by, text),
          room.tell(by, { type: "edit", seq: 1, text }),
        ];
      },
      { filters },
    );
    const codes = told.map((answer) => answer.type ?? answer);
    expect(codes).toEqual(
      expected === "rejected"
        ? ["rejected", "rejected"]
        : ["message", "edited"],
    );
  });
});
