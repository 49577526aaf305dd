import * as fc from "fast-check";
import { sql } from "kysely";
import { v7 as uuid } from "uuid";
import { beforeAll, expect, it } from "vitest";
import { type Described, meets, readConditions } from "../../src/engine/condition.ts";
import { normaliseName } from "../../src/engine/normalise.ts";
import { type Catalog, itemId, type JsonObject, type JsonValue } from "../../src/index.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { openPlantCatalog } from "../support/plant-catalog.ts";
import { createSpokenProvider, garden, plant } from "../support/spoken-provider.ts";

type Plants = Catalog & { readonly statements: string[] };

/** A plant as it stands in the database. */
interface StoredPlant {
  readonly attributes: JsonObject;
  /** The names of its habitats. */
  readonly habitats?: readonly string[];
}

/** Stores plants past the engine, which would not take some of these attributes; gives their ids. */
async function store(catalog: Catalog, plants: readonly StoredPlant[]): Promise<readonly string[]> {
  const rows = plants.map((one) => ({
    id: uuid(),
    attributes: one.attributes,
    title: titleOf(one.attributes),
    categories: describedOf(one).categories.map(({ type, name }) => ({
      type,
      key: normaliseName(name),
      name,
      provider: "flora",
    })),
  }));
  await sql`insert into accession.item (id, kind, title, attributes, categories, name_keys)
    select id, 'flora.plant', title, attributes, categories, array[lower(title)]
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(id uuid, attributes jsonb, categories jsonb, title text)`.execute(catalog.kysely);
  return rows.map(({ id }) => id);
}

/** A plant as conditions look at it, beside its habitats a category that has a name of them and is of another type. */
function describedOf({ attributes, habitats = [] }: StoredPlant): Described {
  const categories = habitats.map((name) => ({ type: "habitat", name }));
  return { attributes, categories: [...categories, { type: "use", name: "Bog" }] };
}

function titleOf(attributes: JsonObject): string {
  return typeof attributes["name"] === "string" ? attributes["name"] : "";
}

async function titles(listing: AsyncIterable<{ readonly title: string }>): Promise<readonly string[]> {
  return (await Array.fromAsync(listing)).map(({ title }) => title);
}

const rows: readonly StoredPlant[] = [
  {
    attributes: { name: "Oak", family: "Fagaceae", height: 12.5, evergreen: false, alsoCalled: ["Quercus", "Robur"] },
    habitats: ["Rain-Forest", "Été"],
  },
  { attributes: { name: "Holm Oak", family: "Fagaceae", height: 9, evergreen: true }, habitats: ["rain forest"] },
  { attributes: { name: "Ash", family: "Oleaceae", height: 100, alsoCalled: [] } },
  { attributes: { name: "Água", family: "1965-07", alsoCalled: ["2", "1965", "1965-07-03"] }, habitats: ["1965-07"] },
  { attributes: { name: "moss", family: null, height: -1 }, habitats: [] },
];

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

const anyText = fc.oneof(
  fc.constantFrom(
    ...(["", "1965", "1965-07", "1965-07-03", "12", "12.5", "007", "Rose", "rosé", "a\nb", "👩‍👩‍👧", "￿"] as const),
  ),
  fc.string({ unit: "grapheme", maxLength: 8 }).filter((text) => !text.includes("\0") && text.isWellFormed()),
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
const sortedValue = fc.oneof(
  anyText,
  fc.integer({ min: -3, max: 3 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constantFrom(null, "b", "B", "É"),
);
const sortedAttribute = fc.oneof(sortedValue, fc.array(sortedValue, { maxLength: 2 }));

/** What an attribute is sorted by: numbers first, then texts, whatever the case of their Latin letters, then none. */
function sortedBy(said: JsonValue): { readonly sort: number; readonly number: number; readonly text: Buffer } {
  const value = Array.isArray(said) ? (said as readonly JsonValue[])[0] : said;
  const none = { number: 0, text: Buffer.of() };
  if (value === null || value === undefined) return { ...none, sort: 2 };
  if (typeof value === "number") return { ...none, sort: 0, number: value };
  const written = typeof value === "string" ? value : JSON.stringify(value);
  const text = written.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
  return { ...none, sort: 1, text: Buffer.from(text) };
}

function compared(left: JsonValue, right: JsonValue, descending: boolean): number {
  const [a, b] = [sortedBy(left), sortedBy(right)];
  const ascending = a.number - b.number || Buffer.compare(a.text, b.text);
  return a.sort - b.sort || (descending ? -ascending : ascending);
}

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

describeOnDatabases("A listing", (database) => {
  let catalog: Plants;
  let ids: readonly string[];
  beforeAll(async () => {
    catalog = await openPlantCatalog(await database.location(), [createSpokenProvider("flora")]);
    ids = await store(catalog, rows);
  }, 120_000);

  it("lists a kind's items in the order in which they were made, or in alphabetical order", async () => {
    expect(await titles(catalog.list(plant))).toEqual(["Oak", "Holm Oak", "Ash", "Água", "moss"]);
    expect(await titles(catalog.list(plant, { orderBy: "title" }))).toEqual(["Ash", "Holm Oak", "moss", "Oak", "Água"]);
    expect(await titles(catalog.list(garden))).toEqual([]);
  });

  it("gives so many, and goes on after an item", async () => {
    const after = itemId.parse(ids[1]);
    expect(await titles(catalog.list(plant, { limit: 2 }))).toEqual(["Oak", "Holm Oak"]);
    expect(await titles(catalog.list(plant, { after, limit: 2 }))).toEqual(["Ash", "Água"]);
    expect(await titles(catalog.list(plant, { after, orderBy: "title" }))).toEqual(["moss", "Oak", "Água"]);
    expect(await titles(catalog.list(plant, { limit: 0 }))).toEqual([]);
    await expect(titles(catalog.list(plant, { after: itemId.parse(uuid()) }))).rejects.toMatchObject({
      code: "item-unknown",
    });
  });

  it("gives them in the order of an attribute, those without it last", async () => {
    const by = (attribute: string, descending?: boolean) =>
      titles(catalog.list(plant, { orderBy: { attribute, descending } }));
    expect(await by("height")).toEqual(["moss", "Holm Oak", "Oak", "Ash", "Água"]);
    expect(await by("height", true)).toEqual(["Ash", "Oak", "Holm Oak", "moss", "Água"]);
    expect(await by("name")).toEqual(["Ash", "Holm Oak", "moss", "Oak", "Água"]);
    expect(await by("name", true)).toEqual(["Água", "Oak", "moss", "Holm Oak", "Ash"]);
    expect(await by("alsoCalled")).toEqual(["Água", "Oak", "Holm Oak", "Ash", "moss"]);
    const orderBy = { attribute: "height", descending: true };
    const after = itemId.parse(ids[2]);
    expect(await titles(catalog.list(plant, { orderBy, after, limit: 2 }))).toEqual(["Oak", "Holm Oak"]);
    expect(await titles(catalog.list(plant, { orderBy, where: ["family=Fagaceae"], limit: 1 }))).toEqual(["Oak"]);
    for (const attribute of ["colour", "habitat", "constructor"]) {
      expect(() => catalog.list(plant, { orderBy: { attribute } })).toThrow(
        expect.objectContaining({ code: "query-invalid", message: expect.stringContaining(`by "${attribute}"`) }),
      );
    }
  });

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
      expect.objectContaining({ code: "query-invalid", message: expect.stringContaining("alsoCalled, habitat.") }),
    );
  });

  it("leaves out what was merged into another item", async () => {
    const merging = await openPlantCatalog(await database.location(), [createSpokenProvider("flora")]);
    const [keep, drop] = await store(merging, [{ attributes: { name: "Oak" } }, { attributes: { name: "Oak tree" } }]);
    await merging.mergeItems(itemId.parse(keep), itemId.parse(drop));
    expect(await merging.count(plant)).toBe(1);
    expect(await titles(merging.list(plant))).toHaveLength(1);
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

  it("sorts any attributes, and goes on after any item", async () => {
    const odd = await openPlantCatalog(await database.location(), [createSpokenProvider("flora")]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ family: sortedAttribute }, { requiredKeys: [] }), { minLength: 1, maxLength: 12 }),
        fc.boolean(),
        async (plants, descending) => {
          await sql`truncate accession.item cascade`.execute(odd.kysely);
          const named = plants.map(({ family = null }, index) => ({ attributes: { family, name: String(index) } }));
          await store(odd, named);
          const expected = named.toSorted((left, right) =>
            compared(left.attributes.family, right.attributes.family, descending),
          );
          const orderBy = { attribute: "family", descending };
          const all = await Array.fromAsync(odd.list(plant, { orderBy }));
          expect(all.map(({ title }) => title)).toEqual(expected.map(({ attributes }) => attributes.name));
          for (const [index, { id }] of all.entries()) {
            const rest = await titles(odd.list(plant, { orderBy, after: id }));
            expect(rest).toEqual(all.slice(index + 1).map(({ title }) => title));
          }
        },
      ),
      { numRuns: 40, endOnFailure: true },
    );
  }, 120_000);

  it.each([{ attribute: "height" }, { attribute: "name" }, "created"] as const)(
    "by %o passes over nothing and repeats nothing, whatever becomes of an item meanwhile",
    async (orderBy) => {
      const busy = await openPlantCatalog(await database.location(), [createSpokenProvider("flora")]);
      const names = ["a yew", "b yew", "c moss", "d yew", "e yew"];
      const stored = await store(
        busy,
        names.map((name, index) => ({ attributes: { name, height: index } })),
      );
      const listed: string[] = [];
      // A page ends with the third, which only the engine tells from the others.
      for await (const { title } of busy.list(plant, { orderBy, where: ["name~yew"], limit: 3 })) {
        listed.push(title);
        await sql`update accession.item set attributes = '{"name": "z moss"}', name_keys = '{z moss}'
          where id = ${stored[2]}`.execute(busy.kysely);
      }
      expect(listed).toEqual(["a yew", "b yew", "d yew"]);
    },
  );

  it("goes through more items than fit into a page, each once", async () => {
    const large = await openPlantCatalog(await database.location(), [createSpokenProvider("flora")]);
    const count = 2_350;
    await store(
      large,
      Array.from({ length: count }, (_, index) => ({ attributes: { name: `Plant ${index % 50}`, height: index % 7 } })),
    );
    for (const orderBy of ["created", "title"] as const) {
      const listed = await Array.fromAsync(large.list(plant, { orderBy }));
      expect(new Set(listed.map(({ id }) => id)).size).toBe(count);
      expect(listed).toHaveLength(count);
    }
    expect(await large.count(plant, { where: ["name~plant 49"] })).toBe(count / 50);
    const statements = async (act: () => Promise<unknown>): Promise<number> => {
      large.statements.length = 0;
      await act();
      return large.statements.length;
    };
    expect(await statements(() => large.list(plant).next())).toBe(2);
    // Pages of 1, 10, 100, 1,000 and 10,000: where one is wanted, of which there is none, they are not gone through one by one.
    expect(await statements(() => titles(large.list(plant, { where: ["name~moss"], limit: 1 })))).toBe(5);
    expect(await statements(() => large.count(plant))).toBe(1);
    expect(await statements(() => large.count(plant, { where: ["name~plant 4"] }))).toBe(1);
  }, 120_000);
});
