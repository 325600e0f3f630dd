/** Read marks: your own across devices, and those of the others. */
import {
  createReaders,
  createReadMark,
  type Member,
  type RoomEvent,
} from "../../src/client/mod.ts";
import { assertEquals } from "./support/assert.ts";
import { settle } from "./support/fake_clock.ts";
import { type World, worldTest } from "./support/fixture.ts";

function person(id: string): Member {
  return { id, nickname: id, role: "member", guest: false };
}

function tell(world: World, event: RoomEvent): void {
  world.server.tell(event);
  world.network.carryDown();
}

/** The marks that the room was told, since the last call. */
async function told({ server }: World): Promise<number[]> {
  await settle();
  return server.commands
    .splice(0)
    .filter(({ type }) => type === "read")
    .map(({ seq }) => seq);
}

worldTest(
  "createReadMark() tells at once, then at most every 2 s",
  async (world) => {
    for (let count = 0; count < 9; count++) world.server.say("말");
    const client = await world.online();
    const mark = createReadMark(client);
    for (const seq of [5, 6, 3, 7]) mark.tell(seq);
    assertEquals([await told(world), mark.seq], [[5], 7]);
    await world.clock.pass(2_000);
    assertEquals(await told(world), [7]);
    await world.clock.pass(2_000);
    mark.tell(8);
    mark.tell(9);
    assertEquals(await told(world), [8]);
    // Whoever goes has no time to wait.
    mark.end();
    assertEquals(await told(world), [9]);
    client.close();
    assertEquals(world.clock.size, 0);
  },
);

worldTest("createReadMark() tells at its end what waited", async (world) => {
  for (let count = 0; count < 9; count++) world.server.say("말");
  const client = await world.online();
  const mark = createReadMark(client);
  for (const seq of [5, 7]) mark.tell(seq);
  mark.end();
  assertEquals(await told(world), [5, 7]);
  client.close();
  assertEquals(world.clock.size, 0);
});

worldTest("createReadMark() takes who speaks to have read", async (world) => {
  const client = await world.online();
  const mark = createReadMark(client);
  world.server.say("말");
  await settle();
  mark.tell(1);
  await client.send("답");
  assertEquals([await told(world), mark.seq], [[1, 2], 2]);
});

worldTest(
  "createReadMark() tells a guest's mark again with each connection",
  async (world) => {
    for (let count = 0; count < 9; count++) world.server.say("말");
    const client = world.client();
    const mark = createReadMark(client, 4);
    client.connect();
    assertEquals(await told(world), [4]);
    client.reconnect();
    mark.tell(8);
    assertEquals(await told(world), [8]);
  },
);

worldTest(
  "createReadMark() knows what a member has read on other devices",
  async (world) => {
    for (let count = 0; count < 9; count++) world.server.say("말");
    world.server.welcome = { read: 6 };
    const client = world.client();
    const mark = createReadMark(client, 4);
    const seen: number[] = [];
    mark.listen(() => seen.push(mark.seq));
    client.connect();
    assertEquals([await told(world), mark.seq], [[], 6]);
    const id = client.you?.id ?? "";
    tell(world, { type: "read", member: person(id), seq: 8 });
    tell(world, { type: "read", member: person("other"), seq: 9 });
    assertEquals(seen, [6, 8]);
  },
);

worldTest(
  "createReadMark() starts anew with a history that was reset",
  async (world) => {
    const client = world.client();
    const mark = createReadMark(client, 400);
    client.connect();
    await settle();
    assertEquals([await told(world), mark.seq], [[], 0]);
  },
);

worldTest("createReaders() counts the others who have read", async (world) => {
  const client = await world.online();
  const readers = createReaders(client);
  assertEquals(readers.count({ seq: 3, author: person("ann") }), undefined);
  world.server.welcome = {
    reads: { ann: 3, bob: 5, gone: 9 },
    members: [person("ann"), person("bob")],
  };
  client.reconnect();
  await settle();
  const count = (seq: number, author = "철수") =>
    readers.count({ seq, author: person(author) });
  assertEquals([count(3), count(4), count(3, "ann")], [2, 1, 1]);
  // For one who comes later it is the same.
  const late = createReaders(client);
  assertEquals(late.count({ seq: 3, author: person("철수") }), 2);
  tell(world, { type: "read", member: person("ann"), seq: 4 });
  tell(world, { type: "read", member: person("ann"), seq: 2 });
  const me = person(client.you?.id ?? "");
  tell(world, { type: "read", member: me, seq: 9 });
  assertEquals([count(4), count(9)], [2, 0]);
  let changes = 0;
  readers.listen(() => changes++);
  tell(world, { type: "left", member: person("bob"), online: 2 });
  assertEquals([count(3), changes], [1, 1]);
  // From then on the room tells no more, and what was told gets old.
  tell(world, { type: "joined", member: person("eve"), online: 50 });
  assertEquals(count(3), undefined);
});
