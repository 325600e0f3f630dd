/** A search of 100,000 messages: what it takes, and that the room goes on meanwhile. Prints figures. */
import { expect, test } from "vitest";
import { isProblem } from "../../src/protocol/mod.ts";
import { parseQuery } from "../../src/server/log/query.ts";
import {
  type Found,
  type Search,
  Searcher,
} from "../../src/server/log/searcher.ts";
import { Database } from "../../src/server/storage/database.ts";
import { newProject, request, TestMember } from "./support/member.ts";
import { evict, inside } from "./support/project.ts";
import { seedMessages } from "./support/seed.ts";

const COUNT = 100_000;
/** What people say, and what is as long as anything may be. */
const SHORT = "오늘 배포는 몇 시에 하나요? 회의 끝나고 봐요";
const LONG = "가나다라마바사아자차".repeat(400);

/** A project whose lobby has `COUNT` messages, `text` and a number each. */
async function seeded(text: string, count = COUNT): Promise<string> {
  const project = newProject();
  await inside(project, (_, { storage }) => {
    const database = new Database(storage);
    seedMessages(database, { room: "lobby", count });
    database.run(
      "UPDATE messages SET body = json_set(body, '$.text', ?1 || ' ' || seq)",
      text,
    );
  });
  await evict(project);
  return project;
}

/** Makes the message `seq` the one that is looked for. */
async function plant(project: string, seq: number): Promise<void> {
  await inside(project, (_, { storage }) => {
    new Database(storage).run(
      "UPDATE messages SET body = json_set(body, '$.text', '건초 속의 바늘') WHERE seq = ?",
      seq,
    );
  });
}

function everywhere(q: string): Search {
  const query = parseQuery(q);
  if (!query) throw new Error(`Cannot parse query "${q}"`);
  return {
    rooms: new Map([[1, "lobby"]]),
    query,
    limit: 50,
    reader: "",
    namesRooms: false,
  };
}

/** Searches inside the object with a clock at every pause. */
function timed(project: string, q: string) {
  return inside(project, async (_, { storage }) => {
    const database = new Database(storage);
    const slices: number[] = [];
    let since = performance.now();
    const began = since;
    const searcher = new Searcher(database, async () => {
      slices.push(performance.now() - since);
      await new Promise((resume) => setTimeout(resume, 0));
      since = performance.now();
    });
    const found = await searcher.find(everywhere(q));
    if (isProblem(found)) throw new Error(found.message);
    slices.push(performance.now() - since);
    const total = performance.now() - began;
    return { found, slices, total, read: database.rowsRead };
  });
}

/** What a slice may cost at most, in characters: a slice and one message of the longest. */
const SLICE = 40_000 + LONG.length + 100;
/** What looking at a message costs besides its text. */
const PER_MESSAGE = 60;

test.each([
  {
    name: "short messages, nothing to be found",
    text: SHORT,
    count: COUNT,
    q: "아무도안한말",
    expected: { seqs: [], more: false },
  },
  {
    name: "short messages, one at the far end",
    text: SHORT,
    count: COUNT,
    q: "바늘",
    needle: 7,
    expected: { seqs: [7], more: false },
  },
  {
    name: "the longest messages, nothing to be found",
    text: LONG,
    count: 5_000,
    q: "아무도안한말",
    expected: { seqs: [], more: false },
  },
])("[Q7] $name: in slices", async (row) => {
  const { name, text, count, q, needle, expected } = row;
  const project = await seeded(text, count);
  if (needle !== undefined) await plant(project, needle);
  const { found, slices, total, read } = await timed(project, q);
  const longest = Math.max(...slices);
  console.log(
    `search of ${count} messages, ${name}: ${total.toFixed(0)} ms, ${slices.length} slices, ` +
      `the longest ${longest.toFixed(1)} ms; ${read} rows read`,
  );
  const { messages, more } = found;
  const seqs = messages.map((message) => JSON.parse(message).seq);
  expect({ seqs, more }).toEqual(expected);
  // Each slice ends as soon as it has cost enough, and not before.
  const cost = count * (PER_MESSAGE + text.length);
  expect(slices.length).toBeGreaterThanOrEqual(Math.floor(cost / SLICE));
  expect(slices.length).toBeLessThanOrEqual(Math.ceil((1.1 * cost) / 40_000));
  expect(read).toBeLessThanOrEqual(count + 100);
});

test("[Q7] what there is plenty of is found without looking further", async () => {
  const project = await seeded(SHORT);
  const { found, slices, read } = await timed(project, "배포는");
  const { messages, more } = found;
  expect({ count: messages.length, more }).toEqual({ count: 50, more: true });
  expect(slices).toHaveLength(1);
  expect(read).toBeLessThan(500);
});

test("[Q7] a message is sent and told while a search goes on", async () => {
  const project = await seeded(SHORT);
  const member = await TestMember.join({ project });
  let isFound = false;
  const query = new URLSearchParams({ q: "아무도안한말" });
  const found = request(`/project/${project}/search?${query}`).then(
    async (response) => {
      isFound = true;
      return await response.json<Found>();
    },
  );
  let sent = 0;
  for (; !isFound && sent < 100; sent++) await member.send(`${sent}`);
  console.log(`${sent} messages sent and told during one search`);
  expect(sent).toBeGreaterThan(3);
  expect(await found).toEqual({ messages: [], more: false });
});

test("[Q3] [Q7] what is deleted while a search goes on is not found", async () => {
  const project = await seeded("흔한 말", 20_000);
  const answer = await inside(project, async (_, { storage }) => {
    const database = new Database(storage);
    let pauses = 0;
    const searcher = new Searcher(database, () => {
      if (++pauses === 1) {
        database.run(
          "UPDATE messages SET body = json_set(body, '$.text', '', '$.deleted', json('true')) WHERE seq = 20000",
        );
        database.run(
          "UPDATE messages SET body = json_set(body, '$.text', 'else') WHERE seq = 19999",
        );
      }
      return Promise.resolve();
    });
    const wish = everywhere("흔한");
    return await searcher.find({ ...wish, from: 1, limit: 5_000 });
  });
  if (isProblem(answer)) throw new Error(answer.message);
  expect(answer.messages).toHaveLength(4_998);
  expect(JSON.parse(answer.messages[0] ?? "{}")).toMatchObject({ seq: 19_998 });
});

test("[Q7] searches wait for one another, and only so many", async () => {
  const project = await seeded(SHORT, 10_000);
  const answers = await inside(project, async (_, { storage }) => {
    let [running, most] = [0, 0];
    const searcher = new Searcher(new Database(storage), async () => {
      most = Math.max(most, ++running);
      await new Promise((resume) => setTimeout(resume, 0));
      running--;
    });
    const found = await Promise.all(
      Array.from({ length: 10 }, () =>
        searcher.find(everywhere("아무도안한말")),
      ),
    );
    return {
      most,
      codes: found.map((one) => (isProblem(one) ? one.code : "")),
    };
  });
  expect(answers.most).toBe(1);
  expect(answers.codes).toEqual([
    ...Array(8).fill(""),
    "rate_limited",
    "rate_limited",
  ]);
});
