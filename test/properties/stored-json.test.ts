import * as fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { canonicalJson, sameJson, storableJson } from "../../src/engine/json.ts";
import { AccessionError } from "../../src/index.ts";
import { type Database, openDatabase } from "../../src/store/database.ts";
import { anyText } from "./arbitrary-text.ts";

let database: Database;
beforeAll(async () => {
  database = await openDatabase({ location: "memory:" });
});
afterAll(() => database.close());

const anyJson = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(null, true, false, undefined, -0, 1e308, 5e-324, 2 ** 53 + 2),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    anyText,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.oneof(anyText, fc.constantFrom("__proto__", "constructor", "toJSON", "")), tie("value"), {
      maxKeys: 4,
    }),
  ),
})).value;

it("Whatever JSON a source gives, PostgreSQL takes it and gives it back", async () => {
  await fc.assert(
    fc.asyncProperty(anyJson, async (value) => {
      const storable = JSON.stringify(storableJson({ value }));
      const { rows } = await sql<{ kept: unknown }>`select ${storable}::jsonb as kept`.execute(database.kysely);
      expect(canonicalJson(rows[0]?.kept)).toBe(canonicalJson(JSON.parse(storable)));
    }),
    { numRuns: 1_000 },
  );
});

it("What is storable already stays as it is, and is the same JSON in any order of its keys", () => {
  fc.assert(
    fc.property(anyJson, (value) => {
      const once = storableJson({ value });
      expect(canonicalJson(storableJson(once))).toBe(canonicalJson(once));
      const turned: unknown = JSON.parse(JSON.stringify(once), (_key, member: unknown) =>
        typeof member === "object" && member !== null && !Array.isArray(member)
          ? Object.fromEntries(Object.entries(member).toReversed())
          : member,
      );
      expect(sameJson(turned, JSON.parse(JSON.stringify(once)))).toBe(true);
    }),
  );
});

/** The code with which a value is refused; undefined for one that is taken. */
function refusalOf(value: unknown): unknown {
  try {
    storableJson(value);
    return undefined;
  } catch (error) {
    return error instanceof AccessionError ? error.code : error;
  }
}

it("Depth is taken up to 100 levels and refused beyond, in arrays as in objects", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.integer({ min: 98, max: 103 }), fc.integer({ min: 1, max: 3_000 })),
      fc.array(fc.boolean(), { minLength: 1 }),
      (depth, shape) => {
        let value: unknown = "bottom";
        for (let level = 0; level < depth; level += 1)
          value = shape[level % shape.length] === true ? [value] : { in: value };
        expect(refusalOf(value)).toBe(depth <= 100 ? undefined : "contribution-invalid");
      },
    ),
  );
});

const million = 1024 * 1024;
const doubled = (): unknown => {
  let value: unknown = [];
  for (let level = 0; level < 60; level += 1) value = [value, value];
  return value;
};
const cycle = (): unknown => {
  const value: { self?: unknown } = {};
  value.self = value;
  return value;
};

it.each<[string, () => unknown]>([
  ["one text", () => "x".repeat(5 * million)],
  ["many texts", () => Array.from({ length: 100_000 }, () => "x".repeat(50))],
  ["many numbers", () => Array.from({ length: 3 * million }, (_, index) => index)],
  ["many nulls", () => Array.from({ length: 3 * million }, () => null)],
  ["many truths", () => Array.from({ length: 3 * million }, () => true)],
  ["many empty arrays", () => Array.from({ length: 3 * million }, () => [])],
  [
    "many keys",
    () => Object.fromEntries(Array.from({ length: 200_000 }, (_, index) => [`a rather long key ${index}`, null])),
  ],
  ["two of one thing, sixty levels deep", doubled],
  ["itself", cycle],
])("What holds %s is refused as too large", (_, make) => {
  const value = make();
  expect(refusalOf(value)).toBe("contribution-invalid");
});
