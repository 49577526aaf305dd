import type { Catalog, CatalogOptions } from "../catalog.ts";
import { openCatalog } from "../open-catalog.ts";

/** How a test's catalogue is opened: as any other, but for where it is kept. */
export type TestCatalogOptions = Omit<CatalogOptions, "database">;

/**
 * Opens an empty catalogue in memory, gone when closed. It is the real thing: PostgreSQL in this process, with every
 * table, index and view. Opening takes about a second, so share one among the tests of a file where they allow it.
 *
 * @throws AccessionError `definition-invalid` for packs that contradict each other.
 * @example
 * const catalog = await openTestCatalog({ packs: [music({ musicbrainz: { url: sandbox.url } })] });
 * await catalog.close();
 */
export async function openTestCatalog(options: TestCatalogOptions): Promise<Catalog> {
  return openCatalog({ ...options, database: "memory:" });
}
