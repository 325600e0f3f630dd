/** The main job in a real browser: two people talk, and a restart loses nothing. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Server, startServer } from "../support/server.ts";
import {
  join,
  openPage,
  readMessages,
  waitForMessages,
} from "./support/person.ts";
import { useBrowser } from "./support/use_server.ts";
import { say, waitForBanner, waitUntilLive } from "./support/widget.ts";

const shared = useBrowser();
let persistTo: string;
let server: Server;

beforeEach(async () => {
  persistTo = await mkdtemp(joinPath(tmpdir(), "project-chat-"));
  server = await startServer({ persistTo });
});

afterEach(async () => {
  await server?.stop();
  await rm(persistTo, { recursive: true, force: true });
});

test("two people talk in Korean; after a restart both see all of it once, in order", async () => {
  const url = `${server.url}/project/42`;
  const [chulsoo, younghee] = await Promise.all([
    openPage(shared.browser, { url }),
    openPage(shared.browser, { url }),
  ]);
  await join(chulsoo, "철수");
  await join(younghee, "영희");
  const said = [
    "철수: 안녕하세요",
    "영희: 반가워요 👋",
    "철수: 점심 먹었어요?",
  ];
  await say(chulsoo, "안녕하세요");
  await waitForMessages(younghee, said.slice(0, 1));
  await say(younghee, "반가워요 👋");
  await waitForMessages(chulsoo, said.slice(0, 2));
  await say(chulsoo, "점심 먹었어요?");
  await waitForMessages(younghee, said);
  await expect
    .poll(() => younghee.textContent("header .count"))
    .toContain("참여자 2명");

  await younghee.fill("textarea", "아직 쓰는 중이에요");
  await server.stop();
  await waitForBanner(chulsoo, "연결하는 중");
  await waitForBanner(younghee, "연결하는 중");
  await say(chulsoo, "서버가 꺼진 동안 보낸 글");
  expect(await readMessages(chulsoo)).toEqual([
    ...said,
    "… 서버가 꺼진 동안 보낸 글",
  ]);

  server = await startServer({ port: server.port, persistTo });
  said.push("철수: 서버가 꺼진 동안 보낸 글");
  await waitForMessages(chulsoo, said);
  await waitForMessages(younghee, said);
  expect(await younghee.inputValue("textarea")).toBe("아직 쓰는 중이에요");
  await younghee.waitForSelector(".banner", { state: "detached" });

  await younghee.press("textarea", "Enter");
  said.push("영희: 아직 쓰는 중이에요");
  await waitForMessages(chulsoo, said);
  await waitForMessages(younghee, said);
  expect(await younghee.inputValue("textarea")).toBe("");
}, 120_000);

test("messages on their way when the power goes out arrive once, in order", async () => {
  const url = `${server.url}/project/42`;
  const chulsoo = await openPage(shared.browser, { url });
  const younghee = await openPage(shared.browser, { url });
  await join(chulsoo, "철수");
  await join(younghee, "영희");
  const texts = Array.from({ length: 20 }, (_, index) => `${index + 1}번째 글`);
  for (const text of texts.slice(0, 10)) await say(chulsoo, text);
  const killed = server.kill();
  for (const text of texts.slice(10)) await say(chulsoo, text);
  await killed;

  server = await startServer({ port: server.port, persistTo });
  const said = texts.map((text) => `철수: ${text}`);
  await waitForMessages(chulsoo, said);
  await waitForMessages(younghee, said);
}, 120_000);

test("who comes back is the same person and misses nothing", async () => {
  const url = `${server.url}/project/42`;
  const chulsoo = await openPage(shared.browser, { url });
  const younghee = await openPage(shared.browser, { url });
  await join(chulsoo, "철수");
  await join(younghee, "영희");
  await say(chulsoo, "다녀올게요");
  await waitForMessages(younghee, ["철수: 다녀올게요"]);
  await chulsoo.goto("about:blank");
  await say(younghee, "다녀오세요");
  await waitForMessages(younghee, ["철수: 다녀올게요", "영희: 다녀오세요"]);

  await chulsoo.goto(url);
  await waitUntilLive(chulsoo);
  await waitForMessages(chulsoo, ["철수: 다녀올게요", "영희: 다녀오세요"]);
  expect(await chulsoo.locator(".own .text").allTextContents()).toEqual([
    "다녀올게요",
  ]);
  await say(chulsoo, "왔어요");
  await expect.poll(() => readMessages(younghee)).toContain("철수: 왔어요");
}, 60_000);
