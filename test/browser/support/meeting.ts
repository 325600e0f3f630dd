/** Two people in a room with all that the widget can do: one in a browser, one without. */
import type { Locator, Page } from "playwright-core";
import type { ServerOptions } from "../../support/server.ts";
import { button, PATIENCE, waitUntilLive } from "./widget.ts";
import { type Friend, useWorld, type Visit, type World } from "./world.ts";

/** What tests of messages start from. */
export interface Meeting {
  readonly world: World;
  /** The page of 철수 in a room of its own, with 영희 there. */
  meet(project: string): Promise<{ page: Page; friend: Friend }>;
  /** The page of somebody in the widget as the server hands it out, with its extras; `how` else they visit. */
  visit(project: string, nickname: string, how?: Partial<Visit>): Promise<Page>;
  /** Chooses an item of the menu of a message by mouse. */
  choose(row: Locator, name: string): Promise<void>;
}

/** Starts a world before the tests of a file, and has people meet there. */
export function useMeeting(options?: ServerOptions): Meeting {
  const world = useWorld(options);

  const visit: Meeting["visit"] = async (project, nickname, how) => {
    const page = await world.open({
      widget: `${world.server.url}/widget.js`,
      ...how,
      tag: { project, nickname, ...how?.tag },
    });
    await waitUntilLive(page);
    // The extras are there.
    await button(page, /^참여자/).waitFor();
    return page;
  };

  return {
    world,
    visit,
    async meet(project) {
      const friend = await world.invite(project, "영희");
      return { friend, page: await visit(project, "철수") };
    },
    async choose(row, name) {
      const page = row.page();
      // A message that is on its way has no menu yet.
      const { timeout } = PATIENCE;
      await row.and(page.locator("[data-seq]")).waitFor({ timeout });
      await row.hover();
      await button(page, "메시지 메뉴").click();
      await page
        .getByRole(
          /^\p{RGI_Emoji}$/v.test(name) ? "menuitemcheckbox" : "menuitem",
          { name, exact: true },
        )
        .click();
    },
  };
}
