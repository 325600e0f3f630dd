/** A search of 100,000 messages: what it takes, and that the room goes on meanwhile. Prints figures. */
import { expect, test } from "vitest";
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
    slices.push(performance.now() - since);
    const total = performance.now() - began;
    return { found, slices, total, read: database.rowsRead };
  });
}

test.each([
  ["short messages, nothing to be found", SHORT, COUNT, "아무도안한말"],
  ["short messages, found at the far end", SHORT, COUNT, "하나요? 1"],
  ["the longest messages", LONG, 5_000, "아무도안한말"],
] as const)("[Q7] %s: in slices", async (name, text, count, q) => {
  const project = await seeded(text, count);
  const { found, slices, total, read } = await timed(project, q);
  const longest = Math.max(...slices);
  console.log(
    `search of ${count} messages, ${name}: ${total.toFixed(0)} ms, ${slices.length} slices, ` +
      `the longest ${longest.toFixed(1)} ms; ${read} rows read`,
  );
  expect(found).toMatchObject({ more: q.endsWith("1") });
  // However long they are, no slice has more than this of them.
  const characters = count * (text.length + 60);
  if (!q.endsWith("1")) {
    expect(slices.length).toBeGreaterThan(characters / 200_000);
    expect(read).toBeLessThanOrEqual(count + 100);
  }
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
  if ("code" in answer) throw new Error(answer.message);
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
    return { most, codes: found.map((one) => ("code" in one ? one.code : "")) };
  });
  expect(answers.most).toBe(1);
  expect(answers.codes).toEqual([
    ...Array(8).fill(""),
    "rate_limited",
    "rate_limited",
  ]);
});
