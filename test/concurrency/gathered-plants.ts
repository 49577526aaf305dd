import {
  type Catalog,
  type Contribution,
  contributed,
  defineImporter,
  definePack,
  defineProvider,
  openCatalog,
  type Pack,
} from "../../src/index.ts";
import { garden, plant } from "../support/spoken-provider.ts";

/** A source of plants that answers nobody until as many have asked as are expected: then it answers all at once. */
export interface GatheredPlants {
  readonly pack: Pack;
  /** What it says of each plant, by the id that it is asked for. */
  readonly says: Map<string, Contribution<typeof plant>>;
  /** Makes the next `count` askers wait for each other. */
  readonly gather: (count: number) => void;
}

/** Makes a pack of plants and gardens whose one provider, `flora`, makes its askers wait for each other. */
export function createGatheredPlants(): GatheredPlants {
  const says = new Map<string, Contribution<typeof plant>>();
  let missing = 0;
  let all = Promise.withResolvers<void>();
  const provider = defineProvider(plant, {
    name: "flora",
    identifiedBy: "flora.plant",
    async provide(sought) {
      const id = sought.identifier("flora.plant") ?? "";
      missing -= 1;
      if (missing <= 0) all.resolve();
      await all.promise;
      return contributed(
        says.get(id) ?? { attributes: { name: id }, identifiers: [{ scheme: "flora.plant", value: id }] },
      );
    },
  });
  return {
    pack: definePack({
      name: "flora",
      importers: [
        defineImporter({ kind: plant, providers: [provider] }),
        defineImporter({ kind: garden, providers: [] }),
      ],
    }),
    says,
    gather(count) {
      missing = count;
      all = Promise.withResolvers<void>();
    },
  };
}

/**
 * Opens one database as several processes would, runs `work` with them, and closes them all.
 *
 * @param work gets the catalogue of any number, taken in turn.
 */
export async function withCatalogs(
  options: { readonly database: string; readonly packs: readonly Pack[]; readonly count: number },
  work: (catalog: (number: number) => Catalog) => Promise<void>,
): Promise<void> {
  const { database, packs } = options;
  // A folder has room for one only.
  const count = database.startsWith("postgres:") ? options.count : 1;
  const catalogs: Catalog[] = [];
  try {
    while (catalogs.length < count) catalogs.push(await openCatalog({ database, packs }));
    await work((number) => {
      const catalog = catalogs[number % count];
      if (!catalog) throw new Error("No catalogue is open.");
      return catalog;
    });
  } finally {
    for (const catalog of catalogs) await catalog.close();
  }
}
