import { expect } from "vitest";

/** An expectation that is to hold in the end: workers look for jobs every second or two, on a machine that may be busy. */
export function expectEventually<Value>(look: () => Value | Promise<Value>, within = 20_000) {
  return expect.poll(look, { timeout: within, interval: 50 });
}
