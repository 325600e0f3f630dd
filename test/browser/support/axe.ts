/** Accessibility as axe judges it. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";

/** What axe holds against the page, as short as it can be said. */
export async function complaintsOf(page: Page): Promise<string[]> {
  const path = fileURLToPath(import.meta.resolve("axe-core/axe.min.js"));
  await page.evaluate(await readFile(path, "utf8"));
  return await page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: Violation[] }> };
    };
    interface Violation {
      id: string;
      nodes: { target: unknown; failureSummary: string }[];
    }
    const { violations } = await axe.run();
    return violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id} ${node.target}: ${node.failureSummary}`),
    );
  });
}
