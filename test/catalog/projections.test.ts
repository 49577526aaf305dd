import { sql, type Transaction } from "kysely";
import { beforeAll, expect, it } from "vitest";
import { type Catalog, defineProjection } from "../../src/index.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { itemOf, openPlantCatalog } from "../support/plant-catalog.ts";
import { createSpokenProvider, garden, oak, plant } from "../support/spoken-provider.ts";

type Shop = {
  "public.price_list": { id: string; label: string };
};

const priceList = defineProjection(plant, {
  name: "price list",
  async project(transaction: Transaction<Shop>, change) {
    const { id, title: label, attributes } = change.item;
    if (attributes.family === "Poison") throw new Error("we do not sell poison");
    if (change.type === "merged") await transaction.deleteFrom("public.price_list").where("id", "=", id).execute();
    else {
      const row = transaction.insertInto("public.price_list").values({ id, label });
      await row.onConflict((conflict) => conflict.column("id").doUpdateSet({ label })).execute();
    }
  },
});

describeOnDatabases("a projection", (database) => {
  const flora = createSpokenProvider("flora");
  const gardens: string[] = [];
  const gardenList = defineProjection(garden, {
    name: "gardens",
    project: async (_transaction, { type, item }) => void gardens.push(`${type} ${item.title}`),
  });
  let catalog: Catalog;

  beforeAll(async () => {
    catalog = await openPlantCatalog(await database.location(), [flora], { projections: [priceList, gardenList] });
    await sql`create table public.price_list (id uuid primary key, label text not null)`.execute(catalog.kysely);
    flora.says.set("oak", oak());
    flora.says.set("holm", { attributes: { name: "Holm" }, identifiers: [{ scheme: "flora.plant", value: "holm" }] });
  });

  async function priced(): Promise<readonly string[]> {
    const rows = await catalog.kysely.withTables<Shop>().selectFrom("public.price_list").select("label").execute();
    return rows.map((row) => row.label).toSorted();
  }

  it("keeps an application's table in step with imports, edits, merges and their undoing", async () => {
    const kept = itemOf(await catalog.import(plant, { id: "oak" }));
    const dropped = itemOf(await catalog.import(plant, { id: "holm" }));
    await catalog.edit(kept, { attributes: { name: "Holy Oak" } });
    expect(await priced()).toEqual(["Holm", "Holy Oak"]);
    await catalog.mergeItems(kept, dropped);
    expect(await priced()).toEqual(["Holy Oak"]);
    await catalog.unmergeItem(dropped.id);
    expect(await priced()).toEqual(["Holm", "Holy Oak"]);
  });

  it("is told of nothing where nothing has changed, and its work in a dry run is undone", async () => {
    await sql`truncate public.price_list`.execute(catalog.kysely);
    await catalog.import(plant, { id: "oak" }, { forceProviders: true });
    flora.says.set("oak", oak({ attributes: { height: 3 } }));
    await catalog.import(plant, { id: "oak" }, { forceProviders: true, dryRun: true });
    expect(await priced()).toEqual([]);
  });

  it("is told of a stub, which another item's provider has named", async () => {
    const kew = { identifiers: [{ scheme: "flora.garden", value: "kew" }], attributes: { name: "Kew" } };
    flora.says.set("elm", {
      attributes: { name: "Elm" },
      identifiers: [{ scheme: "flora.plant", value: "elm" }],
      relations: [{ type: "garden", to: kew }],
    });
    await catalog.import(plant, { id: "elm" });
    await catalog.import(plant, { id: "elm" }, { forceProviders: true });
    expect(gardens).toEqual(["saved Kew"]);
  });

  it("undoes the save by throwing, which is reported with what it threw", async () => {
    const identifiers = [{ scheme: "flora.plant", value: "yew" }] as const;
    flora.says.set("yew", { attributes: { name: "Yew", family: "Poison" }, identifiers });
    await expect(catalog.import(plant, { id: "yew" })).rejects.toMatchObject({
      code: "projection-failed",
      message: 'The projection "price list" threw: we do not sell poison',
      cause: expect.objectContaining({ message: "we do not sell poison" }),
    });
    expect(await catalog.find(plant, { id: "yew" })).toBeUndefined();
  });
});
