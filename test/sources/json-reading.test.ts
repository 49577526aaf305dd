import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readJson } from "../../src/sources/json-reading.ts";

describe("reading JSON of an outside source", () => {
  test("gives every JSON value back", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const text = JSON.stringify(value);
        const parsed: unknown = JSON.parse(text);
        expect(readJson(text)).toEqual({ kind: "json", value: parsed });
      }),
    );
  });

  test("calls every beginning of an object truncated", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), fc.nat(), (value, at) => {
        const text = JSON.stringify(value);
        expect(readJson(text.slice(0, at % text.length))).toEqual({ kind: "truncated" });
      }),
    );
  });

  test("never throws, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', "\\", "[", "]", "{", "}", "a", ",", ":", " ") }), (text) => {
        expect(["json", "truncated", "malformed"]).toContain(readJson(text).kind);
      }),
    );
  });

  test("tells a page of another sort from a truncated one", () => {
    expect(readJson("<html>{</html>")).toEqual({ kind: "malformed", why: "is not JSON" });
    expect(readJson("{ not: json }")).toEqual({ kind: "malformed", why: "is not JSON" });
    expect(readJson("  ")).toEqual({ kind: "truncated" });
  });

  test("reads 100 levels and refuses 101, however many brackets strings hold", () => {
    const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
    expect(readJson(nested(100)).kind).toBe("json");
    expect(readJson(nested(101))).toEqual({ kind: "malformed", why: "is nested deeper than 100 levels" });
    expect(readJson(nested(500_000)).kind).toBe("malformed");
    expect(readJson(JSON.stringify([`"${"[".repeat(500)}\\`]))).toMatchObject({ kind: "json" });
  });
});
