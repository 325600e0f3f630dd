/** What a purge leaves: nothing of what was said. */
import { expect, test } from "vitest";
import { bench, guest, member, moderator, T } from "./support/bench.ts";
import { seedMessages } from "./support/seed.ts";

test("[M8] a purge erases texts and reactions for real, and says so once", async () => {
  const { rows, replay, page, told, settings } = await bench((room) => {
    room.say(guest, "before");
    room.now += 10;
    const since = room.now;
    const { seq } = room.say(guest, "geheim");
    room.tell(guest, { type: "edit", seq, text: "versteckt" });
    room.tell(member, { type: "react", seq, emoji: "👍", on: true });
    room.say(member, "bleibt");
    room.say(guest, "versteckt");
    room.moderate(moderator, "pin", { target: seq });
    const told = room.moderate(moderator, "purge", { member: guest.id, since });
    const settings = room.store.settings.current;
    room.sleep();
    const tables = ["messages", "changes", "reactions", "audit"];
    const rows = tables.map((table) =>
      JSON.stringify(room.database.all(`SELECT * FROM ${table}`)),
    );
    const { log } = room.store;
    const replay = Array.from(log.history.after(0), ({ encoded }) =>
      JSON.parse(encoded),
    );
    const { messages } = log.history.page({ limit: 50, reader: "x" });
    const page = messages.map((message) => JSON.parse(message));
    return { rows, replay, page, told, settings };
  });
  expect(told).toMatchObject({
    type: "moderated",
    action: "purge",
    member: { id: guest.id },
    since: T + 10,
  });
  expect(rows.join()).not.toMatch(/geheim|versteckt/);
  expect(rows.join()).toMatch(/before/);
  expect(rows[2]).toBe("[]");
  expect(settings.pinned).toBe(0);
  const gone = { text: "", deleted: true, author: guest };
  expect(page).toEqual([
    expect.objectContaining({ seq: 1, text: "before" }),
    expect.objectContaining({ seq: 2, ...gone }),
    expect.objectContaining({ seq: 5, text: "bleibt" }),
    expect.objectContaining({ seq: 6, ...gone }),
  ]);
  expect(page[1]).not.toHaveProperty("editedAt");
  expect(page[1]).not.toHaveProperty("reactions");
  expect(replay.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test("[M8] what a purge leaves is what a deletion leaves, and a purge leaves no more", async () => {
  const { purged, deleted, rest } = await bench((room) => {
    const say = (text: string) => {
      const { seq } = room.tell(guest, {
        ...{ type: "send", text, mentions: [guest.id], replyTo: 1 },
      });
      room.tell(guest, { type: "edit", seq, text: `${text}, "changed"\n` });
      room.tell(member, { type: "react", seq, emoji: "👍", on: true });
      return seq;
    };
    room.say(guest, "wer?");
    const seqs = [say("one"), say("two")];
    const read = (seq: number | undefined) =>
      room.database.first(
        "SELECT replace(replace(body, seq, 'n'), nonce, 'n') AS body, reactions FROM messages WHERE seq = ?",
        seq ?? 0,
      );
    room.tell(moderator, { type: "delete", seq: seqs[0] });
    room.moderate(moderator, "purge", { member: guest.id });
    const [deleted, purged] = seqs.map(read);
    const rest = ["mentions", "reactions"].map((table) =>
      room.database.first(
        table === "mentions"
          ? "SELECT count(*) AS count FROM mentions"
          : "SELECT count(*) AS count FROM reactions",
      ),
    );
    return { purged, deleted, rest };
  });
  expect(purged).toEqual(deleted);
  expect(rest).toEqual([{ count: 0 }, { count: 0 }]);
});

test("[M8] a purge takes the newest 5,000, and says since when", async () => {
  const { acts, left } = await bench((room) => {
    const { database } = room;
    seedMessages(database, { room: "lobby", count: 5_200 });
    const count = () =>
      database.first<{ count: number }>(
        "SELECT count(*) AS count FROM messages WHERE body ->> '$.deleted' IS NULL",
      )?.count;
    const left: unknown[] = [];
    const acts = [{}, { since: 101 }, { since: 0 }].map((fields) => {
      const asked = { member: "g_seed", ...fields };
      const act = room.moderate(moderator, "purge", asked);
      left.push(count());
      return act.since;
    });
    return { acts, left };
  });
  expect(acts).toEqual([201, 101, 0]);
  expect(left).toEqual([200, 100, 0]);
});
