/** The live list of rooms. */
import {
  type RoomEvent,
  type RoomLine,
  type RoomWatch,
  watchRooms,
} from "../../src/client/mod.ts";
import { assertEquals } from "./support/assert.ts";
import { settle } from "./support/fake_clock.ts";
import { type World, worldTest } from "./support/fixture.ts";

const by = { id: "b", nickname: "영희", role: "member", guest: false } as const;

function line(room: string, fields: Partial<RoomLine> = {}): RoomLine {
  return { room, head: 9, online: 1, at: 1, count: 9, ...fields };
}

function tell(world: World, event: RoomEvent): void {
  world.server.tell(event);
  world.network.carryDown();
}

function lines({ rooms }: RoomWatch) {
  return rooms.map(({ room, unread, mentions }) => [room, unread, mentions]);
}

/** What was asked for since the last call. */
async function asked({ server }: World): Promise<unknown[]> {
  await settle();
  return server.commands
    .splice(0)
    .filter(({ type }) => type === "rooms")
    .map(({ type: _, ...rest }) => rest);
}

worldTest("watchRooms() adds up what comes", async (world) => {
  const watch = watchRooms(await world.online());
  assertEquals(await asked(world), [{ on: true }]);
  let changes = 0;
  watch.listen(() => changes++);
  const rooms = [
    line("lobby", { unread: 2, mentions: 1 }),
    line("공지", { unread: 3, mentions: 1 }),
  ];
  tell(world, { type: "rooms", rooms });
  // In the room where one is, one reads.
  assertEquals(lines(watch), [
    ["lobby", 0, 0],
    ["공지", 3, 1],
  ]);
  tell(world, {
    type: "rooms",
    rooms: [
      line("공지", { count: 11, online: 4 }),
      line("새 방", { count: 2 }),
    ],
  });
  tell(world, { type: "mentioned", room: "공지", target: 12, by, text: "@me" });
  assertEquals(lines(watch).slice(1), [
    ["공지", 5, 2],
    ["새 방", 2, 0],
  ]);
  assertEquals([watch.rooms[1]?.online, changes], [4, 3]);
  // Read on another device.
  const read = line("공지", { count: 11, unread: 0, mentions: 0 });
  tell(world, { type: "rooms", rooms: [read] });
  assertEquals(lines(watch)[1], ["공지", 0, 0]);
});

worldTest(
  "watchRooms() is told of a mention before it is told of its room",
  async (world) => {
    const watch = watchRooms(await world.online());
    tell(world, { type: "mentioned", room: "새 방", target: 1, by, text: "" });
    assertEquals(lines(watch), [["새 방", 0, 1]]);
    tell(world, { type: "rooms", rooms: [line("새 방", { count: 1 })] });
    assertEquals(lines(watch), [["새 방", 1, 1]]);
  },
);

worldTest(
  "watchRooms() asks again with each connection, by the marks of then",
  async (world) => {
    const client = world.client();
    let marks = { 공지: 4 };
    const watch = watchRooms(client, { marks: () => marks });
    client.connect();
    assertEquals(await asked(world), [{ on: true, read: { 공지: 4 } }]);
    tell(world, { type: "rooms", rooms: [line("공지", { unread: 5 })] });
    marks = { 공지: 9 };
    client.reconnect();
    assertEquals(await asked(world), [{ on: true, read: { 공지: 9 } }]);
    // What is known stays until there is something better.
    assertEquals(lines(watch), [["공지", 5, 0]]);
    const rooms = [line("공지", { unread: 0, mentions: 0 })];
    tell(world, { type: "rooms", rooms });
    assertEquals(lines(watch), [["공지", 0, 0]]);
  },
);

worldTest(
  "watchRooms() knows its own room, however that was spelled",
  async (world) => {
    const room = "공지".normalize("NFD");
    const client = await world.online({ room });
    const watch = watchRooms(client);
    tell(world, { type: "rooms", rooms: [line("공지", { unread: 5 })] });
    assertEquals(lines(watch), [["공지", 0, 0]]);
    assertEquals(client.room, "공지");
  },
);

worldTest("watchRooms() forgets rooms that were reset", async (world) => {
  const client = await world.online();
  const watch = watchRooms(client);
  tell(world, { type: "rooms", rooms: [line("공지", { unread: 5 })] });
  world.server.welcome = { reason: "epoch" };
  client.reconnect();
  await settle();
  tell(world, { type: "rooms", rooms: [line("로비", { unread: 0 })] });
  assertEquals(lines(watch), [["로비", 0, 0]]);
});

worldTest("watchRooms() tells when it is ended", async (world) => {
  const watch = watchRooms(await world.online());
  await asked(world);
  watch.end();
  assertEquals(await asked(world), [{ on: false }]);
  tell(world, { type: "rooms", rooms: [line("공지")] });
  assertEquals(lines(watch), []);
});
