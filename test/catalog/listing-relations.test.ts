import { v7 as uuid } from "uuid";
import { beforeAll, expect, it } from "vitest";
import type { Catalog, Item } from "../../src/index.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { itemOf, openPlantCatalog } from "../support/plant-catalog.ts";
import { createSpokenProvider, garden, plant } from "../support/spoken-provider.ts";
import { titles } from "./stored-plants.ts";

const grows: Readonly<Record<string, readonly string[]>> = {
  Oak: ["kew"],
  Ash: ["kew", "eden"],
  Elm: ["eden"],
  Moss: [],
};

describeOnDatabases("A condition on a relation", (database) => {
  const provider = createSpokenProvider("flora");
  let catalog: Catalog;
  const plants = new Map<string, Item<typeof plant>>();
  const gardens = new Map<string, string>();
  const those = (...where: readonly string[]) => titles(catalog.list(plant, { where }));

  beforeAll(async () => {
    catalog = await openPlantCatalog(await database.location(), [provider]);
    for (const [name, ids] of Object.entries(grows)) {
      provider.says.set(name, {
        attributes: { name, height: name.length },
        identifiers: [{ scheme: "flora.plant", value: name }],
        relations: ids.map((value) => ({
          type: "garden",
          to: { identifiers: [{ scheme: "flora.garden", value }], attributes: { name: value } },
        })),
      });
      plants.set(name, itemOf(await catalog.import(plant, { id: name })));
    }
    for await (const { title, id } of catalog.list(garden)) gardens.set(title, id);
  }, 120_000);

  it("lists what is related to an item, and what is not", async () => {
    const kew = gardens.get("kew") ?? "";
    expect(await those(`garden=${kew}`)).toEqual(["Oak", "Ash"]);
    expect(await those(`garden != ${kew.toUpperCase()}`)).toEqual(["Elm", "Moss"]);
    expect(await catalog.count(plant, { where: [`garden=${kew}`] })).toBe(2);
  });

  it("lists what is related to any item, and what is to none", async () => {
    expect(await those("garden!=")).toEqual(["Oak", "Ash", "Elm"]);
    expect(await those("garden=")).toEqual(["Moss"]);
  });

  it("holds beside others, and in every order", async () => {
    const [kew, eden] = [gardens.get("kew"), gardens.get("eden")];
    expect(await those(`garden=${kew}`, `garden=${eden}`)).toEqual(["Ash"]);
    expect(await those(`garden=${kew}`, `garden!=${eden}`)).toEqual(["Oak"]);
    expect(await those("garden!=", "name~m")).toEqual(["Elm"]);
    const listed = catalog.list(plant, { where: [`garden=${kew}`], orderBy: "title", limit: 1 });
    expect(await titles(listed)).toEqual(["Ash"]);
    const after = plants.get("Oak")?.id;
    expect(await titles(catalog.list(plant, { where: [`garden=${kew}`], after }))).toEqual(["Ash"]);
    const orderBy = { attribute: "height", descending: true };
    expect(await titles(catalog.list(plant, { where: ["garden!="], orderBy, limit: 1 }))).toEqual(["Oak"]);
  });

  it("means the item that another was merged into", async () => {
    const own = await openPlantCatalog(await database.location(), [provider]);
    for (const name of Object.keys(grows)) await own.import(plant, { id: name });
    const found = await Array.fromAsync(own.list(garden));
    const [kew, eden] = ["kew", "eden"].map((title) => found.find((one) => one.title === title));
    if (!kew || !eden) throw new Error("a garden is missing");
    await own.mergeItems(kew, eden);
    for (const { id } of [kew, eden]) {
      expect(await titles(own.list(plant, { where: [`garden=${id}`] }))).toEqual(["Oak", "Ash", "Elm"]);
    }
  });

  it("is refused where there is no such item, or the relation never leads to one of its kind", async () => {
    await expect(those(`garden=${uuid()}`)).rejects.toMatchObject({ code: "item-unknown" });
    await expect(those(`garden=${plants.get("Oak")?.id}`)).rejects.toMatchObject({
      code: "query-invalid",
      message: 'The garden of a flora.plant is a flora.garden, and "Oak" is a flora.plant.',
    });
    await expect(catalog.count(plant, { where: [`garden=${uuid()}`] })).rejects.toMatchObject({ code: "item-unknown" });
    for (const where of ["garden=Kew", "garden~kew", "garden>1", "garden<=", "constructor=x"]) {
      expect(() => catalog.list(plant, { where: [where] })).toThrow(expect.objectContaining({ code: "query-invalid" }));
    }
    expect(() => catalog.list(garden, { where: ["garden="] })).toThrow(
      expect.objectContaining({ message: expect.stringContaining('no attribute or category "garden"') }),
    );
  });
});
