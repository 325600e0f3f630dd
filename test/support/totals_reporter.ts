/** Ends a run with one line that says how much of it passed. */
import type { Reporter, TestModule, Vitest } from "vitest/node";

export default class TotalsReporter implements Reporter {
  #vitest: Vitest | undefined;

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  onTestRunEnd(
    modules: readonly TestModule[],
    errors: readonly unknown[],
  ): void {
    const count = { passed: 0, failed: errors.length, skipped: 0, pending: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        count[test.result().state]++;
      }
      // A file that does not even load has no tests to fail.
      if (module.state() === "failed" && module.children.size === 0) {
        count.failed++;
      }
    }
    // After the summary of the default reporter.
    process.once("exit", () => {
      console.log(`\n${count.passed} passed, ${count.failed} failed`);
    });
    void this.#vitest;
  }
}
