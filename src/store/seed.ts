import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { z } from "zod";

/** The name of the file, beside the built store, that holds PGlite's freshly made data folder. */
export const seedFile = "seed.tar.gz";
/** The name of the file beside it that says what it was made with. */
export const seedNoteFile = "seed.json";

/** What a seed was made with. */
export const seedNote = z.object({ pglite: z.string() });

// Beside this file when built; in the build beside the sources when run from those.
const folders = [new URL("./", import.meta.url), new URL("../../dist/store/", import.meta.url)];

/**
 * PGlite's data folder as it is after its first start, which takes several times as long to make as to unpack.
 * Undefined where there is none or it was made by another PGlite than the one installed: then it is made anew.
 */
export async function readSeed(): Promise<Blob | undefined> {
  const installed = await pgliteVersion();
  for (const folder of folders) {
    try {
      const note = seedNote.parse(JSON.parse(await readFile(new URL(seedNoteFile, folder), "utf8")));
      if (note.pglite === installed) return new Blob([await readFile(new URL(seedFile, folder))]);
    } catch {
      // Missing or torn: slower without, but no worse.
    }
  }
  return undefined;
}

/** The version of the installed PGlite. */
export async function pgliteVersion(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve("@electric-sql/pglite");
  const manifest: unknown = JSON.parse(await readFile(join(dirname(entry), "../package.json"), "utf8"));
  return z.object({ version: z.string() }).parse(manifest).version;
}
