/** Runs the client's suite once more, bundled, in Chromium. */
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { launchChromium } from "../support/chromium.ts";
import type { Outcome } from "./support/suite.ts";

const ENTRY = fileURLToPath(new URL("all.ts", import.meta.url));

test("the client's suite passes in Chromium", {
  timeout: 120_000,
}, async () => {
  const { outputFiles } = await build({
    entryPoints: [ENTRY],
    bundle: true,
    format: "esm",
    target: "es2022",
    write: false,
    // A published module has no side effects, a test is nothing else.
    ignoreAnnotations: true,
  });
  const content = outputFiles[0]?.text ?? "";
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content, type: "module" });
    // Asked from here: a timer of the page may fall into the fake time of a test.
    const outcomeOf = () =>
      page.evaluate(() => (globalThis as { outcome?: Outcome }).outcome);
    await expect.poll(outcomeOf, { timeout: 100_000 }).toBeDefined();
    const outcome = await outcomeOf();
    expect(outcome?.failures).toEqual([]);
    expect(outcome?.passed).toBeGreaterThan(0);
  } finally {
    await browser.close();
  }
});
