import { type Lifetime, prefetchPgliteFiles } from "../store/databases/pglite-files.ts";
import { isPostgresUrl } from "../store/postgres-url.ts";

/**
 * Begins what takes longest of opening the catalogue at this location. It loads little, to be called before the code
 * that does the opening is loaded; calling it again costs nothing, and changes nothing.
 *
 * @param lifetime of the command, as far as the catalogue is concerned. Default: brief.
 */
export function prepareCatalogue(location: string, lifetime: Lifetime = "brief"): void {
  if (!isPostgresUrl(location)) prefetchPgliteFiles(lifetime);
}
