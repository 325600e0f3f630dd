/** What was done with power, and who can read it. */
import { describe, expect, test } from "vitest";
import { readAudit } from "../../src/server/moderation/audit.ts";
import { bench, guest, moderator, owner, reader, T } from "./support/bench.ts";

describe("[M14] the audit", () => {
  test("lists every act, newest first, without texts of messages", async () => {
    const { acts, more, page } = await bench(
      (room) => {
        room.say(guest, "geheim");
        room.tell(moderator, { type: "edit", seq: 1, text: "versteckt" });
        room.moderate(moderator, "pin", { target: 1 });
        room.moderate(moderator, "topic", { text: "오늘" });
        room.tell(moderator, { type: "delete", seq: 1 });
        room.moderate(owner, "ban", {
          member: guest.id,
          until: T + 1,
          address: true,
          reason: "spam",
        });
        room.moderate(reader, "lock");
        const acts = readAudit(room.database, { limit: 10 });
        const page = readAudit(room.database, { before: 4, limit: 2 });
        return { ...acts, page };
      },
      { here: [guest], addresses: ["home"] },
    );
    expect(more).toBe(false);
    expect(acts).toMatchObject([
      {
        id: 5,
        at: T,
        by: owner,
        action: "ban",
        room: "lobby",
        details: {
          member: { id: guest.id, nickname: guest.nickname },
          until: T + 1,
          address: true,
          reason: "spam",
        },
      },
      { action: "delete", by: moderator, details: { target: 1 } },
      { action: "topic", details: { text: "오늘" } },
      { action: "pin", details: { target: 1 } },
      { action: "edit", by: moderator, details: { target: 1 } },
    ]);
    expect(JSON.stringify(acts)).not.toMatch(/geheim|versteckt|home/);
    expect(page.acts.map(({ id }) => id)).toEqual([3, 2]);
    expect(page.more).toBe(true);
  });
});
