import { expect } from "vitest";

/** Vitest's matchers, typed: what they return is any. */
export const textWith = (part: string | RegExp): unknown => expect.stringMatching(part);
export const listWith = (...elements: readonly object[]): unknown => expect.arrayContaining([...elements]);
