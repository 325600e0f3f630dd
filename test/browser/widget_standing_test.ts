/** Who people are in the widget: marks, pictures, and what moderators are told. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { ProjectChatElement } from "../../src/widget/mod.ts";
import { sign } from "../support/tokens.ts";
import { complaintsOf } from "./support/axe.ts";
import {
  agree,
  choose,
  openMenu,
  steer,
  useGathering,
  waitForAct,
} from "./support/gathering.ts";
import { openPage, waitForMessages } from "./support/person.ts";
import { PHONE } from "./support/phone.ts";
import { startSite } from "./support/site.ts";
import { codeUnder } from "./support/snippets.ts";
import { say, waitUntilLive } from "./support/widget.ts";

const gathering = useGathering();
const { guest, member } = gathering;
const MODERATOR = { sub: "mod", name: "민수", role: "moderator" };
const PICTURE = "https://pictures.example/jiu.png";
const MEMBER = { sub: "u7", name: "지우", role: "member", avatar: PICTURE };
/** One grey pixel. */
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNsaAAAAYUAgx8J0ZsAAAAASUVORK5CYII=",
  "base64",
);

/** Nicknames with the marks beside them, in the log and in the list of people. */
async function marks(page: Page) {
  const read = (selector: string) =>
    page.locator(selector).evaluateAll((all) =>
      all.flatMap((one) => {
        const mark = one.querySelector(".standing");
        const name = one.querySelector("bdi")?.textContent;
        const said = mark?.getAttribute("aria-label") ?? mark?.textContent;
        return [`${name}: ${said ?? ""}`];
      }),
    );
  return { rows: await read(".row.head"), people: await read("#people li") };
}

test("a mark that no nickname can draw says who is signed in, and who moderates", async () => {
  const pages = [
    await member("marks"),
    await member("marks", { claims: MODERATOR }),
    await member("marks", { claims: MEMBER }),
    await guest("marks", "운영진✓서연"),
  ];
  for (const [index, page] of pages.entries()) {
    await say(page, `말 ${index}`);
    await page.locator(".row", { hasText: `말 ${index}` }).waitFor();
  }
  const [owner] = pages as [Page];
  await owner.locator(".row", { hasText: "말 3" }).waitFor();
  await owner.click("header .count");
  const expected = [
    "서연: 소유자",
    "민수: 운영진",
    "지우: 로그인한 멤버",
    "운영진✓서연: ",
  ];
  const { rows, people } = await marks(owner);
  expect(rows).toEqual(expected);
  expect(people.sort()).toEqual([...expected].sort());
});

test("pictures are asked for where the tag says so, and nowhere else", async () => {
  const site = await startSite();
  try {
    const token = JSON.stringify(await sign("pictures", MEMBER));
    const { url } = gathering.server;
    const [code = ""] = codeUnder("Who is who", { url, project: "pictures" });
    const show = (code: string) =>
      site.show(`<!doctype html><meta charset="utf-8">${code}
        <script>document.querySelector("project-chat").token = ${token}</script>`);
    const asked: string[] = [];
    const page = await openPage(gathering.browser, { url: "about:blank" });
    await page.route("https://pictures.example/**", (route) => {
      asked.push(route.request().headers()["referer"] ?? "no referrer");
      return route.fulfill({ body: PIXEL, contentType: "image/png" });
    });
    await page.goto(show(code.replace(" avatars", "")));
    await waitUntilLive(page);
    await page.waitForSelector("header .count");
    await say(page, "얼굴 없이");
    await waitForMessages(page, ["지우: 얼굴 없이"]);
    await page.click("header .count");
    expect(await page.locator(".picture").count()).toBe(0);
    expect(asked).toEqual([]);
    await page.goto(show(code));
    await expect
      .poll(() =>
        page
          .locator(".row .picture")
          .evaluateAll((all) =>
            all.map((one) => (one as HTMLImageElement).naturalWidth),
          ),
      )
      .toEqual([1]);
    expect(new Set(asked)).toEqual(new Set(["no referrer"]));
  } finally {
    await site.close();
  }
});

test("a moderator is told of a report, and goes to the message", async () => {
  const owner = await member("reports");
  const friend = await guest("reports", "영희");
  await say(owner, "아무 말");
  await choose(friend, { text: "아무 말", item: "신고" });
  await friend.fill("dialog.ask input", "광고입니다");
  await agree(friend);
  const report = owner.locator(".reports");
  await report
    .getByText("영희 님이 메시지를 신고했습니다: 광고입니다")
    .waitFor();
  expect(await friend.locator(".reports").count()).toBe(0);
  await report.getByRole("button", { name: "보기" }).click();
  await report.waitFor({ state: "detached" });
  await expect
    .poll(() =>
      owner.$eval(
        "project-chat",
        (chat) => chat.shadowRoot?.activeElement?.textContent,
      ),
    )
    .toContain("아무 말");
});

test("the page in a frame knows who its token names", async () => {
  const token = await sign("framed", MEMBER);
  const address = `${gathering.server.url}/project/framed?embed=1`;
  const page = await openPage(gathering.browser, {
    url: `${address}#token=${token}`,
  });
  await say(page, "틀 안에서");
  await waitForMessages(page, ["지우: 틀 안에서"]);
  expect(page.url()).toBe(address);
  await page.reload();
  await waitUntilLive(page);
  const nickname = await page.$eval(
    "project-chat",
    (chat) => (chat as ProjectChatElement).client?.you?.nickname,
  );
  expect(nickname).toBe("지우");
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing in what keeps order, ${colorScheme}`, async () => {
    const project = `axe-${colorScheme}`;
    const options = { colorScheme, reducedMotion: "reduce" } as const;
    const owner = await member(project, options);
    const person = await member(project, { ...options, claims: MEMBER });
    const rowdy = await guest(project, "철수", options);
    await say(person, "여러분, 안녕하세요");
    await say(rowdy, "시끄러운 말");
    await choose(owner, { text: "여러분", item: "고정" });
    await owner.click("button.steer");
    await owner.fill("#topic", "배포 이야기");
    await owner.press("#topic", "Enter");
    await steer(owner, "10초");
    await waitForAct(owner, "슬로 모드를 10초 간격으로");
    expect(await complaintsOf(owner)).toEqual([]);
    await owner.keyboard.press("Escape");
    await owner.click("header .count");
    await owner.getByRole("button", { name: "철수 님 관리" }).click();
    expect(await complaintsOf(owner)).toEqual([]);
    await owner.getByRole("button", { name: "차단…" }).click();
    await owner.locator("dialog.ask").waitFor();
    expect(await complaintsOf(owner)).toEqual([]);
    await owner.keyboard.press("Escape");
    await openMenu(owner, "시끄러운 말");
    expect(await complaintsOf(owner)).toEqual([]);
    await owner.keyboard.press("Escape");
    expect(await complaintsOf(rowdy)).toEqual([]);
    await rowdy.fill("textarea", "쓰던 글");
    await steer(owner, "방 잠그기");
    await rowdy.locator(".shut").waitFor();
    expect(await complaintsOf(rowdy)).toEqual([]);
  });
}

test("on a phone everything is at hand, by touch", async () => {
  const owner = await member("phone", PHONE);
  const rowdy = await guest("phone", "철수", PHONE);
  await rowdy.fill("textarea", "시끄러운 말");
  await rowdy.tap("button.send");
  await owner.locator(".row", { hasText: "시끄러운 말" }).waitFor();
  await owner.tap("header .count");
  await owner.getByRole("button", { name: "철수 님 관리" }).tap();
  await owner.getByRole("button", { name: "글쓰기 막기" }).tap();
  await owner.locator("dialog.ask select").selectOption({ label: "10분" });
  await owner.locator("dialog.ask [type=submit]").tap();
  await waitForAct(rowdy, "철수 님의 글쓰기를 10분 동안 막았습니다");
  await owner.tap("button.steer");
  const box = await owner.locator("#steer").boundingBox();
  expect(box?.x).toBeGreaterThanOrEqual(0);
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(
    PHONE.viewport.width,
  );
});
