import { readFileSync } from "node:fs";
import { packageFile } from "../package-file.ts";

/** The version of this package. */
export function packageVersion(): string {
  return readManifest().version;
}

/** Where a bug is to be reported, as the end of a sentence that begins with "Report it". */
export function reportPlace(): string {
  const { bugs } = readManifest();
  const url = typeof bugs === "string" ? bugs : bugs?.url;
  return url === undefined ? "to the project from which you have accession, as its CONTRIBUTING.md says" : `at ${url}`;
}

function readManifest(): { readonly version: string; readonly bugs?: string | { readonly url?: string } } {
  return JSON.parse(readFileSync(packageFile("package.json"), "utf8")) as ReturnType<typeof readManifest>;
}
