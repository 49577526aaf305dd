import * as fc from "fast-check";
import { sql } from "kysely";
import { beforeAll, expect, it } from "vitest";
import { meets, readConditions } from "../../src/engine/condition.ts";
import type { Catalog, Kind } from "../../src/index.ts";
import { album, artist } from "../../src/music/index.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { openPlantCatalog } from "../support/plant-catalog.ts";
import { createSpokenProvider, plant } from "../support/spoken-provider.ts";
import { anyText, describedOf, rows, store, titles } from "./stored-plants.ts";

const values = [
  "",
  "Oak",
  "oak",
  "Fagaceae",
  "1965",
  "1965-07",
  "9",
  "12.50",
  "100",
  "-1",
  "true",
  "é",
  "a",
  "2",
  "zzz",
  "1e3",
  "RAIN FOREST",
  "rain-forest",
  "Bog",
  "ete",
  "-",
  "\u200b",
];
const wheres = ["name", "family", "height", "evergreen", "alsoCalled", "habitat"].flatMap((field) =>
  ["=", "!=", ">", ">=", "<", "<=", "~"].flatMap((operator) => values.map((value) => `${field}${operator}${value}`)),
);

/** What may stand in the database under an attribute. */
const anyValue = fc.oneof(
  anyText,
  fc.oneof(
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(1e21, 1e-7, 0.000001, -0),
  ),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom({ name: "Tea", sortName: "Tea" }, {}),
);
const anyAttribute = fc.oneof(
  anyValue,
  fc.array(anyValue, { maxLength: 3 }),
  fc.array(fc.array(anyValue, { maxLength: 2 }), { maxLength: 2 }),
);

const anyPlant = fc.record(
  {
    attributes: fc.record(
      { family: anyAttribute, alsoCalled: anyAttribute, height: anyAttribute },
      { requiredKeys: [] },
    ),
    habitats: fc.array(anyText, { maxLength: 3 }),
  },
  { requiredKeys: ["attributes"] },
);
const anyCondition = fc
  .tuple(
    fc.constantFrom("family", "alsoCalled", "height", "habitat"),
    fc.constantFrom("=", "!=", ">", ">=", "<", "<=", "~"),
    fc.oneof(
      fc.constantFrom(
        "",
        "1965",
        "1965-07",
        "12",
        "12.50",
        "-3",
        "Rose",
        "rosé",
        "👩",
        "\0",
        "\uD800",
        "9".repeat(400),
      ),
      fc.string({ unit: "grapheme", maxLength: 6 }),
    ),
  )
  .map(([field, operator, value]) => `${field}${operator}${value}`)
  // What is read as a condition; a value that begins with "=" belongs to the operator.
  .filter((text) => !/^\w+([=<>!~]{2,})/.test(text) || /^\w+([<>!]=)[^=]/.test(text));

describeOnDatabases("A condition", (database) => {
  let catalog: Catalog;
  beforeAll(async () => {
    catalog = await openPlantCatalog(await database.location(), [createSpokenProvider("flora")]);
    await store(catalog, rows);
  }, 120_000);

  it("filters as the engine does, whatever the attribute, the operator and the value", async () => {
    for (const where of wheres) {
      const conditions = readConditions(plant, [where]);
      const expected = rows.filter((one) => meets(describedOf(one), conditions)).map((one) => one.attributes["name"]);
      expect([where, await titles(catalog.list(plant, { where: [where] }))]).toEqual([where, expected]);
    }
    const both = ["family=Fagaceae", "height>=10"];
    expect(await titles(catalog.list(plant, { where: both }))).toEqual(["Oak"]);
    expect(await catalog.count(plant, { where: both })).toBe(1);
    expect(await catalog.count(plant)).toBe(rows.length);
  }, 120_000);

  it("filters by the categories that the kind declares, however they are spelled", async () => {
    const those = (...where: readonly string[]) => titles(catalog.list(plant, { where }));
    expect(await those("habitat=RAIN FOREST")).toEqual(["Oak", "Holm Oak"]);
    expect(await those("habitat=rain-forest", "habitat=été")).toEqual(["Oak"]);
    expect(await those("habitat!=Rain Forest")).toEqual(["Ash", "Água", "moss"]);
    expect(await those("habitat~forest", "family=Fagaceae", "height<10")).toEqual(["Holm Oak"]);
    expect(await those("habitat=")).toEqual(["Ash", "moss"]);
    expect(await those("habitat!=")).toEqual(["Oak", "Holm Oak", "Água"]);
    expect(await those("habitat=Bog")).toEqual([]);
    expect(await catalog.count(plant, { where: ["habitat~forest"] })).toBe(2);
    expect(() => catalog.list(plant, { where: ["use=Bog"] })).toThrow(
      expect.objectContaining({
        code: "query-invalid",
        message: expect.stringContaining("alsoCalled, habitat, and in lists garden."),
      }),
    );
  });

  it("refuses what is no condition, at once", () => {
    for (const where of ["", "name", "=x", "colour=red", "constructor=x"]) {
      expect(() => catalog.list(plant, { where: [where] })).toThrow(expect.objectContaining({ code: "query-invalid" }));
    }
  });

  it("means the same as the engine, of any attributes", async () => {
    const odd = await openPlantCatalog(await database.location(), [createSpokenProvider("flora")]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyPlant, { minLength: 1, maxLength: 20 }),
        fc.array(anyCondition, { minLength: 1, maxLength: 3 }),
        async (plants, where) => {
          await sql`truncate accession.item cascade`.execute(odd.kysely);
          const named = plants.map((one, index) => ({
            ...one,
            attributes: { ...one.attributes, name: String(index) },
          }));
          await store(odd, named);
          const stored = JSON.parse(JSON.stringify(named)) as typeof named;
          for (const one of where) {
            const conditions = readConditions(plant, [one]);
            const expected = stored.filter((each) => meets(describedOf(each), conditions));
            const names = expected.map(({ attributes }) => attributes["name"]);
            expect(await titles(odd.list(plant, { where: [one] }))).toEqual(names);
          }
        },
      ),
      { numRuns: 60, endOnFailure: true },
    );
  }, 120_000);
});

it("A condition's value is spelled as its attribute spells it, and refused where that can never be it", () => {
  const read = (kind: Kind, ...texts: string[]) =>
    readConditions(kind, texts).map(({ field, value }) => [field, value]);
  expect(read(album, "primaryType=EP", "primaryType!=Album")).toEqual([
    ["primaryType", "ep"],
    ["primaryType", "album"],
  ]);
  expect(read(artist, "country=gb", "begin=1965", "ended=true", "title~Floyd")).toEqual([
    ["country", "GB"],
    ["begin", "1965"],
    ["ended", "true"],
    ["name", "Floyd"],
  ]);
  expect(() => read(album, "primaryType=LP")).toThrow(/never "LP": .*album/);
  expect(() => read(artist, "country=Great Britain")).toThrow("two letters");
  expect(() => read(artist, "begin=soon")).toThrow('never "soon"');
});
