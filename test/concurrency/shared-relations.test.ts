import { expect, it } from "vitest";
import type { Catalog } from "../../src/index.ts";
import { artist, album, music } from "../../src/music/index.ts";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import { canonical, expectConsistent, readCatalogue } from "../support/catalogue-state.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { plant } from "../support/spoken-provider.ts";
import { createGatheredPlants, withCatalogs } from "./gathered-plants.ts";

/** Says that a plant grows in gardens, each of which is known by one name or several. */
function growsIn(gardens: readonly (readonly [string, ...string[]])[], town: string) {
  return gardens.map((names) => ({
    type: "garden" as const,
    to: {
      identifiers: names.map((value) => ({ scheme: "flora.garden", value })),
      attributes: { name: names[0], town },
    },
  }));
}

/** Imports plants that wait for each other, each by the next catalogue in turn. */
function importAll(
  plants: readonly string[],
  gather: (count: number) => void,
  catalog: (number: number) => Catalog,
  forceProviders: boolean,
) {
  gather(plants.length);
  return Promise.all(plants.map((id, index) => catalog(index).import(plant, { id }, { forceProviders })));
}

describeOnDatabases("Simultaneous imports that name the same other items", ({ location }) => {
  it("make each of those once, in whatever order they name them", async () => {
    const { pack, says, gather } = createGatheredPlants();
    const gardens = Array.from({ length: 12 }, (_, index) => [`garden ${index}`] as const);
    const plants = Array.from({ length: 40 }, (_, index) => `plant ${index}`);
    for (const [index, name] of plants.entries()) {
      const turned = [...gardens.slice(index % 12), ...gardens.slice(0, index % 12)];
      says.set(name, {
        attributes: { name },
        identifiers: [{ scheme: "flora.plant", value: name }],
        relations: growsIn(index % 2 === 0 ? turned : turned.toReversed(), "Kew"),
      });
    }
    const database = await location();
    await withCatalogs({ database, packs: [pack], count: 4 }, async (catalog) => {
      gather(plants.length);
      const results = await Promise.all(plants.map((id, index) => catalog(index).import(plant, { id })));
      expect(results.map((result) => result.status)).toEqual(plants.map(() => "created"));
    });
    const rows = await readCatalogue(database);
    expectConsistent(rows, [pack]);
    expect(rows.item).toHaveLength(plants.length + gardens.length);
    expect(rows.relation).toHaveLength(plants.length * gardens.length);
  });

  it("leave a new related item as the first of them made it, though each says something else of it", async () => {
    const { pack, says, gather } = createGatheredPlants();
    const plants = Array.from({ length: 16 }, (_, index) => `plant ${index}`);
    const ways = [["kew"], ["kew", "royal"], ["royal", "kew"]] as const;
    const database = await location();
    await withCatalogs({ database, packs: [pack], count: 4 }, async (catalog) => {
      await importAll(plants, gather, catalog, false);
      for (const [index, name] of plants.entries()) {
        says.set(name, {
          attributes: { name },
          identifiers: [{ scheme: "flora.plant", value: name }],
          relations: growsIn([ways[index % ways.length] ?? ways[0]], `as ${name} has it`),
        });
      }
      const results = await importAll(plants, gather, catalog, true);
      expect(results.map((result) => result.status)).toEqual(plants.map(() => "updated"));
    });
    const rows = await readCatalogue(database);
    expectConsistent(rows, [pack]);
    expect(rows.item).toHaveLength(plants.length + 1);
  });

  it("make each once where they are so many that they are copied, and known items name them", async () => {
    const { pack, says, gather } = createGatheredPlants();
    const gardens = Array.from({ length: 60 }, (_, index) => [`garden ${index}`] as const);
    const plants = Array.from({ length: 8 }, (_, index) => `plant ${index}`);
    const database = await location();
    await withCatalogs({ database, packs: [pack], count: 4 }, async (catalog) => {
      await importAll(plants, gather, catalog, false);
      for (const name of plants) {
        const identifiers = [{ scheme: "flora.plant" as const, value: name }];
        says.set(name, { attributes: { name }, identifiers, relations: growsIn(gardens, "Kew") });
      }
      const results = await importAll(plants, gather, catalog, true);
      expect(results.map((result) => result.status)).toEqual(plants.map(() => "updated"));
    });
    const rows = await readCatalogue(database);
    expectConsistent(rows, [pack]);
    expect(rows.item).toHaveLength(plants.length + gardens.length);
    expect(rows.relation).toHaveLength(plants.length * gardens.length);
  });

  it("meet in one item although each knows another of its identities, and deadlock unseen", async () => {
    const { pack, says, gather } = createGatheredPlants();
    const names = Array.from({ length: 6 }, (_, index) => `name ${String(index).padStart(2, "0")}`);
    const database = await location();
    await withCatalogs({ database, packs: [pack], count: 4 }, async (catalog) => {
      gather(1);
      await catalog(0).import(plant, { id: "name 00" });
      for (const [index, name] of names.entries()) {
        // Each says the next name too, which nobody has yet: half of them hold the item and want the name, half the
        // name and want the item.
        const next = names[(index + 1) % names.length] ?? "";
        says.set(name, {
          attributes: { name: "Oak" },
          identifiers: [name, next, "name 00"].map((value) => ({ scheme: "flora.plant", value })),
        });
      }
      // The first of them asks nobody: it is complete.
      gather(2 * names.length - 1);
      const results = await Promise.all(
        names.flatMap((id, index) => [
          catalog(index).import(plant, { id }),
          catalog(index + 1).import(plant, { id: "name 00" }, { forceProviders: true }),
        ]),
      );
      expect(results.flatMap((result) => (result.status === "failed" ? [result.error.message] : []))).toEqual([]);
    });
    const rows = await readCatalogue(database);
    expectConsistent(rows, [pack]);
    expect(rows.item).toHaveLength(1);
    expect(rows.identifier.map((row) => String(row["value"])).toSorted((a, b) => (a < b ? -1 : 1))).toEqual(names);
  });
});

describeOnDatabases("Albums of the same two artists, imported at once", ({ location }) => {
  it("give the catalogue that importing them one after the other gives", async () => {
    await using sandbox = await openSandbox();
    const packs = [music({ musicbrainz: { url: sandbox.url } })];
    const titles = [
      ["My Life in the Bush of Ghosts", "Brian Eno"],
      ["Everything That Happens Will Happen Today", "David Byrne"],
      ["Another Green World", "Brian Eno"],
    ] as const;
    const states: unknown[] = [];
    for (const atOnce of [false, true]) {
      const database = await location();
      await withCatalogs({ database, packs, count: 3 }, async (catalog) => {
        const imports = titles.map(([title, by], index) => async () => {
          await catalog(index).import(album, { title, artist: by });
          await catalog(index).import(artist, { name: by });
        });
        if (atOnce) await Promise.all(imports.map((run) => run()));
        else for (const run of imports) await run();
      });
      const rows = await readCatalogue(database);
      expectConsistent(rows, packs);
      states.push({ ...canonical(rows), contribution: undefined });
      expect(rows.item).toHaveLength(5);
    }
    expect(states[1]).toEqual(states[0]);
  });
});
