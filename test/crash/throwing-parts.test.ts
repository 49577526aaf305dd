import { expect, it } from "vitest";
import {
  AccessionError,
  type Catalog,
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

const broken = (name: string, provide: () => Promise<Provision<typeof plant>>) =>
  defineProvider(plant, { name, provide });

/** Providers that break off in the middle of answering, each with the code that its outcome carries. */
const halfWays = [
  {
    code: "source-unavailable",
    provider: broken("own-error", () =>
      Promise.reject(new AccessionError("source-unavailable", "gone", { retryable: true })),
    ),
  },
  {
    code: "defect",
    provider: broken("type-error", async () =>
      contributed({ attributes: { name: (undefined as unknown as { name: string }).name } }),
    ),
  },
  {
    code: "defect",
    provider: broken("throws-when-read", async () =>
      contributed({
        attributes: { name: "Changed" },
        get categories(): never {
          throw new TypeError("half way");
        },
      }),
    ),
  },
  {
    code: "contribution-invalid",
    provider: broken("foreign-relation", async () =>
      contributed({
        ...oak,
        attributes: { name: "Changed" },
        relations: [{ type: "forest" as "garden", to: kew }],
      }),
    ),
  },
] as const;

function packOf(providers: readonly ReturnType<typeof defineProvider<typeof plant>>[]): Pack {
  return definePack({
    name: "flora",
    importers: [defineImporter({ kind: plant, providers }), defineImporter({ kind: garden, providers: [] })],
  });
}

describeOnDatabases("What throws", ({ location }) => {
  it("in a provider half way leaves every row of the item as it was, and the other providers to speak", async () => {
    const good = createSpokenProvider("good");
    good.says.set("oak", oak);
    const names = halfWays.map(({ provider }) => provider.name);
    const packs = [packOf([...halfWays.map(({ provider }) => provider), good.provider])];
    const failures = halfWays.map(({ code, provider: { name } }) => ({
      provider: name,
      status: "failed",
      error: { code },
    }));
    const database = await location();
    const first = await openCatalog({ database, packs });
    const created = await first.import(plant, { id: "oak" });
    expect(created.status).toBe("created");
    expect(created.providers).toMatchObject([...failures, { provider: "good", status: "contributed" }]);
    await first.edit<typeof plant>(itemOf(created), { attributes: { family: "Fagaceae" } });
    await first.close();

    const before = await readCatalogue(database);
    const second = await openCatalog({ database, packs });
    const again = await second.import(plant, { id: "oak" }, { providers: names });
    expect(again).toMatchObject({ status: "failed", error: { code: "source-unavailable" }, item: { title: "Oak" } });
    expect(again.providers).toMatchObject([...failures, { provider: "good", status: "skipped" }]);
    await second.close();
    const after = await readCatalogue(database);
    expect({ ...after, provider_run: [] }).toEqual({ ...before, provider_run: [] });
    const runs = after.provider_run.map((run) => [run["provider"], run["state"]]);
    expect(runs).toEqual(expect.arrayContaining([["good", "contributed"], ...names.map((name) => [name, "failed"])]));
    expectConsistent(after, packs);
  });

  it("in a projection undoes the whole save, of a new item as of an old one", async () => {
    const good = createSpokenProvider("good");
    good.says.set("oak", oak);
    const packs = [packOf([good.provider])];
    const database = await location();
    let refuses = true;
    const projections: CatalogOptions["projections"] = [
      {
        name: "shelf",
        kind: plant.name,
        project: () => (refuses ? Promise.reject(new Error("the shelf is full")) : Promise.resolve()),
      },
    ];
    const refused = async (catalog: Catalog): Promise<void> => {
      await expect(catalog.import(plant, { id: "oak" }, { forceProviders: true })).rejects.toMatchObject({
        code: "projection-failed",
        message: expect.stringContaining("the shelf is full") as unknown,
      });
    };
    const first = await openCatalog({ database, packs, projections });
    await refused(first);
    expect(await first.search("")).toEqual([]);
    expect(await first.withIdentifier("flora.garden", "kew")).toEqual([]);
    refuses = false;
    expect((await first.import(plant, { id: "oak" })).status).toBe("created");
    await first.close();

    const before = await readCatalogue(database);
    good.says.set("oak", {
      ...oak,
      attributes: { name: "Quercus" },
      relations: [],
      categories: [{ type: "use", name: "Cork" }],
    });
    refuses = true;
    const second = await openCatalog({ database, packs, projections });
    await refused(second);
    await second.close();
    expect(await readCatalogue(database)).toEqual(before);
  });
});
