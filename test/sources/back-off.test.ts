import { describe, expect, test } from "vitest";
import { parseRetryAfter, pauseAfter } from "../../src/sources/back-off.ts";

const now = Date.parse("Tue, 24 Nov 2026 09:00:00 GMT");

describe("Retry-After", () => {
  test.each([
    ["2", 2_000],
    ["0", 0],
    ["0.5", 500],
    ["Tue, 24 Nov 2026 09:00:30 GMT", 30_000],
    ["Tue, 24 Nov 2026 08:59:00 GMT", 0],
    [null, undefined],
    ["", undefined],
    ["soon", undefined],
    ["-1", undefined],
    ["2026", 2_026_000],
    ["tomorrow, 5 GMT", undefined],
    ["Tue, 99 Nov 2026 09:00:30 GMT", undefined],
  ])("of %j asks for %j ms", (header, milliseconds) => {
    expect(parseRetryAfter(header, now)).toBe(milliseconds);
  });
});

describe("the pause before the next attempt", () => {
  test("doubles with each failure, half of it jitter", () => {
    const least = (failures: number) => pauseAfter(failures, { backOff: 1_000, random: () => 0 });
    const most = (failures: number) => pauseAfter(failures, { backOff: 1_000, random: () => 1 });
    expect([1, 2, 3].map(least)).toEqual([500, 1_000, 2_000]);
    expect([1, 2, 3].map(most)).toEqual([1_000, 2_000, 4_000]);
  });

  test("is never shorter than what the source asked for", () => {
    expect(pauseAfter(1, { backOff: 1_000, floor: 5_000, random: () => 0 })).toBe(5_000);
    expect(pauseAfter(1, { backOff: 1_000, floor: 5_000, random: () => 1 })).toBe(5_500);
    expect(pauseAfter(3, { backOff: 1_000, floor: 1, random: () => 0 })).toBe(2_000);
  });

  test("stays finite however often it failed", () => {
    expect(pauseAfter(5_000, { backOff: 1_000, random: () => 1 })).toBe(60_000);
  });
});
