/** The main job: people talk, and neither servers nor networks make them lose a word. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startServer } from "../support/server.ts";
import {
  button,
  clock,
  composer,
  PATIENCE,
  part,
  read,
  rows,
  say,
  waitForBanner,
  waitForTexts,
  waitUntilLive,
} from "./support/widget.ts";
import { openWire } from "./support/wire.ts";
import { useWorld } from "./support/world.ts";

const world = useWorld();

test("two people talk in Korean", async () => {
  const project = "two";
  const chulsoo = await world.open({ tag: { project, nickname: "철수" } });
  const younghee = await world.open({ tag: { project, nickname: "영희" } });
  await waitUntilLive(chulsoo);
  await waitUntilLive(younghee);
  const pattern = /안녕하세요|반가워요 👋|점심 먹었어요\?/g;
  await say(chulsoo, "안녕하세요");
  await waitForTexts(younghee, { pattern, expected: ["안녕하세요"] });
  await say(younghee, "반가워요 👋");
  const said = ["안녕하세요", "반가워요 👋"];
  await waitForTexts(chulsoo, { pattern, expected: said });

  await composer(chulsoo).pressSequentially("점심 먹었어요?", {
    // The room is told again once some time has passed.
    delay: 500,
  });
  await younghee.getByText("철수 님이 입력 중…").waitFor();
  await composer(chulsoo).press("Enter");
  await waitForTexts(younghee, {
    pattern,
    expected: [...said, "점심 먹었어요?"],
  });
  expect(await composer(chulsoo).inputValue()).toBe("");
  expect(await rows(younghee).first().textContent()).toContain("철수");
  await button(younghee, "참여자 2명").waitFor();
  expect(await part(younghee, "banner").count()).toBe(0);
});

test("Shift+Enter breaks the line, and the button sends", async () => {
  const page = await world.open({ tag: { project: "line", nickname: "철수" } });
  const friend = await world.invite("line", "영희");
  await waitUntilLive(page);
  await composer(page).pressSequentially("첫 줄");
  await composer(page).press("Shift+Enter");
  await composer(page).pressSequentially("둘째 줄");
  await button(page, "보내기").click();
  await expect
    .poll(() => friend.client.timeline.messages.map(({ text }) => text))
    .toEqual(["첫 줄\n둘째 줄"]);
});

test("the server dies while both type: nothing is lost, nothing comes twice", async () => {
  const persistTo = await mkdtemp(join(tmpdir(), "project-chat-"));
  world.later(() => rm(persistTo, { recursive: true, force: true }));
  let server = await startServer({ persistTo });
  world.later(() => server.stop());
  const at = { server: server.url, project: "42" };
  const pages = {
    철수: await world.open({
      tag: { ...at, nickname: "철수" },
      server: server.url,
      prepare: (page) => page.clock.install(),
    }),
    영희: await world.open({
      tag: { ...at, nickname: "영희" },
      server: server.url,
      prepare: (page) => page.clock.install(),
    }),
  };
  const people = Object.entries(pages);
  for (const [, page] of people) await waitUntilLive(page);
  const said = new Set<string>();
  const talk = async (from: number) => {
    for (let index = from; index < from + 5; index++)
      for (const [name, page] of people) {
        said.add(`${name}의 ${index}번째 글.`);
        await say(page, `${name}의 ${index}번째 글.`);
      }
  };
  await talk(1);
  const killed = server.kill();
  await talk(6);
  await killed;
  for (const [, page] of people) {
    await waitForBanner(page, "연결하는 중");
    await composer(page).fill("아직 쓰는 중이에요");
  }
  server = await startServer({ port: server.port, persistTo });

  // No wait between two attempts is longer.
  for (const [, page] of people) await page.clock.runFor(21_000);
  const pattern = /(?:철수|영희)의 \d+번째 글\./g;
  for (const [name, page] of people) {
    await expect
      .poll(
        async () => [
          (await read(page, pattern)).length,
          await clock(page).count(),
        ],
        PATIENCE,
      )
      .toEqual([said.size, 0]);
    const shown = await read(page, pattern);
    expect(new Set(shown)).toEqual(said);
    // Everybody's own words stand in the order in which they were typed.
    const isOwn = (text: string) => text.startsWith(name);
    expect(shown.filter(isOwn)).toEqual([...said].filter(isOwn));
    expect(await composer(page).inputValue()).toBe("아직 쓰는 중이에요");
    await expect.poll(() => part(page, "banner").count()).toBe(0);
  }
  expect(await read(pages.철수, pattern)).toEqual(
    await read(pages.영희, pattern),
  );
});

test("offline it says so and keeps what is sent; online it arrives once", async () => {
  const wire = await openWire(world.server.port);
  world.later(() => wire.close());
  const friend = await world.invite("offline", "영희");
  const page = await world.open({
    tag: { project: "offline", nickname: "철수" },
    server: wire.url,
  });
  await waitUntilLive(page);
  await page.context().setOffline(true);
  wire.cut();
  await waitForBanner(page, "오프라인입니다");
  for (const text of ["지하철에서 1", "지하철에서 2"]) await say(page, text);
  await expect.poll(() => clock(page).count()).toBe(2);
  await friend.say("지하철에서 0");
  wire.mend();
  await page.context().setOffline(false);
  const pattern = /지하철에서 \d/g;
  const expected = ["지하철에서 0", "지하철에서 1", "지하철에서 2"];
  await waitForTexts(page, { pattern, expected });
  await expect.poll(() => part(page, "banner").count()).toBe(0);
  await expect
    .poll(() => friend.client.timeline.messages.map(({ text }) => text))
    .toEqual(expected);
});
