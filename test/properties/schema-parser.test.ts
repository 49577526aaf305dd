import * as fc from "fast-check";
import { expect, it } from "vitest";
import { z } from "zod";
import { parseWith } from "../../src/engine/schema-parser.ts";

/** More than it takes until a schema is compiled. */
const often = 60;

const schema = z.object({
  name: z.string().trim().min(1),
  number: z.number().optional(),
  tags: z.array(z.string().toLowerCase()).default([]),
  size: z.transform((value: unknown) => (typeof value === "string" ? value.length : undefined)),
});

const value = fc.oneof(
  fc.anything(),
  fc.record(
    {
      name: fc.oneof(fc.string(), fc.integer()),
      number: fc.oneof(fc.double(), fc.constant(null)),
      tags: fc.array(fc.string()),
      size: fc.anything(),
    },
    { requiredKeys: [] },
  ),
);

it("A schema that was used often says of any value what it says by itself, and why a value is refused", () => {
  for (let times = 0; times < often; times += 1) parseWith(schema, {});
  fc.assert(
    fc.property(value, (any) => {
      const [read, itself] = [parseWith(schema, any), schema.safeParse(any)];
      expect(read.data).toEqual(itself.data);
      expect(read.error?.issues).toEqual(itself.error?.issues);
    }),
  );
});

/** How often a schema asks its own function about a value that it refuses, once it was used often. */
function timesAsked(told: z.ZodType<string>, asked: () => number): number {
  for (let times = 0; times < often; times += 1) parseWith(told, "no");
  const before = asked();
  parseWith(told, "no");
  return asked() - before;
}

it("A schema of another copy of zod is left as it is, since its version may mean something else", () => {
  let asked = 0;
  const refusing = () => z.string().refine(() => (asked += 1) < 0);
  const foreign = refusing();
  // oxlint-disable-next-line no-underscore-dangle -- zod's own name for it
  Object.defineProperty(foreign._zod, "version", { value: { major: 4, minor: 0, patch: 0 } });
  // What is compiled is asked first, and the schema itself for the reason.
  expect(timesAsked(refusing(), () => asked)).toBe(2);
  expect(timesAsked(foreign, () => asked)).toBe(1);
});
