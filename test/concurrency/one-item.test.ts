import { expect, it } from "vitest";
import { AccessionError, type AttributesOf, type Catalog, type ItemId } from "../../src/index.ts";
import { type CatalogueRows, expectConsistent, readCatalogue } from "../support/catalogue-state.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { itemOf } from "../support/plant-catalog.ts";
import { plant } from "../support/spoken-provider.ts";
import { createGatheredPlants, withCatalogs } from "./gathered-plants.ts";

const edits = [
  { family: "Fagaceae" },
  { height: 40 },
  { evergreen: false },
  { alsoCalled: ["English oak"] },
  { name: "Oak" },
] satisfies readonly Partial<AttributesOf<typeof plant>>[];

function contributionOf(rows: CatalogueRows, provider: string): unknown {
  return rows.contribution.find((one) => one["provider"] === provider)?.["data"];
}

async function importedIds(catalog: Catalog, ids: readonly string[]): Promise<readonly ItemId[]> {
  const results = await Promise.all(ids.map((id) => catalog.import(plant, { id })));
  return results.map((result) => itemOf(result).id);
}

describeOnDatabases("One item", ({ location }) => {
  it("loses none of the edits and forced imports that are made at once", async () => {
    const { pack, says, gather } = createGatheredPlants();
    const database = await location();
    await withCatalogs({ database, packs: [pack], count: 4 }, async (catalog) => {
      gather(1);
      const [id] = await importedIds(catalog(0), ["oak"]);
      if (id === undefined) throw new Error("no item");
      const said = { scheme: "flora.plant", value: "oak" } as const;
      says.set("oak", {
        attributes: { name: "Quercus", height: 1 },
        identifiers: [said],
        categories: [{ type: "use", name: "Timber" }],
      });
      gather(20);
      await Promise.all([
        ...Array.from({ length: 20 }, (_, index) =>
          catalog(index).import(plant, { id: "oak" }, { forceProviders: true }),
        ),
        ...edits.map((attributes, index) => catalog(index).edit<typeof plant>(id, { attributes })),
      ]);
      const item = await catalog(0).get(id);
      expect(item?.attributes).toEqual(Object.assign({}, ...edits));
      expect(item?.categories).toEqual([{ type: "use", name: "Timber", weight: undefined, provider: "flora" }]);
    });
    const rows = await readCatalogue(database);
    expectConsistent(rows, [pack]);
    expect(contributionOf(rows, "person")).toMatchObject({ attributes: Object.assign({}, ...edits) as object });
    expect(contributionOf(rows, "flora")).toMatchObject({ attributes: { name: "Quercus", height: 1 } });
    expect(rows.provider_run).toHaveLength(1);
  });

  it("merged into another, while that is merged into it, is merged one way only", async () => {
    const { pack, gather } = createGatheredPlants();
    const database = await location();
    const pairs = Array.from({ length: 8 }, (_, index) => [`left ${index}`, `right ${index}`] as const);
    await withCatalogs({ database, packs: [pack], count: 2 }, async (catalog) => {
      gather(2 * pairs.length);
      const ids = await importedIds(catalog(0), pairs.flat());
      await Promise.all(
        pairs.map(async ([left], index) => {
          const [a, b] = ids.slice(index * 2);
          if (a === undefined || b === undefined) throw new Error("no items");
          const merges = await Promise.allSettled([catalog(0).mergeItems(a, b), catalog(1).mergeItems(b, a)]);
          expect(merges.map((merge) => merge.status).toSorted(), left).toEqual(["fulfilled", "rejected"]);
          const refusal: unknown = merges.find((merge) => merge.status === "rejected")?.reason;
          expect(refusal).toBeInstanceOf(AccessionError);
          expect(refusal).toMatchObject({ code: "merge-impossible" });
          expect((await catalog(0).get(a))?.id).toBe((await catalog(0).get(b))?.id);
        }),
      );
    });
    const rows = await readCatalogue(database);
    expectConsistent(rows, [pack]);
    expect(rows.item.filter((item) => item["merged_into"] === null)).toHaveLength(pairs.length);
    expect(rows.identifier).toHaveLength(2 * pairs.length);
  });

  it("merged into another while both are imported anew, is one item with both identities", async () => {
    const { pack, gather } = createGatheredPlants();
    const database = await location();
    const pairs = Array.from({ length: 8 }, (_, index) => [`left ${index}`, `right ${index}`] as const);
    let ids: readonly ItemId[] = [];
    await withCatalogs({ database, packs: [pack], count: 4 }, async (catalog) => {
      gather(2 * pairs.length);
      ids = await importedIds(catalog(0), pairs.flat());
      gather(2 * pairs.length);
      await Promise.all([
        ...pairs.flat().map((id, index) => catalog(index).import(plant, { id }, { forceProviders: true })),
        ...pairs.map(async (_, index) => {
          const [a, b] = ids.slice(index * 2);
          if (a === undefined || b === undefined) throw new Error("no items");
          await catalog(index + 2).mergeItems(a, b);
        }),
      ]);
    });
    const rows = await readCatalogue(database);
    expectConsistent(rows, [pack]);
    expect(rows.item.filter((item) => item["merged_into"] === null)).toHaveLength(pairs.length);
    // What the source says of either stays, under the item of which it says so.
    const said = rows.contribution.map(({ item_id: id, data }) => [id, data]);
    const names = pairs.flat();
    expect(said).toHaveLength(names.length);
    for (const [index, name] of names.entries()) {
      expect(said).toContainEqual([ids[index], expect.objectContaining({ attributes: { name } })]);
    }
  });
});
