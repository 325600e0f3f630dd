/** Acts of moderators and reports. */
import { moderate, report } from "../../src/client/mod.ts";
import { assertEquals, assertRejects } from "./support/assert.ts";
import { settle } from "./support/fake_clock.ts";
import { worldTest } from "./support/fixture.ts";

worldTest("moderate() resolves with the event of the log", async (world) => {
  const client = await world.online();
  const acting = moderate(client, { action: "slow", seconds: 5 });
  await settle();
  const { type, nonce = "", ...rest } = world.server.commands[0] ?? {};
  assertEquals([type, rest], ["moderate", { action: "slow", seconds: 5 }]);
  const { id = "", nickname = "" } = client.you ?? {};
  const by = { id, nickname, role: "owner", guest: false } as const;
  world.server.append({
    type: "moderated",
    seq: 1,
    nonce,
    at: 1,
    by,
    action: "slow",
    seconds: 5,
  });
  world.network.carryDown();
  assertEquals((await acting).seconds, 5);
});

worldTest(
  "moderate() rejects with what the room has against it",
  async (world) => {
    const client = await world.online();
    world.server.refusals.push({
      type: "error",
      code: "forbidden",
      message: "",
    });
    await assertRejects(
      moderate(client, { action: "ban", member: "b", address: true }),
      "forbidden",
    );
  },
);

worldTest("report() resolves when the moderators have it", async (world) => {
  const client = await world.online();
  const telling = report(client, { seq: 7, reason: "광고" });
  await settle();
  const {
    type,
    seq,
    nonce = "",
    reason,
  } = {
    reason: "",
    ...world.server.commands[0],
  };
  assertEquals([type, seq, reason], ["report", 7, "광고"]);
  const { id = "", nickname = "" } = client.you ?? {};
  const by = { id, nickname, role: "guest", guest: true } as const;
  world.server.tell({ type: "reported", nonce, by, target: 7 });
  world.network.carryDown();
  assertEquals((await telling).target, 7);
});
