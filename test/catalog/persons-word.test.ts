import { beforeAll, beforeEach, expect, it } from "vitest";
import type { Catalog, Item } from "../../src/index.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { itemOf, openPlantCatalog } from "../support/plant-catalog.ts";
import { createSpokenProvider, oak, plant } from "../support/spoken-provider.ts";

describeOnDatabases("a person's word", (database) => {
  const first = createSpokenProvider("first");
  const second = createSpokenProvider("second");
  let catalog: Catalog;
  let item: Item<typeof plant>;

  beforeAll(async () => {
    catalog = await openPlantCatalog(await database.location(), [first, second]);
    first.says.set("oak", oak({ attributes: { height: 10 } }));
    second.says.set("oak", oak({ attributes: { evergreen: false }, categories: [{ type: "use", name: "Ink" }] }));
  });
  beforeEach(async () => {
    item = itemOf(await catalog.import(plant, { id: "oak" }));
    await catalog.unlock(item);
  });

  it("wins over every provider and outlasts every forced import", async () => {
    const edited = await catalog.edit(item, {
      attributes: { height: 12 },
      categories: [{ type: "use", name: "Shade" }],
    });
    expect(edited.difference).toEqual([
      { field: "height", before: 10, after: 12 },
      { field: "categories", added: ["use: Shade"], removed: [] },
    ]);
    const forced = itemOf(await catalog.import(plant, { id: "oak" }, { forceProviders: true }));
    expect(forced.attributes.height).toBe(12);
    expect(forced.categories.map((one) => one.name)).toEqual(["Shade", "Ink"]);
  });

  it("can be that there is no value", async () => {
    const { item: edited } = await catalog.edit(item, { attributes: { height: null } });
    expect(edited.attributes.height).toBeUndefined();
    const { fields } = await catalog.explain(item);
    expect(fields.find((one) => one.field === "height")).toMatchObject({
      shown: { provider: "person", value: null },
      others: [{ provider: "first", value: 10 }],
    });
  });

  it("adds up over edits, and is taken back field by field or whole", async () => {
    await catalog.edit(item, { attributes: { height: 12 } });
    await catalog.edit(item, { attributes: { evergreen: true } });
    const partly = await catalog.unlock(item, ["height"]);
    expect(partly.item.attributes).toMatchObject({ height: 10, evergreen: true });
    const wholly = await catalog.unlock(item);
    expect(wholly.item.attributes).toMatchObject({ height: 10, evergreen: false });
  });

  it("is refused where the kind does not allow it, and nothing is changed", async () => {
    const wrong = { attributes: { colour: "green" } } as object;
    await expect(catalog.edit(item, wrong)).rejects.toMatchObject({ code: "contribution-invalid" });
    await expect(catalog.edit(item, { attributes: { name: null } })).rejects.toMatchObject({
      code: "contribution-invalid",
      message: "A flora.plant cannot be without its name.",
    });
    expect((await catalog.get(item.id))?.attributes).toEqual(item.attributes);
  });

  it("is refused where it is malformed, since a person can be asked, and nothing is changed", async () => {
    const label = "x".repeat(501);
    await expect(
      catalog.edit(item, { attributes: { height: 9 }, identifiers: [{ scheme: "label", value: label }] }),
    ).rejects.toMatchObject({
      code: "contribution-invalid",
      message: `What a person says of a flora.plant is not allowed: "${label.slice(0, 100)}" is no label (identifiers).`,
    });
    await expect(
      catalog.edit(item, { attributes: { height: 9 }, links: [{ type: "page", url: "javascript:alert(1)" }] }),
    ).rejects.toMatchObject({
      code: "contribution-invalid",
      message:
        'What a person says of a flora.plant is not allowed: "javascript:alert(1)" is no address of a web page (links).',
    });
    expect((await catalog.get(item.id))?.attributes).toEqual(item.attributes);
  });

  it("makes a renamed item be found under its new name", async () => {
    await catalog.edit(item, { attributes: { name: "English Oak" } });
    expect((await catalog.find(plant, { name: "english oak" }))?.id).toBe(item.id);
    await catalog.unlock(item);
  });

  it("can be to forget a provider, which the next import asks anew", async () => {
    const forgotten = await catalog.forget(item, "second");
    expect(forgotten.item.categories).toEqual([]);
    expect(forgotten.item.attributes).toEqual({ name: "Oak", family: "Fagaceae", height: 10 });
    const asked = [first.asked.length, second.asked.length];
    const again = await catalog.import(plant, { id: "oak" });
    expect(again.status).toBe("updated");
    expect([first.asked.length, second.asked.length]).toEqual([asked[0], (asked[1] ?? 0) + 1]);
  });

  it("leaves an item its title and its identities when every provider is forgotten", async () => {
    await catalog.forget(item, "first");
    const { item: bare } = await catalog.forget(item, "second");
    expect(bare.attributes).toEqual({ name: "Oak" });
    const again = await catalog.import(plant, { id: "oak" });
    expect(itemOf(again)).toMatchObject({ id: item.id, attributes: { height: 10 } });
  });

  it("cannot be to forget a provider that never spoke of the item", async () => {
    await expect(catalog.forget(item, "amazon")).rejects.toMatchObject({
      code: "provider-unknown",
      message: '"amazon" never spoke of Oak; first, second did.',
    });
  });
});
