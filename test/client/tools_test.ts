/** The tools, each with a client that knows nothing of it. */
import {
  createTyping,
  eventsOf,
  type Member,
  type RoomEvent,
} from "../../src/client/mod.ts";
import { assertEquals } from "./support/assert.ts";
import { settle } from "./support/fake_clock.ts";
import { type World, worldTest } from "./support/fixture.ts";

const bob: Member = { id: "b", nickname: "Bob", role: "member", guest: false };

function tell(world: World, event: RoomEvent): void {
  world.server.tell(event);
  world.network.carryDown();
}

worldTest("createTyping() knows who types, until they stop", async (world) => {
  const client = await world.online();
  const typing = createTyping(client);
  const counts: number[] = [];
  typing.listen(() => counts.push(typing.members.length));
  const names = () => typing.members.map(({ nickname }) => nickname);
  tell(world, { type: "typing", member: bob, on: true });
  tell(world, { type: "typing", member: bob, on: true });
  assertEquals([names(), counts], [["Bob"], [1]]);
  await world.clock.pass(6_000);
  assertEquals([names(), counts], [[], [1, 0]]);
  tell(world, { type: "typing", member: bob, on: true });
  tell(world, { type: "left", member: bob, online: 1 });
  assertEquals(names(), []);
  tell(world, { type: "typing", member: bob, on: true });
  world.server.say("done", "b");
  world.network.carryDown();
  assertEquals(names(), []);
  tell(world, { type: "typing", member: bob, on: true });
  client.reconnect();
  assertEquals(names(), []);
});

worldTest(
  "createTyping() tells that one types at most every 3.2 s",
  async (world) => {
    const client = await world.online();
    const typing = createTyping(client);
    const told = () => world.server.commands.splice(0).map(({ on }) => on);
    for (const on of [true, true, false, false]) typing.tell(on);
    await settle();
    assertEquals(told(), [true, false]);
    typing.tell(true);
    await world.clock.pass(3_200);
    typing.tell(true);
    await settle();
    assertEquals(told(), [true]);
    // A message says by itself that its author types no more.
    typing.sent();
    typing.tell(false);
    await settle();
    assertEquals(told(), []);
  },
);

worldTest("createTyping() leaves nothing once it is ended", async (world) => {
  const client = await world.online();
  const typing = createTyping(client);
  const { size } = world.clock;
  tell(world, { type: "typing", member: bob, on: true });
  assertEquals(world.clock.size, size + 1);
  typing.end();
  assertEquals([world.clock.size, typing.members], [size, []]);
  tell(world, { type: "typing", member: bob, on: true });
  assertEquals([world.clock.size, typing.members], [size, []]);
});

worldTest(
  "eventsOf() iterates what a room says until it is closed",
  async (world) => {
    const client = world.client();
    const types: string[] = [];
    const ended = (async () => {
      for await (const event of eventsOf(client)) types.push(event.type);
    })();
    client.connect();
    await settle();
    client.close();
    await ended;
    assertEquals(types, ["welcome", "live"]);
  },
);
