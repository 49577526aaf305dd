import { mkdir, open, readdir, realpath, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { AccessionError } from "../engine/errors.ts";
import { lockFile, openFolderLock } from "./folder-lock.ts";

/** A catalogue's folder, locked for this process. */
export interface CatalogueFolder {
  /** Its absolute path, without symbolic links. */
  readonly path: string;
  /** Where PGlite's own files are. */
  readonly dataFolder: string;
  /** Whether there is no database in it yet, or only one that was never finished, which is gone now. */
  readonly fresh: boolean;
  /** Says that the database in it is whole. Until then, the next opening starts again from nothing. */
  settle(): Promise<void>;
  /** Lets the next process in. */
  release(): void;
}

const dataName = "pgdata";
// Present from before the first byte of a new database until it is whole, so that a crash in between is seen.
const incompleteName = "pgdata.incomplete";
// What a folder may hold before it becomes a catalogue: marks of file systems and version control.
const harmless = new Set([".DS_Store", ".gitignore", ".gitkeep", "lost+found"]);

/**
 * Opens a catalogue's folder, making it where there is none.
 *
 * @throws AccessionError `database-locked` where another holds it; `configuration-invalid` where it is a file, cannot be
 *   written, or is a folder of something else.
 */
export async function openCatalogueFolder(location: string): Promise<CatalogueFolder> {
  const path = await prepare(location);
  const lock = await openFolderLock(path);
  try {
    const dataFolder = join(path, dataName);
    const incomplete = join(path, incompleteName);
    if (await exists(incomplete)) await rm(dataFolder, { recursive: true, force: true });
    const fresh = !(await exists(dataFolder));
    if (fresh) await writeFile(incomplete, "A database is being made here; what there is of it will be deleted.\n");
    return {
      path,
      dataFolder,
      fresh,
      async settle() {
        await rm(incomplete, { force: true });
        await flush(path);
      },
      release: () => lock.release(),
    };
  } catch (error) {
    lock.release();
    throw unusable(location, error);
  }
}

async function prepare(location: string): Promise<string> {
  try {
    await makeFolder(location);
    const path = await realpath(location);
    const names = await readdir(path);
    if (names.includes(lockFile)) return path;
    const foreign = names.find((name) => !harmless.has(name));
    if (foreign === undefined) return path;
    const message = `${location} is not a catalogue: it holds other files, such as ${foreign}. Name a new or empty folder`;
    throw new AccessionError("configuration-invalid", message);
  } catch (error) {
    throw unusable(location, error);
  }
}

/** Makes a folder and those above it. Node's own recursion never returns where a file system, as /proc, makes none. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EEXIST" && (await stat(path)).isDirectory()) return;
    if (code !== "ENOENT" || path === dirname(path)) throw error;
    await makeFolder(dirname(path));
    await mkdir(path);
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
    throw error;
  }
}

/** Makes the removal of the mark outlast a power cut: were it to come back, it would condemn a whole database. */
async function flush(path: string): Promise<void> {
  if (process.platform === "win32") return; // which cannot open a folder
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function unusable(location: string, error: unknown): AccessionError {
  if (error instanceof AccessionError) return error;
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const reason =
    code === "EEXIST" || code === "ENOTDIR"
      ? "it is a file, or inside of one"
      : code === "EACCES" || code === "EPERM" || code === "EROFS"
        ? "this user may not write there"
        : String(error);
  const message = `${location} cannot be used as a catalogue's folder: ${reason}`;
  return new AccessionError("configuration-invalid", message, { cause: error });
}
