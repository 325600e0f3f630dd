/** Acts of moderators and reports. */
import {
  maySanction,
  moderate,
  report,
  sanctionsIn,
} from "../../src/client/mod.ts";
import { assertEquals, assertRejects } from "./support/assert.ts";
import { settle } from "./support/fake_clock.ts";
import { FakeHttp } from "./support/fake_http.ts";
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

worldTest("sanctionsIn() asks as who one is", async (world) => {
  const http = new FakeHttp();
  try {
    const client = await world.online();
    const sanctions = [
      { kind: "mute", member: { id: "b", nickname: "B" }, until: 9 },
    ];
    http.answer({ sanctions });
    assertEquals(await sanctionsIn(client), sanctions);
    const [request] = http.requests;
    assertEquals(request?.url.pathname, "/project/42/sanctions");
    assertEquals(
      request?.headers["Authorization"],
      `Bearer ${client.you?.token}`,
    );
  } finally {
    http.restore();
  }
});

worldTest(
  "maySanction() is for those below, and never oneself",
  async (world) => {
    const client = await world.online();
    const { id = "" } = client.you ?? {};
    const other = { id: "b", nickname: "B", guest: false } as const;
    const judge = (role: "owner" | "moderator" | "guest") => {
      world.server.tell({
        type: "renamed",
        member: { ...other, id, role },
        online: 1,
      });
      world.network.carryDown();
      return (["owner", "moderator", "member"] as const).map((role) =>
        maySanction(client, { ...other, role }),
      );
    };
    assertEquals(judge("owner"), [false, true, true]);
    assertEquals(maySanction(client, { ...other, id, role: "member" }), false);
    assertEquals(judge("moderator"), [false, false, true]);
    assertEquals(judge("guest"), [false, false, false]);
  },
);
