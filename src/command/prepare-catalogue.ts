import v8 from "node:v8";
import { prefetchPgliteFiles } from "../store/databases/pglite-files.ts";
import { isPostgresUrl } from "../store/postgres-url.ts";

/**
 * Begins what takes longest of opening the catalogue at this location. It loads little, to be called before the code
 * that does the opening is loaded; calling it again costs nothing.
 */
export function prepareCatalogue(location: string): void {
  if (isPostgresUrl(location)) return;
  // Optimised WebAssembly does not pay here: one function of PGlite alone takes V8 three seconds and 600 MB to optimise, and
  // a command cannot end before. Only both flags together keep it from that; a load of a dump is as fast without.
  v8.setFlagsFromString("--no-wasm-tier-up");
  v8.setFlagsFromString("--no-wasm-dynamic-tiering");
  prefetchPgliteFiles();
}
