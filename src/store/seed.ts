import { access, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
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
 * The path of an archive of PGlite's data folder as it is after its first start, which takes several times as long to make as
 * to unpack. Undefined where there is none or it was made by another PGlite than the one installed: then it is made anew.
 */
export async function findSeed(): Promise<string | undefined> {
  const installed = await pgliteVersion();
  try {
    const note = seedNote.parse(JSON.parse(await readFile(new URL(seedNoteFile, seedFolder), "utf8")));
    const path = fileURLToPath(new URL(seedFile, seedFolder));
    await access(path);
    if (note.pglite === installed) return path;
  } catch {
    // Missing or torn: slower without, but no worse.
  }
  return undefined;
}

/**
 * Unpacks the seed into a folder, made where there is none. PGlite unpacks one as well, and holds all of it three times over
 * in memory meanwhile, 90 MB more than this takes.
 *
 * @throws Error where the folder cannot be written, or the archive not be read.
 */
export async function unpackSeed(seed: string, folder: string): Promise<void> {
  const { extract } = await import("tar");
  await mkdir(folder, { recursive: true });
  extract({
    file: seed,
    cwd: folder,
    // By default it reads the archive as a whole before it writes the first file.
    maxReadSize: 64 * 1024,
    // A thousand small files: one after the other takes half as long as several at once.
    sync: true,
    noMtime: true,
    // Root would make it that of whoever built the archive.
    preserveOwner: false,
    onwarn(code, message, data) {
      // Of each file: that its path begins with a slash, which is left out.
      if (code === "TAR_ENTRY_INFO") return;
      // Otherwise it would go on, and write to files that it has closed.
      throw data instanceof Error ? data : new Error(message);
    },
  });
}

/** The version of the installed PGlite. */
export async function pgliteVersion(): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(pgliteFolder(), "../package.json"), "utf8"));
  return z.object({ version: z.string() }).parse(manifest).version;
}
