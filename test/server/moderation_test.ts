/** Who may do what to whom. */
import { describe, expect, test } from "vitest";
import { may, ROLES } from "../../src/protocol/mod.ts";
import { bench, guest, moderator, owner, T } from "./support/bench.ts";
import { someone } from "./support/room_store.ts";

const ON_MEMBERS = ["mute", "unmute", "ban", "unban", "kick", "purge"];
const ON_ROOMS: Record<string, Record<string, unknown>> = {
  slow: { seconds: 5 },
  lock: {},
  unlock: {},
  topic: { text: "오늘" },
  pin: { target: 1 },
  unpin: {},
};

describe("[M1] who may moderate", () => {
  for (const role of ROLES) {
    test.each([...ON_MEMBERS, ...Object.keys(ON_ROOMS)])(
      `${role}: %s`,
      async (action) => {
        const by = someone(role, `by-${role}`);
        const target = someone("guest", "g_2");
        const told = await bench(
          (room) => {
            room.say(target);
            if (action.startsWith("un")) {
              // What an owner has imposed is the owner's to lift.
              const imposer = role === "moderator" ? by : owner;
              room.moderate(imposer, action.slice(2), { member: "g_2" });
            }
            const fields = ON_ROOMS[action] ?? { member: "g_2" };
            return room.moderate(by, action, { ...fields, reason: "이유" });
          },
          { here: [target] },
        );
        if (!may(role, "sanction")) {
          expect(told).toBe("forbidden");
          return;
        }
        expect(told).toEqual({
          type: "moderated",
          seq: expect.any(Number),
          nonce: expect.any(String),
          at: T,
          by,
          action,
          ...(ON_ROOMS[action] ?? { member: { id: "g_2", nickname: "g_2" } }),
          reason: "이유",
        });
      },
    );
  }
});

describe("[M2] nobody sanctions an equal, or somebody above", () => {
  for (const by of ["owner", "moderator"] as const) {
    for (const target of ROLES) {
      test(`${by} on ${target}`, async () => {
        const whom = someone(target, "whom");
        const isBelow = ROLES.indexOf(by) < ROLES.indexOf(target);
        const here = await bench(
          (room) => {
            room.say(whom);
            return ["mute", "ban", "kick", "purge"].map((action) =>
              room.moderate(someone(by), action, { member: "whom" }),
            );
          },
          { here: [whom] },
        );
        // Who is not here is known by what they said.
        const away = await bench((room) => {
          if (target === "reader") return [];
          room.say(whom);
          return ["mute", "ban", "purge"].map((action) =>
            room.moderate(someone(by), action, { member: "whom" }),
          );
        });
        for (const told of [...here, ...away]) {
          if (isBelow) expect(told).toMatchObject({ type: "moderated" });
          else expect(told).toBe("forbidden");
        }
      });
    }
  }

  test("nor themselves", async () => {
    const told = await bench((room) =>
      room.moderate(owner, "mute", { member: owner.id }),
    );
    expect(told).toBe("forbidden");
  });

  test("a sanction on a stranger binds whoever stands below who imposed it", async () => {
    const said = await bench((room) => {
      room.moderate(moderator, "mute", { member: "stranger" });
      return ROLES.map((role) => room.say(someone(role, "stranger")));
    });
    expect(said).toEqual([
      expect.objectContaining({ type: "message" }),
      expect.objectContaining({ type: "message" }),
      "muted",
      "muted",
      "forbidden",
    ]);
  });

  test.each(["mute", "ban"])(
    "a moderator's %s does not take the place of an owner's",
    async (action) => {
      const told = await bench((room) => {
        room.moderate(owner, action, { member: "g_2" });
        room.sleep();
        const shorter = { member: "g_2", until: T + 1_000 };
        const asked = [room.moderate(moderator, action, shorter)];
        room.now = T + 2_000;
        asked.push(room.say(someone("guest", "g_2")));
        // An owner changes their mind.
        const until = T + 3_000;
        asked.push(room.moderate(owner, action, { member: "g_2", until }));
        return asked;
      });
      const code = action === "mute" ? "muted" : "banned";
      const changed = expect.objectContaining({ type: "moderated" });
      expect(told).toEqual(["forbidden", code, changed]);
    },
  );

  test("a moderator does not lift what an owner imposed", async () => {
    const told = await bench((room) => {
      room.moderate(owner, "ban", { member: "x" });
      return [moderator, owner].map((by) =>
        room.moderate(by, "unban", { member: "x" }),
      );
    });
    expect(told).toEqual([
      "forbidden",
      expect.objectContaining({ action: "unban" }),
    ]);
  });
});

test("[S4] [S5] a nonce of a moderator's is answered once", async () => {
  const { first, again, other, head } = await bench((room) => {
    const mute = { type: "moderate", action: "mute", member: "x" };
    const first = room.tell(moderator, { ...mute, nonce: "m" });
    room.moderate(moderator, "unmute", { member: "x" });
    room.sleep();
    const again = room.ask(moderator, { ...mute, nonce: "m", retry: true });
    const other = room.tell(moderator, { ...mute, member: "y", nonce: "m" });
    return { first, again, other, head: room.store.log.head };
  });
  expect(again).toMatchObject({ kind: "repeated" });
  expect(again.kind === "repeated" && JSON.parse(again.event.encoded)).toEqual(
    first,
  );
  expect(other).toBe("nonce_conflict");
  expect(head).toBe(2);
});

test("[R2] [J4] what moderators did before the first message can be resumed from", async () => {
  const { oldest, events } = await bench((room) => {
    room.moderate(owner, "topic", { text: "오늘" });
    room.say(guest);
    room.sleep();
    const { log } = room.store;
    const events = Array.from(log.history.after(0), ({ encoded }) =>
      JSON.parse(encoded),
    );
    return { oldest: log.oldest, events };
  });
  expect(oldest).toBe(1);
  expect(events).toMatchObject([{ type: "moderated" }, { type: "message" }]);
});
