import { beforeAll, beforeEach, expect, it } from "vitest";
import type { Catalog, Item } from "../../src/index.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { itemOf, openPlantCatalog } from "../support/plant-catalog.ts";
import { createSpokenProvider, garden, plant } from "../support/spoken-provider.ts";

describeOnDatabases("merging two items", (database) => {
  const provider = createSpokenProvider("flora");
  let catalog: Catalog;
  let keep: Item<typeof plant>;
  let drop: Item<typeof plant>;

  let round = 0;
  /** Each test has plants and gardens of its own. */
  const own = (id: string): string => `${id}-${round}`;

  beforeAll(async () => {
    catalog = await openPlantCatalog(await database.location(), [provider]);
  });
  beforeEach(async () => {
    round += 1;
    const kew = {
      type: "garden",
      to: { identifiers: [{ scheme: "flora.garden", value: own("kew") }], attributes: { name: "Kew" } },
    } as const;
    provider.says.set(own("oak"), {
      attributes: { name: "Oak", height: 10 },
      identifiers: [{ scheme: "flora.plant", value: own("oak") }],
      categories: [{ type: "use", name: "Timber" }],
    });
    provider.says.set(own("quercus"), {
      attributes: { name: "Quercus", family: "Fagaceae", height: 99 },
      identifiers: [
        { scheme: "flora.plant", value: own("quercus") },
        { scheme: "label", value: "Q" },
      ],
      categories: [{ type: "use", name: "Cork" }],
      relations: [kew],
      links: [{ type: "page", url: "https://example.org/quercus" }],
    });
    keep = itemOf(await catalog.import(plant, { id: own("oak") }));
    drop = itemOf(await catalog.import(plant, { id: own("quercus") }));
  });

  it("keeps all identifiers, relations, links, categories and values, those of the kept one first", async () => {
    const merged = await catalog.mergeItems(keep, drop);
    expect(merged.id).toBe(keep.id);
    expect(merged.attributes).toEqual({ name: "Oak", family: "Fagaceae", height: 10 });
    expect(merged.identifiers.map((one) => one.value)).toEqual([own("oak"), own("quercus"), "Q"]);
    expect(merged.categories.map((one) => one.name)).toEqual(["Timber", "Cork"]);
    expect(merged.relations.map((one) => one.item.title)).toEqual(["Kew"]);
    expect(merged.links.map((one) => one.url)).toEqual(["https://example.org/quercus"]);
    expect(await catalog.get(keep.id)).toEqual(merged);
  });

  it("leaves a redirect, by id and by every identifier", async () => {
    const merged = await catalog.mergeItems(keep, drop);
    expect(await catalog.get(drop.id)).toEqual(merged);
    expect(await catalog.getAll([drop.id, keep.id])).toEqual([merged]);
    const imported = await catalog.import(plant, { id: own("quercus") });
    expect(imported).toMatchObject({ status: "unchanged", item: { id: keep.id } });
    await expect(catalog.edit(drop.id, { attributes: { height: 1 } })).rejects.toMatchObject({
      code: "item-unknown",
      message: `The item ${drop.id} was merged into ${keep.id}.`,
    });
  });

  it("can be undone: both are as they were", async () => {
    await catalog.mergeItems(keep, drop);
    await catalog.import(plant, { id: own("oak") }, { forceProviders: true });
    const back = await catalog.unmergeItem(drop.id);
    const plain = ({ version: _version, updatedAt: _updatedAt, ...item }: Item) => item;
    expect(plain(back)).toEqual(plain(drop));
    expect(plain((await catalog.get(keep.id)) ?? keep)).toEqual(plain(keep));
    expect(await catalog.import(plant, { id: own("quercus") })).toMatchObject({ item: { id: drop.id } });
  });

  it("moves the relations of others to the kept item, and back when it is undone", async () => {
    const kew = itemOf(await catalog.enrich(drop)).relations[0]?.item.id;
    provider.says.set(own("fern"), {
      attributes: { name: "Fern" },
      identifiers: [{ scheme: "flora.plant", value: own("fern") }],
      relations: [
        {
          type: "garden",
          to: { identifiers: [{ scheme: "flora.garden", value: own("royal-kew") }], attributes: { name: "Royal Kew" } },
        },
      ],
    });
    const fern = itemOf(await catalog.import(plant, { id: own("fern") }));
    const royal = fern.relations[0]?.item.id;
    if (!kew || !royal) throw new Error("no gardens");
    await catalog.mergeItems(kew, royal);
    expect((await catalog.get(fern.id))?.relations).toMatchObject([{ item: { id: kew, title: "Kew" } }]);
    const forced = itemOf(await catalog.import(plant, { id: own("fern") }, { forceProviders: true }));
    expect(forced.relations).toMatchObject([{ item: { id: kew } }]);
    await catalog.unmergeItem(royal);
    expect((await catalog.get(fern.id))?.relations).toMatchObject([{ item: { id: royal, title: "Royal Kew" } }]);
    expect(await catalog.find(garden, { id: own("kew") })).toMatchObject({ id: kew });
  });

  it("is refused for one item twice, for two kinds, and for what is merged already", async () => {
    await expect(catalog.mergeItems(keep, keep)).rejects.toMatchObject({ code: "merge-impossible" });
    const [relation] = drop.relations;
    if (!relation) throw new Error("no garden");
    await expect(catalog.mergeItems(keep, relation.item.id)).rejects.toMatchObject({ code: "merge-impossible" });
    await catalog.mergeItems(keep, drop);
    await expect(catalog.mergeItems(keep, drop)).rejects.toMatchObject({ code: "merge-impossible" });
    await expect(catalog.unmergeItem(keep.id)).rejects.toMatchObject({ code: "merge-impossible" });
  });

  it("lets a chain of merges be undone in any order", async () => {
    provider.says.set(own("holm"), {
      attributes: { name: "Holm Oak" },
      identifiers: [{ scheme: "flora.plant", value: own("holm") }],
    });
    const holm = itemOf(await catalog.import(plant, { id: own("holm") }));
    await catalog.mergeItems(keep, drop);
    const all = await catalog.mergeItems(holm, keep);
    expect(all.identifiers.filter((one) => one.scheme === "flora.plant").map((one) => one.value)).toEqual(
      ["holm", "oak", "quercus"].map(own),
    );
    expect((await catalog.get(drop.id))?.id).toBe(holm.id);
    expect((await catalog.unmergeItem(drop.id)).identifiers.map((one) => one.value)).toEqual([own("quercus"), "Q"]);
    expect((await catalog.unmergeItem(keep.id)).identifiers.map((one) => one.value)).toEqual([own("oak")]);
    expect((await catalog.get(holm.id))?.identifiers.map((one) => one.value)).toEqual([own("holm")]);
  });
});
