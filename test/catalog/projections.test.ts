import { type Kysely, sql, type Transaction } from "kysely";
import { expect, it } from "vitest";
import type { Projection } from "../../src/index.ts";
import { openDatabase } from "../../src/store/database.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { itemOf, openPlantCatalog } from "../support/plant-catalog.ts";
import { createSpokenProvider, oak, plant } from "../support/spoken-provider.ts";

interface Shop {
  price_list: { id: string; label: string };
}

async function withShop<Result>(location: string, work: (shop: Kysely<Shop>) => Promise<Result>): Promise<Result> {
  const database = await openDatabase({ location });
  try {
    return await work(database.kysely.withoutPlugins() as unknown as Kysely<Shop>);
  } finally {
    await database.close();
  }
}

describeOnDatabases("a projection", (database) => {
  const flora = createSpokenProvider("flora");
  const priceList: Projection<Transaction<unknown>> = {
    name: "price list",
    kinds: ["flora.plant"],
    async project(transaction, { item }) {
      if (item.attributes["family"] === "Poison") throw new Error("we do not sell poison");
      const shop = transaction as Transaction<Shop>;
      await shop
        .insertInto("price_list")
        .values({ id: item.id, label: item.title })
        .onConflict((conflict) => conflict.column("id").doUpdateSet({ label: item.title }))
        .execute();
    },
  };

  it("keeps an application's table in step within the saving transaction", async () => {
    const location = await database.location();
    await withShop(location, async (shop) =>
      sql`create table price_list (id uuid primary key, label text not null)`.execute(shop),
    );
    flora.says.set("oak", oak());
    const catalog = await openPlantCatalog(location, [flora], { projections: [priceList] });
    const item = itemOf(await catalog.import(plant, { id: "oak" }));
    await catalog.edit(item, { attributes: { name: "Holy Oak" } });
    flora.says.set("yew", {
      attributes: { name: "Yew", family: "Poison" },
      identifiers: [{ scheme: "flora.plant", value: "yew" }],
    });
    await expect(catalog.import(plant, { id: "yew" })).rejects.toMatchObject({
      code: "projection-failed",
      message: 'The projection "price list" threw: we do not sell poison',
      cause: expect.objectContaining({ message: "we do not sell poison" }),
    });
    expect(await catalog.find(plant, { id: "yew" })).toBeUndefined();
    await catalog.import(plant, { id: "oak" }, { dryRun: true, forceProviders: true });
    await catalog.close();
    const rows = await withShop(location, (shop) => shop.selectFrom("price_list").selectAll().execute());
    expect(rows).toEqual([{ id: item.id, label: "Holy Oak" }]);
  });
});
