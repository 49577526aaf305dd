import v8 from "node:v8";
import { prefetchPgliteFiles } from "../store/databases/pglite-files.ts";
import { isPostgresUrl } from "../store/postgres-url.ts";

/**
 * Begins what takes longest of opening the catalogue at this location. It loads little, to be called before the code
 * that does the opening is loaded; calling it again costs nothing.
 */
export function prepareCatalogue(location: string): void {
  if (isPostgresUrl(location)) return;
  // A command is over before optimised WebAssembly could pay, and V8 would hold its end up by two seconds to optimise PGlite.
  v8.setFlagsFromString("--wasm-tiering-budget=2000000000");
  prefetchPgliteFiles();
}
