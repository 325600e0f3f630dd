/** An owner steers a room in the widget: its topic, its pace, and whether it is open. */
import { expect, test } from "vitest";
import type { ProjectChatElement } from "../../src/widget/mod.ts";
import {
  choose,
  steer,
  useGathering,
  waitForAct,
} from "./support/gathering.ts";
import { waitForMessages } from "./support/person.ts";
import { say, setHidden } from "./support/widget.ts";

const gathering = useGathering();
const { guest, member } = gathering;

test("topic and pinned message are there for who comes later, and lead to it", async () => {
  const owner = await member("pin");
  await say(owner, "꼭 읽어 주세요");
  for (let index = 1; index <= 60; index++)
    await owner.$eval(
      "project-chat",
      (chat, text) => (chat as ProjectChatElement).send(text),
      `이야기 ${index}`,
    );
  await owner.$eval("project-chat", (chat) =>
    (chat as ProjectChatElement).scrollToMessage(1),
  );
  await choose(owner, { text: "꼭 읽어 주세요", item: "고정" });
  await owner.click("button.steer");
  await owner.fill("#topic", "배포 이야기");
  await owner.press("#topic", "Enter");
  await waitForAct(owner, "주제를 정했습니다: 배포 이야기");
  const late = await guest("pin", "늦은이");
  const notices = late.locator(".notices");
  await notices.getByText("배포 이야기").waitFor();
  await notices.getByRole("button", { name: /꼭 읽어 주세요/ }).click();
  await expect
    .poll(() =>
      late.evaluate(
        () =>
          document.querySelector("project-chat")?.shadowRoot?.activeElement
            ?.textContent,
      ),
    )
    .toContain("꼭 읽어 주세요");
  await notices.locator("summary").click();
  await notices.getByText("배포 이야기").waitFor({ state: "hidden" });
  await choose(owner, { text: "꼭 읽어 주세요", item: "고정 풀기" });
  await notices.locator(".pin").waitFor({ state: "detached" });
});

test("slow mode counts down at the composer, keeps the text, and exempts moderators", async () => {
  const owner = await member("slow");
  const rowdy = await guest("slow", "철수");
  await steer(owner, "5초");
  await waitForAct(rowdy, "서연 님이 슬로 모드를 5초 간격으로 정했습니다");
  await say(rowdy, "첫 번째");
  await rowdy
    .locator(".held", { hasText: /\d초 뒤에 보낼 수 있습니다/ })
    .waitFor();
  await say(rowdy, "두 번째");
  expect(await rowdy.inputValue("textarea")).toBe("두 번째");
  expect(await rowdy.isDisabled("button.send")).toBe(true);
  await owner.keyboard.press("Escape");
  for (const text of ["운영", "계속"]) await say(owner, text);
  await waitForMessages(rowdy, ["철수: 첫 번째", "서연: 운영", "서연: 계속"]);
  await rowdy.locator("button.send:enabled").waitFor();
  await rowdy.click("button.send");
  await waitForMessages(owner, [
    "철수: 첫 번째",
    "서연: 운영",
    "서연: 계속",
    "철수: 두 번째",
  ]);
  await steer(owner, "끔");
  await rowdy.locator(".held").waitFor({ state: "detached" });
});

test("in a locked room a sentence takes the composer's place, and the text waits", async () => {
  const owner = await member("lock");
  const rowdy = await guest("lock", "철수");
  await rowdy.fill("textarea", "보내려던 말");
  await steer(owner, "방 잠그기");
  await rowdy.locator(".shut", { hasText: "잠긴 방입니다" }).waitFor();
  expect(await rowdy.locator("button.send").count()).toBe(0);
  expect(await rowdy.inputValue(".shut textarea")).toBe("보내려던 말");
  await owner.keyboard.press("Escape");
  await say(owner, "공지입니다");
  await waitForMessages(rowdy, ["서연: 공지입니다"]);
  await steer(owner, "방 잠그기");
  await rowdy.waitForSelector("button.send");
  expect(await rowdy.inputValue(".composer textarea")).toBe("보내려던 말");
});

test("what moderators do is neither announced as a message nor unread", async () => {
  const owner = await member("quiet");
  const friend = await guest("quiet", "영희");
  await say(friend, "안녕하세요");
  await waitForMessages(owner, ["영희: 안녕하세요"]);
  await setHidden(friend, true);
  const spoken = await friend.evaluateHandle(() => {
    const lines: string[] = [];
    const region = document.querySelector("body > [role=log]");
    if (region)
      new MutationObserver(() => lines.push(region.textContent ?? "")).observe(
        region,
        { childList: true },
      );
    return lines;
  });
  await steer(owner, "30초");
  await waitForAct(friend, "슬로 모드를 30초 간격으로");
  await owner.keyboard.press("Escape");
  // What is a message is both.
  await say(owner, "천천히 이야기해요");
  await expect
    .poll(() => spoken.jsonValue(), { timeout: 5_000 })
    .toEqual(["서연: 천천히 이야기해요"]);
  expect(
    await friend.$eval(
      "project-chat",
      (chat) => (chat as ProjectChatElement).unread,
    ),
  ).toBe(1);
});
