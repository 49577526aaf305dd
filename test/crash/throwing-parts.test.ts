import { expect, it } from "vitest";
import {
  AccessionError,
  type CatalogOptions,
  type Contribution,
  contributed,
  defineImporter,
  definePack,
  defineProvider,
  openCatalog,
  type Pack,
  type Provision,
} from "../../src/index.ts";
import { expectConsistent, readCatalogue } from "../support/catalogue-state.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { itemOf } from "../support/plant-catalog.ts";
import { createSpokenProvider, garden, plant } from "../support/spoken-provider.ts";

const kew = { identifiers: [{ scheme: "flora.garden", value: "kew" }], attributes: { name: "Kew" } } as const;
const oak = {
  attributes: { name: "Oak", height: 20 },
  identifiers: [{ scheme: "flora.plant", value: "oak" }],
  categories: [{ type: "use", name: "Timber", weight: 3 }],
  relations: [{ type: "garden", to: kew }],
  links: [{ type: "page", url: "https://example.org/oak" }],
} satisfies Contribution<typeof plant>;

/** Ways of breaking off in the middle of answering, each with the code that its outcome carries. */
const halfWays: Readonly<Record<string, { readonly code: string; readonly provide: () => Promise<Provision<typeof plant>> }>> = {
  "an error of its own": {
    code: "source-unavailable",
    provide: () => Promise.reject(new AccessionError("source-unavailable", "gone", { retryable: true })),
  },
  "a TypeError": {
    code: "defect",
    provide: async () => contributed({ attributes: { name: String((undefined as unknown as { name: string }).name) } }),
  },
  "an error while its contribution is read": {
    code: "defect",
    provide: async () =>
      contributed({
        attributes: { name: "Changed" },
        get categories(): never {
          throw new TypeError("half way");
        },
      }),
  },
  "a relation that its kind does not have": {
    code: "contribution-invalid",
    provide: async () => contributed({ ...oak, attributes: { name: "Changed" }, relations: [{ type: "forest" as "garden", to: kew }] }),
  },
};

function packOf(providers: readonly ReturnType<typeof defineProvider<typeof plant>>[]): Pack {
  return definePack({
    name: "flora",
    importers: [defineImporter({ kind: plant, providers }), defineImporter({ kind: garden, providers: [] })],
  });
}

describeOnDatabases("What throws", ({ location }) => {
  it.each(Object.entries(halfWays))(
    "in a provider as %s leaves every row of the item as it was",
    async (_, { code, provide }) => {
      const good = createSpokenProvider("good");
      good.says.set("oak", oak);
      const packs = [packOf([defineProvider<typeof plant>({ name: "broken", kind: plant, provide }), good.provider])];
      const database = await location();
      const first = await openCatalog({ database, packs });
      // The broken one comes first, and the other is asked all the same.
      const created = await first.import(plant, { id: "oak" });
      expect(created.status).toBe("created");
      expect(created.providers).toMatchObject([
        { provider: "broken", status: "failed", error: { code } },
        { provider: "good", status: "contributed" },
      ]);
      await first.edit<typeof plant>(itemOf(created), { attributes: { family: "Fagaceae" } });
      await first.close();

      const before = await readCatalogue(database);
      const second = await openCatalog({ database, packs });
      const again = await second.import(plant, { id: "oak" }, { providers: ["broken"] });
      expect(again).toMatchObject({ status: "failed", error: { code }, item: { title: "Oak" } });
      await second.close();
      const after = await readCatalogue(database);
      expect({ ...after, provider_run: [] }).toEqual({ ...before, provider_run: [] });
      const failed = { provider: "broken", state: "failed", error: { code } };
      expect(after.provider_run).toContainEqual(expect.objectContaining({ ...failed, error: expect.objectContaining({ code }) as unknown }));
      expectConsistent(after, packs);
    },
  );

  it("in a projection undoes the whole save, of a new item as of an old one", async () => {
    const good = createSpokenProvider("good");
    good.says.set("oak", oak);
    const packs = [packOf([good.provider])];
    const database = await location();
    let refuses = true;
    const projections: CatalogOptions["projections"] = [
      {
        name: "shelf",
        kinds: [plant.name],
        project: () => (refuses ? Promise.reject(new Error("the shelf is full")) : Promise.resolve()),
      },
    ];
    const open = () => openCatalog({ database, packs, projections });
    const refused = async (): Promise<void> => {
      const catalog = await open();
      const result = catalog.import(plant, { id: "oak" }, { forceProviders: true });
      await expect(result).rejects.toMatchObject({ code: "projection-failed", message: expect.stringContaining("shelf is full") as unknown });
      await catalog.close();
    };
    await refused();
    expect(Object.values(await readCatalogue(database)).flat()).toEqual([]);

    refuses = false;
    const catalog = await open();
    expect((await catalog.import(plant, { id: "oak" })).status).toBe("created");
    await catalog.close();
    const before = await readCatalogue(database);
    good.says.set("oak", { ...oak, attributes: { name: "Quercus" }, relations: [], categories: [{ type: "use", name: "Cork" }] });
    refuses = true;
    await refused();
    expect(await readCatalogue(database)).toEqual(before);
  });
});
