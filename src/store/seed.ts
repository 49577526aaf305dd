import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { packageFile } from "../package-file.ts";
import { pgliteFolder } from "./databases/pglite-files.ts";

/** The name of the file that holds PGlite's freshly made data folder. */
export const seedFile = "seed.tar.gz";
/** The name of the file beside it that says what it was made with. */
export const seedNoteFile = "seed.json";

/** What a seed was made with. */
export const seedNote = z.object({ pglite: z.string() });

/** Where both files are, which the build has put there. */
export const seedFolder = packageFile("dist/store/");

/**
 * PGlite's data folder as it is after its first start, which takes several times as long to make as to unpack.
 * Undefined where there is none or it was made by another PGlite than the one installed: then it is made anew.
 */
export async function readSeed(): Promise<Blob | undefined> {
  const installed = await pgliteVersion();
  try {
    const note = seedNote.parse(JSON.parse(await readFile(new URL(seedNoteFile, seedFolder), "utf8")));
    if (note.pglite === installed) return new Blob([await readFile(new URL(seedFile, seedFolder))]);
  } catch {
    // Missing or torn: slower without, but no worse.
  }
  return undefined;
}

/** The version of the installed PGlite. */
export async function pgliteVersion(): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(pgliteFolder(), "../package.json"), "utf8"));
  return z.object({ version: z.string() }).parse(manifest).version;
}
