/**
 * Tests that run the same everywhere: under vitest they are vitest's; in Deno and in a
 * browser `run()` runs them.
 */

/** What Node and Deno have of a process, and a browser has not. */
declare const process: {
  readonly env: Readonly<Record<string, string | undefined>>;
  exitCode: number;
};

type Body = () => void | Promise<void>;

/** How a run ended. */
export interface Outcome {
  readonly passed: number;
  readonly failures: readonly string[];
}

const tests = new Map<string, Body>();
const isVitest = "process" in globalThis && Boolean(process.env["VITEST"]);
// Not a literal, so that bundlers leave it alone.
const runner = "vitest";
const vitest: { test: (name: string, body: Body) => void } | undefined =
  isVitest ? await import(/* @vite-ignore */ runner) : undefined;

/** Registers a test. */
export function test(name: string, body: Body): void {
  if (vitest) vitest.test(name, body);
  else tests.set(name, body);
}

/** Runs every registered test, one after the other, and prints what came of it. */
export async function run(): Promise<Outcome> {
  const failures: string[] = [];
  for (const [name, body] of tests) {
    try {
      await body();
    } catch (error) {
      failures.push(`${name}: ${error instanceof Error ? error.stack : error}`);
    }
  }
  const passed = tests.size - failures.length;
  for (const failure of failures) console.log(failure);
  console.log(`${passed} passed, ${failures.length} failed`);
  if ("process" in globalThis && failures.length > 0) process.exitCode = 1;
  return { passed, failures };
}
