import { z } from "zod";
import {
  type AccessionError,
  type Catalog,
  type Contribution,
  contributed,
  defineImporter,
  defineKind,
  definePack,
  defineProvider,
  defineScheme,
  notFound,
  openCatalog,
} from "../../src/index.ts";
import { garden, plant } from "../support/spoken-provider.ts";

const listName = defineScheme({
  name: "list",
  uniqueness: "identity",
  value: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
});

/** A ranked list of plants. */
export const florilegium = defineKind({
  name: "flora.florilegium",
  attributes: z.object({ title: z.string() }),
  title: "title",
  identifiers: [listName],
  relations: { plant },
  query: z.strictObject({ title: z.string() }),
  want: ({ title }) => ({ name: title }),
});

/** A source that finds plants by name, any number of one name, and counts what it is asked. */
export interface Herbarium {
  /** Its plants: ids by name. */
  readonly plants: Map<string, readonly string[]>;
  /** The names that it was searched for, oldest first. */
  readonly searched: string[];
  /** The ids that it was asked for, oldest first. */
  readonly asked: string[];
  /** What it fails with from now on; undefined: it does not. */
  failure: AccessionError | undefined;
  open(database: string): Promise<Catalog>;
}

/** Makes a herbarium; its catalogues are its test's to close. */
export function createHerbarium(): Herbarium {
  const herbarium: Herbarium = { plants: new Map(), searched: [], asked: [], failure: undefined, open };
  const said = (name: string, id: string): Contribution<typeof plant> => ({
    attributes: { name, family: `Family of ${id}` },
    identifiers: [{ scheme: "flora.plant", value: id }],
  });
  const provider = defineProvider(plant, {
    name: "herbarium",
    identifiedBy: "flora.plant",
    async search({ name = "" }) {
      herbarium.searched.push(name);
      if (herbarium.failure) throw herbarium.failure;
      return (herbarium.plants.get(name) ?? []).map((id) => ({ contribution: said(name, id) }));
    },
    async provide(sought) {
      const id = sought.identifier("flora.plant") ?? "";
      herbarium.asked.push(id);
      if (herbarium.failure) throw herbarium.failure;
      const found = [...herbarium.plants].find(([, ids]) => ids.includes(id));
      return found ? contributed(said(found[0], id)) : notFound;
    },
  });
  async function open(database: string): Promise<Catalog> {
    const importers = [
      defineImporter({ kind: plant, providers: [provider] }),
      defineImporter({ kind: garden, providers: [] }),
      defineImporter({ kind: florilegium, providers: [] }),
    ];
    return openCatalog({ database, packs: [definePack({ name: "flora", importers })] });
  }
  return herbarium;
}
