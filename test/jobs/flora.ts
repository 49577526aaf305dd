import {
  type Catalog,
  contributed,
  defineImporter,
  definePack,
  defineProvider,
  type ImportOptions,
  type ItemId,
  type ListedJob,
  type Pack,
  type Provider,
  type Provision,
} from "../../src/index.ts";
import { runStates } from "../../src/engine/run.ts";
import { garden, plant } from "../support/spoken-provider.ts";

/** Says that a plant grows so high. */
export function height(metres: number): Provision<typeof plant> {
  return contributed({ attributes: { height: metres } });
}

/** A pack of plants that `flora` names at once, by their ids, and that other providers enrich in the background. */
export function enrichedPlants(providers: readonly Provider<typeof plant>[]): Pack {
  const flora = defineProvider(plant, {
    name: "flora",
    identifiedBy: "flora.plant",
    async provide(sought) {
      const id = sought.identifier("flora.plant") ?? "";
      return contributed({ attributes: { name: id }, identifiers: [{ scheme: "flora.plant", value: id }] });
    },
  });
  return definePack({
    name: "flora",
    importers: [
      defineImporter({ kind: plant, providers: [flora, ...providers] }),
      defineImporter({ kind: garden, providers: [] }),
    ],
  });
}

/** Imports a plant, and lets these background providers, and no others, be enqueued for it; gives its id. */
export async function importPlant(
  catalog: Catalog,
  id: string,
  providers: readonly string[],
  options: ImportOptions = {},
): Promise<ItemId> {
  const result = await catalog.import(plant, { id }, { providers: ["flora", ...providers], ...options });
  if (!("item" in result) || !result.item) throw new Error(`no item: ${result.status}`);
  return result.item.id;
}

/** Where a provider stands for an item. */
export async function runOf(catalog: Catalog, itemId: ItemId, provider: string): Promise<ListedJob | undefined> {
  return (await catalog.jobs.list({ itemId, provider, states: runStates }))[0];
}

/** What is there. @throws Error where nothing is. */
export function present<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined) throw new Error("nothing is there");
  return value;
}
