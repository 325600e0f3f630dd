/** What the title and the focus say when one goes to another room. */
import { expect, test } from "vitest";
import { ChatClient } from "../../src/client/mod.ts";
import { openPage } from "./support/person.ts";
import { useServer } from "./support/use_server.ts";
import { setHidden, waitUntilLive } from "./support/widget.ts";

const setting = useServer();

test("the count of one room does not stand in the title of the next, and one can write there at once", async () => {
  const url = `${setting.server.url}/project/titles?room=a`;
  const page = await openPage(setting.browser, { url });
  await waitUntilLive(page);
  // In another tab, so that it is not read.
  await setHidden(page, true);
  const friend = new ChatClient(setting.server.url, {
    project: "titles",
    room: "a",
  });
  friend.connect();
  for (const text of ["하나", "둘"]) await friend.send(text);
  friend.close();
  await expect.poll(() => page.title()).toMatch(/^\(2\)/);
  await page.click('#rooms a[data-room="lobby"]');
  await waitUntilLive(page);
  await expect.poll(() => page.title()).toMatch(/^[^(]/);
  await expect
    .poll(() =>
      page.evaluate(
        () => document.activeElement?.shadowRoot?.activeElement?.tagName,
      ),
    )
    .toBe("TEXTAREA");
});
