import { afterAll } from "vitest";
import {
  type Catalog,
  type CatalogOptions,
  defineImporter,
  definePack,
  type ImportResult,
  type Item,
  type Kind,
  openCatalog,
} from "../../src/index.ts";
import { garden, plant, type SpokenProvider } from "./spoken-provider.ts";

const open = new Set<Catalog>();
afterAll(async () => {
  for (const catalog of open) await catalog.close();
  open.clear();
});

/** Opens a catalogue of plants and gardens, closed after the test file; `statements` fills with its SQL. */
export async function openPlantCatalog(
  database: string,
  providers: readonly SpokenProvider[],
  options: Partial<CatalogOptions> & { readonly precedence?: Readonly<Record<string, readonly string[]>> } = {},
): Promise<Catalog & { readonly statements: string[] }> {
  const statements: string[] = [];
  const { precedence = {}, ...rest } = options;
  const pack = definePack({
    name: "flora",
    importers: [
      defineImporter({ kind: plant, providers: providers.map((one) => one.provider), precedence }),
      defineImporter({ kind: garden, providers: [] }),
    ],
  });
  const catalog = await openCatalog({ database, packs: [pack], onStatement: (sql) => statements.push(sql), ...rest });
  open.add(catalog);
  return Object.assign(catalog, { statements });
}

/** The item of a result that has one. */
export function itemOf<K extends Kind>(result: ImportResult<K>): Item<K> {
  if (!("item" in result) || !result.item) throw new Error(`no item: ${result.status}`);
  return result.item;
}
