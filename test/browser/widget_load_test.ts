/**
 * 5,000 messages in the log: what has to be drawn, and what it costs. Times are printed,
 * not judged, because they are the machine's; the work is the widget's.
 */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { type Crowd, fakeCrowd } from "./support/crowd.ts";
import { distanceFromEnd, drawn, part, rows } from "./support/widget.ts";
import { useWorld } from "./support/world.ts";

const world = useWorld();
const APPENDS = 40;

declare global {
  interface Window {
    crowd: Crowd;
  }
}

test("5,000 messages: a screenful is drawn, and one more costs one row", async () => {
  const page = await world.open({
    tag: { project: "load", nickname: "철수" },
    body: () => "",
    before: fakeCrowd,
  });
  const stopwatch = await startStopwatch(page);
  await page.evaluate((server) => {
    const chat = document.createElement("project-chat");
    const attributes = { project: "load", nickname: "철수", server };
    for (const [name, value] of Object.entries(attributes))
      chat.setAttribute(name, value);
    const ready = new Promise((resolve) =>
      chat.addEventListener("ready", resolve),
    );
    document.querySelector("main")?.append(chat);
    return ready.then(() => {});
  }, world.server.url);
  await drawn(page);
  const opening = await stopwatch();
  await rows(page).getByText("메시지 5000번").waitFor();
  const count = await rows(page).count();
  expect(count).toBeGreaterThanOrEqual(50);
  expect(count).toBeLessThanOrEqual(300);
  await expect.poll(() => distanceFromEnd(page)).toBeLessThan(1);

  const changes = await part(page, "log").evaluateHandle((log) => {
    const seen = { rows: 0, all: 0 };
    new MutationObserver((records) => {
      for (const { addedNodes, removedNodes } of records) {
        seen.all += addedNodes.length + removedNodes.length;
        for (const node of addedNodes)
          if (node instanceof Element && node.matches('[part~="message"]'))
            seen.rows++;
      }
    }).observe(log, { childList: true, subtree: true });
    return seen;
  });
  const laps: Lap[] = [];
  const idle: Lap[] = [];
  // What the driver and two frames cost that change nothing.
  for (let index = 0; index < APPENDS; index++) {
    await stopwatch();
    await page.evaluate(() => {});
    await drawn(page);
    idle.push(await stopwatch());
  }
  for (let index = 1; index <= APPENDS; index++) {
    await stopwatch();
    await page.evaluate((text) => window.crowd.say(text), `덧붙임 ${index}번`);
    await drawn(page);
    laps.push(await stopwatch());
  }
  await rows(page).getByText(`덧붙임 ${APPENDS}번`).waitFor();
  const { rows: added, all } = await changes.jsonValue();
  expect(added).toBeLessThanOrEqual(2 * APPENDS);
  // A row and at most a few marks around it, whatever stands above.
  expect(all).toBeLessThanOrEqual(8 * APPENDS);
  await expect.poll(() => distanceFromEnd(page)).toBeLessThan(1);
  console.log(
    `5,000 messages: opening ${opening.script.toFixed(1)} ms scripting ` +
      `(${opening.task.toFixed(1)} ms in all), ${count} rows drawn; append ` +
      `${median(laps, "script")} ms scripting, ${median(laps, "layout")} ms styles and ` +
      `layout, ${median(laps, "task")} ms in all with paint, commit and the driver, ` +
      `which take ${median(idle, "task")} ms alone; ` +
      `${(all / APPENDS).toFixed(1)} nodes changed (medians)`,
  );
});

interface Lap {
  /** Time in scripts, in ms. */
  readonly script: number;
  /** Time in styles and layout, in ms. */
  readonly layout: number;
  /** Time of the main thread in all, in ms. */
  readonly task: number;
}

/** Tells how long the page has worked since it was last asked. */
async function startStopwatch(page: Page): Promise<() => Promise<Lap>> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable");
  const measure = async () => {
    const { metrics } = await devtools.send("Performance.getMetrics");
    const read = (wanted: string) =>
      1_000 * (metrics.find(({ name }) => name === wanted)?.value ?? 0);
    return {
      script: read("ScriptDuration"),
      layout: read("RecalcStyleDuration") + read("LayoutDuration"),
      task: read("TaskDuration"),
    };
  };
  let last = await measure();
  return async () => {
    const now = await measure();
    const lap = {
      script: now.script - last.script,
      layout: now.layout - last.layout,
      task: now.task - last.task,
    };
    last = now;
    return lap;
  };
}

function median(laps: readonly Lap[], key: keyof Lap): string {
  const sorted = laps.map((lap) => lap[key]).toSorted((a, b) => a - b);
  return (sorted[Math.floor(sorted.length / 2)] ?? Number.NaN).toFixed(2);
}
