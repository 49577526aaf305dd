import { expect, it } from "vitest";
import { createListedGarden, createListedPack, listedPlant } from "../many/listed-gardens.ts";
import { canonical, expectConsistent, readCatalogue } from "../support/catalogue-state.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { plant } from "../support/spoken-provider.ts";
import { withCatalogs } from "./gathered-plants.ts";

/** So many plants, each in its own garden and in one of all, that their identities go in with their rows. */
const count = 480;
const documents = Array.from({ length: count }, (_none, index) => {
  const own = { identifiers: [{ scheme: "flora.garden", value: `garden ${index}` }], attributes: { name: "Plot" } };
  const said = listedPlant(`plant ${index}`, { attributes: { height: index } });
  return { ...said, relations: [...(said.relations ?? []), { type: "garden" as const, to: own }] };
});

async function* linesOf(all: readonly unknown[]): AsyncGenerator<string> {
  for (const one of all) yield JSON.stringify(one);
}

/** The documents from one of them on, around to where it began, or the other way about. */
function turned(start: number, backwards: boolean): readonly unknown[] {
  const all = [...documents.slice(start), ...documents.slice(0, start)];
  return backwards ? all.toReversed() : all;
}

describeOnDatabases("Loads of the same documents at once", ({ location }) => {
  it("store each once, in whatever order each of them has them", async () => {
    const packs = [createListedPack(createListedGarden())];
    const [together, alone] = [await location(), await location()];
    await withCatalogs({ database: together, packs, count: 4 }, async (catalog) => {
      const results = await Promise.all(
        [0, 1, 2, 3].map((number) =>
          catalog(number).load(plant, linesOf(turned((number * count) / 4, number % 2 === 1)), { batch: 120 }),
        ),
      );
      for (const result of results) expect(result).toMatchObject({ status: "complete", done: count, refused: [] });
      const created = results.reduce((sum, { counts }) => sum + counts.created, 0);
      expect(created).toBe(count);
    });
    await withCatalogs({ database: alone, packs, count: 1 }, async (catalog) => {
      await catalog(0).load(plant, linesOf(documents), { batch: 120 });
    });
    const rows = await readCatalogue(together);
    expectConsistent(rows, packs);
    expect(canonical(rows)).toEqual(canonical(await readCatalogue(alone)));
  });

  it("leave everything as it is once all is there", async () => {
    const packs = [createListedPack(createListedGarden())];
    const database = await location();
    await withCatalogs({ database, packs, count: 1 }, async (catalog) => {
      await catalog(0).load(plant, linesOf(documents));
    });
    const before = canonical(await readCatalogue(database));
    await withCatalogs({ database, packs, count: 2 }, async (catalog) => {
      const again = await Promise.all([0, 1].map((number) => catalog(number).load(plant, linesOf(documents))));
      for (const { counts } of again) expect(counts).toMatchObject({ created: 0, updated: 0, unchanged: count });
    });
    expect(canonical(await readCatalogue(database))).toEqual(before);
  });
});
