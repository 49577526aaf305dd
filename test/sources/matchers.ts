import { expect } from "vitest";
import type { AccessionError } from "../../src/engine/errors.ts";

/** Vitest's matchers, typed: what they return is any. */
export const textWith = (part: string | RegExp): unknown => expect.stringMatching(part);
export const listWith = (...elements: readonly object[]): unknown => expect.arrayContaining([...elements]);

/** The error of something that must fail. */
export const failure = async (asked: Promise<unknown>): Promise<AccessionError> => {
  const error: unknown = await asked.then(
    () => expect.fail("an error was expected"),
    (thrown: unknown) => thrown,
  );
  return error as AccessionError;
};
