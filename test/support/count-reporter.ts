import type { Reporter, TestModule } from "vitest/node";

/**
 * Prints `N passed, N failed, N skipped` as the very last line of a run, for machines that read only that. A file that
 * could not be loaded and an error outside every test count as failed: a run that ends badly never says `0 failed`.
 */
export class CountReporter implements Reporter {
  #count = { passed: 0, failed: 0, skipped: 0 };

  /** Says it once everything else has been said. */
  onInit(): void {
    // Other reporters and the teardown still print after the run has ended; only the exit comes after all of them.
    process.once("exit", (code) => {
      const { passed, failed, skipped } = this.#count;
      const failures = failed === 0 && code !== 0 ? 1 : failed;
      process.stdout.write(`${passed} passed, ${failures} failed, ${skipped} skipped\n`);
    });
  }

  /** Counts the outcome of every test in the run. */
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const count = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const module of modules) {
      count.failed += module.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        count[state === "pending" ? "skipped" : state] += 1;
      }
    }
    this.#count = count;
  }
}
