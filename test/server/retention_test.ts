/** What retention takes with a message: all that hangs on it. */
import { expect, test } from "vitest";
import { bench } from "./support/bench.ts";
import { someone } from "./support/room_store.ts";

test("[L4] of messages that are no longer kept no change and no reaction is left", async () => {
  const left = await bench(
    (room) => {
      const author = someone("member", "author");
      for (let n = 0; n < 4; n++) {
        const { seq } = room.say(author);
        for (let reader = 0; reader < 150; reader++) {
          const by = someone("member", `m${reader}`);
          room.tell(by, { type: "react", seq, emoji: "👍", on: true });
        }
      }
      const { oldest } = room.store.log;
      const count = (table: string, column: string) =>
        room.database.all(
          `SELECT 1 AS one FROM ${table} WHERE ${column} < ${oldest}`,
        ).length;
      return [count("changes", "seq"), count("reactions", "target")];
    },
    { historyLimit: 2 },
  );
  expect(left).toEqual([0, 0]);
});
