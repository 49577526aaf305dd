import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  AccessionError,
  type BackgroundRun,
  type Catalog,
  contributed,
  defineProvider,
  type Item,
} from "../../src/index.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { itemOf, openPlantCatalog } from "../support/plant-catalog.ts";
import { createSpokenProvider, oak, plant, type SpokenProvider } from "../support/spoken-provider.ts";

/** A provider that exists to fill two attributes, and counts how often it was asked. */
function createFiller(run: "inline" | "background"): SpokenProvider {
  const spoken = createSpokenProvider("filler");
  const provider = defineProvider(plant, {
    name: "filler",
    run,
    fills: ["height", "evergreen"],
    async provide() {
      spoken.asked.push("oak");
      return contributed({ attributes: { height: 20, evergreen: false } });
    },
  });
  return { ...spoken, provider };
}

describeOnDatabases("a provider that exists to fill attributes", (database) => {
  const first = createSpokenProvider("first");
  const filler = createFiller("inline");
  let catalog: Catalog & { readonly statements: string[] };
  let item: Item<typeof plant>;
  beforeAll(async () => {
    catalog = await openPlantCatalog(await database.location(), [first, filler]);
    first.says.set("oak", oak());
  });
  beforeEach(async () => {
    item = itemOf(await catalog.import(plant, { id: "oak" }));
    await catalog.unlock(item);
    filler.asked.length = 0;
  });
  const outcome = async (options: Parameters<Catalog["enrich"]>[1]) =>
    (await catalog.enrich(item, options)).providers.find((one) => one.provider === "filler");

  it("is not asked where a person has said them all, even that there are none, and even when forced", async () => {
    await catalog.edit(item, { attributes: { height: 12, evergreen: null } });
    const skipped = { status: "skipped", reason: "a person has said its height, evergreen", requests: 0 };
    expect(await outcome({ forceProviders: true })).toMatchObject(skipped);
    expect(await outcome({ providers: ["filler"] })).toMatchObject(skipped);
    expect(filler.asked).toEqual([]);
    const { item: shown, runs } = await catalog.explain(item);
    expect(shown.attributes).toMatchObject({ height: 12 });
    expect(runs.find((one) => one.provider === "filler")).toMatchObject({
      state: "skipped",
      error: { message: skipped.reason },
    });
  });

  it("is asked where a person has said some of them, or has taken back what was said", async () => {
    await catalog.edit(item, { attributes: { height: 12 } });
    expect(await outcome({ providers: ["filler"] })).toMatchObject({ status: "contributed" });
    await catalog.edit(item, { attributes: { evergreen: true } });
    await outcome({ providers: ["filler"] });
    await catalog.unlock(item);
    expect(await outcome({})).toMatchObject({ status: "contributed" });
    expect(filler.asked).toHaveLength(2);
    expect((await catalog.get(item.id))?.attributes).toMatchObject({ height: 20, evergreen: false });
  });

  it("does not make up for the others where it was skipped and they failed", async () => {
    await catalog.edit(item, { attributes: { height: 12, evergreen: true } });
    first.says.set("oak", new AccessionError("source-unavailable", "down", { retryable: true }));
    const result = await catalog.import(plant, { id: "oak" }, { forceProviders: true });
    expect(result).toMatchObject({ status: "failed", error: { code: "source-unavailable" }, item: { title: "Oak" } });
    first.says.set("oak", oak());
  });

  it("costs an item that is complete no statement", async () => {
    await catalog.import(plant, { id: "oak" });
    catalog.statements.length = 0;
    await catalog.import(plant, { id: "oak" });
    expect(catalog.statements.filter((one) => one.includes("contribution"))).toEqual([]);
  });
});

describeOnDatabases("a background provider that exists to fill attributes", (database) => {
  it("gets no job where a person has said them all", async () => {
    const enqueued: BackgroundRun[] = [];
    const queue = {
      ready: () => Promise.resolve(),
      enqueue: (_transaction: unknown, runs: readonly BackgroundRun[]) => {
        enqueued.push(...runs);
        return Promise.resolve(runs.map(() => ({ status: "noted" }) as const));
      },
    };
    const first = createSpokenProvider("first");
    first.says.set("oak", oak());
    const catalog = await openPlantCatalog(await database.location(), [first, createFiller("background")], { queue });
    const item = itemOf(await catalog.import(plant, { id: "oak" }));
    expect(enqueued).toHaveLength(1);
    await catalog.edit(item, { attributes: { height: 12, evergreen: true } });
    const again = await catalog.import(plant, { id: "oak" }, { forceProviders: true });
    expect(again.providers.find((one) => one.provider === "filler")).toMatchObject({ status: "skipped" });
    expect(enqueued).toHaveLength(1);
    await catalog.unlock(item, ["height"]);
    await catalog.import(plant, { id: "oak" }, { forceProviders: true });
    expect(enqueued).toHaveLength(2);
  });
});

describe("the attributes that a provider fills", () => {
  it("have to be of its kind", () => {
    const fills = ["colour"] as unknown as readonly "height"[];
    const define = () =>
      defineProvider(plant, { name: "painter", fills, provide: () => Promise.resolve(contributed({})) });
    expect(define).toThrow('The provider "painter" of flora.plant fills "colour", which is no attribute of its kind.');
  });
});
