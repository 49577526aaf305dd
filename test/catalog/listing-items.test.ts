import * as fc from "fast-check";
import { sql } from "kysely";
import { v7 as uuid } from "uuid";
import { beforeAll, expect, it } from "vitest";
import { type Catalog, itemId, type JsonValue } from "../../src/index.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { openPlantCatalog } from "../support/plant-catalog.ts";
import { createSpokenProvider, garden, plant } from "../support/spoken-provider.ts";
import { anyText, rows, store, titles } from "./stored-plants.ts";

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

describeOnDatabases("A listing", (database) => {
  let catalog: Catalog;
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

  it("leaves out what was merged into another item", async () => {
    const merging = await openPlantCatalog(await database.location(), [createSpokenProvider("flora")]);
    const [keep, drop] = await store(merging, [{ attributes: { name: "Oak" } }, { attributes: { name: "Oak tree" } }]);
    await merging.mergeItems(itemId.parse(keep), itemId.parse(drop));
    expect(await merging.count(plant)).toBe(1);
    expect(await titles(merging.list(plant))).toHaveLength(1);
  });

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
