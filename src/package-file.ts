import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

/**
 * Where a file or folder (with a slash at its end) of this package is. The package finds itself by its name, so that
 * this holds in the sources, in what is compiled of them and in the bundle of the command alike.
 *
 * @example packageFile("src/store/migrations/");
 */
export function packageFile(path: string): URL {
  return new URL(path, pathToFileURL(createRequire(import.meta.url).resolve("accession/package.json")));
}
