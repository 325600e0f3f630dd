/** A member who reads on several devices. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { ChatClient } from "../../src/client/mod.ts";
import { sign, TRUSTING } from "../support/tokens.ts";
import { openPage, waitForMessages } from "./support/person.ts";
import { useServer } from "./support/use_server.ts";
import { say, waitUntilLive } from "./support/widget.ts";

const PROJECT = "devices";
const setting = useServer(TRUSTING);
let friend: ChatClient;

beforeAll(async () => {
  const token = await sign(PROJECT, { sub: "u2", name: "영희" });
  friend = new ChatClient(setting.server.url, {
    project: PROJECT,
    getToken: () => token,
  });
  friend.connect();
});

afterAll(() => friend?.close());

async function device(more = "") {
  const token = await sign(PROJECT, { sub: "u1", name: "서연" });
  const url = `${setting.server.url}/project/${PROJECT}${more}#token=${token}`;
  const page = await openPage(setting.browser, { url });
  await waitUntilLive(page);
  return page;
}

test("what was read on one device is read on the others, and in their lists", async () => {
  await friend.send("하나");
  const marks: number[] = [];
  friend.on("read", ({ seq }) => marks.push(seq));
  const phone = await device();
  await waitForMessages(phone, ["영희: 하나"]);
  await expect.poll(() => marks).toEqual([1]);
  // Who wrote here can be meant here.
  await say(phone, "넷 중 둘");
  await waitForMessages(phone, ["영희: 하나", "서연: 넷 중 둘"]);
  await expect.poll(() => marks).toEqual([1, 2]);
  await phone.context().close();

  const desk = await device("?room=design");
  const lobby = desk.locator("#rooms a[data-room=lobby]");
  await lobby.waitFor();
  await friend.send("둘");
  await friend.send("셋", { mentions: ["u1"] });
  await expect
    .poll(() => lobby.textContent(), { timeout: 10_000 })
    .toBe("로비@1, 나를 부른 글 1개2, 새 글 2개1, 지금 1명");

  // Another device, which has kept nothing: the line is where the member had got to.
  const tablet = await device();
  const line = tablet.getByText("여기까지 읽었습니다");
  await line.waitFor();
  const rows = tablet.locator(".log").locator(".row, .divider");
  const order = (await rows.allTextContents()).map(
    (text) => text.match(/하나|여기까지|넷|둘|셋/)?.[0],
  );
  expect(order).toEqual(["하나", "넷", "여기까지", "둘", "셋"]);
  await expect
    .poll(() => lobby.textContent(), { timeout: 10_000 })
    .toMatch(/^로비\d, 지금 \d명$/);
});
