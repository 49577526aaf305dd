import { mkdir, rename, writeFile } from "node:fs/promises";
import { PGlite } from "@electric-sql/pglite";
import type { z } from "zod";
import { pgliteVersion, findSeed, seedFile, seedFolder, seedNoteFile, type seedNote } from "../src/store/seed.ts";

/**
 * Writes the seed that a catalogue's first opening unpacks: PGlite's data folder just after its first start. Does
 * nothing where there is one of the installed PGlite already.
 */
export async function buildSeed(): Promise<void> {
  if (await findSeed()) return;
  const pglite = await PGlite.create();
  const archive = await pglite.dumpDataDir("gzip");
  await pglite.close();
  await mkdir(seedFolder, { recursive: true });
  const note: z.infer<typeof seedNote> = { pglite: await pgliteVersion() };
  await replace(seedFile, new Uint8Array(await archive.arrayBuffer()));
  await replace(seedNoteFile, `${JSON.stringify(note)}\n`);
}

/** Writes whole or not at all, since programs may be reading while this runs. */
async function replace(name: string, content: string | Uint8Array): Promise<void> {
  const partial = new URL(`${name}.${process.pid}`, seedFolder);
  await writeFile(partial, content);
  await rename(partial, new URL(name, seedFolder));
}
