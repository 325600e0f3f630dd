/** Who is muted or banned, and for how long. */
import { describe, expect, test } from "vitest";
import { bench, guest, member, moderator, T } from "./support/bench.ts";
import { someone } from "./support/room_store.ts";

describe("[M3] who is muted", () => {
  test("is not heard, and may still take back what they said", async () => {
    const told = await bench((room) => {
      room.say(guest);
      room.tell(guest, { type: "react", seq: 1, emoji: "👍", on: true });
      room.moderate(moderator, "mute", { member: guest.id, until: T + 60_000 });
      room.sleep();
      return {
        refused: [
          room.ask(guest, { type: "send", text: "a" }),
          room.ask(guest, { type: "edit", seq: 1, text: "a" }),
          room.ask(guest, { type: "react", seq: 1, emoji: "🎉", on: true }),
        ],
        taken: [
          room.tell(guest, { type: "react", seq: 1, emoji: "👍", on: false }),
          room.tell(guest, { type: "delete", seq: 1 }),
        ],
        others: room.say(member),
      };
    });
    for (const outcome of told.refused) {
      expect(outcome).toEqual({
        kind: "refused",
        problem: {
          code: "muted",
          message: expect.any(String),
          until: T + 60_000,
        },
      });
    }
    expect(told.taken).toMatchObject([
      { type: "reacted" },
      { type: "deleted" },
    ]);
    expect(told.others).toMatchObject({ type: "message" });
  });

  test("gets what was stored before again by its nonce", async () => {
    const outcome = await bench((room) => {
      const asked = { type: "send", text: "a", nonce: "mine" };
      room.ask(guest, asked);
      room.moderate(moderator, "mute", { member: guest.id });
      return room.ask(guest, asked);
    });
    expect(outcome.kind).toBe("repeated");
  });
});

describe("[M5] a sanction ends", () => {
  test.each(["mute", "ban"])("at its time: %s", async (action) => {
    const said = await bench((room) => {
      room.moderate(moderator, action, { member: guest.id, until: T + 1_000 });
      return [T, T + 999, T + 1_000].map((now) => {
        room.now = now;
        room.sleep();
        return room.say(guest);
      });
    });
    const code = action === "mute" ? "muted" : "banned";
    expect(said).toEqual([
      code,
      code,
      expect.objectContaining({ type: "message" }),
    ]);
  });

  test("when it is lifted, and not before", async () => {
    const told = await bench((room) => {
      room.moderate(moderator, "mute", { member: guest.id });
      return [
        room.moderate(moderator, "unban", { member: guest.id }),
        room.say(guest),
        room.moderate(moderator, "unmute", { member: guest.id }),
        room.say(guest),
        room.moderate(moderator, "unmute", { member: guest.id }),
      ];
    });
    expect(told).toEqual([
      "not_found",
      "muted",
      expect.objectContaining({ member: { id: "g_1", nickname: "g_1" } }),
      expect.objectContaining({ type: "message" }),
      "not_found",
    ]);
  });

  test("another one takes its place", async () => {
    const said = await bench((room) => {
      room.moderate(moderator, "mute", { member: guest.id });
      room.moderate(moderator, "mute", { member: guest.id, until: T + 1 });
      room.now = T + 1;
      return room.say(guest);
    });
    expect(said).toMatchObject({ type: "message" });
  });

  test("in the future, or it is refused", async () => {
    const told = await bench((room) =>
      room.moderate(moderator, "mute", { member: guest.id, until: T }),
    );
    expect(told).toBe("bad_request");
  });
});

test("[M6] an address binds the guests who come from it, and nobody else", async () => {
  const said = await bench(
    (room) => {
      room.moderate(moderator, "mute", { member: guest.id, address: true });
      room.sleep();
      const another = someone("guest", "g_2");
      const before = [
        room.say(another, "a", "home"),
        room.say(another, "a", "office"),
        room.say(member, "a", "home"),
      ];
      room.moderate(moderator, "unmute", { member: guest.id });
      return [...before, room.say(another, "a", "home")];
    },
    { here: [guest], addresses: ["home"] },
  );
  const message = expect.objectContaining({ type: "message" });
  expect(said).toEqual(["muted", message, message, message]);
});
