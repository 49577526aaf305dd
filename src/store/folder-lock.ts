import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { basename, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { AccessionError } from "../engine/errors.ts";

/** The file that carries the lock. Nothing but SQLite may open it: closing any other handle would drop the lock. */
export const lockFile = "lock.sqlite";
/** The file that says who holds the lock, for messages only. */
export const holderFile = "holder.json";

const holderSchema = z.object({ pid: z.number(), command: z.string(), host: z.string(), since: z.string() });
const busy = 5; // SQLITE_BUSY
// Between taking the lock and naming itself, a holder is nameless; so is one that has just been killed.
const patience = 500;

/** An exclusive hold on a folder. */
export interface FolderLock {
  /** Lets the next process in. */
  release(): void;
}

/**
 * Takes the exclusive lock of an existing folder, however its path is spelled, against this process as well as all
 * others. It is the operating system's own lock, held through SQLite: free at once when the holder dies in whatever
 * way, and never taken over from a holder that is merely slow.
 *
 * @throws AccessionError `database-locked`, naming the holder's pid; `configuration-invalid` where the folder cannot be
 *   written or its lock file is not ours.
 */
export async function openFolderLock(folder: string): Promise<FolderLock> {
  const deadline = performance.now() + patience;
  for (;;) {
    const lock = tryLock(folder);
    if (lock) return lock;
    const holder = readHolder(folder);
    const known = holder !== undefined && (holder.host !== hostname() || isRunning(holder.pid));
    if (known || performance.now() > deadline) throw locked(folder, holder);
    await wait(20);
  }
}

function tryLock(folder: string): FolderLock | undefined {
  const { DatabaseSync } = loadSqlite();
  const path = join(folder, lockFile);
  let database: InstanceType<typeof DatabaseSync> | undefined;
  try {
    database = new DatabaseSync(path);
    database.exec("pragma locking_mode = exclusive; begin exclusive");
  } catch (error) {
    database?.close();
    if (error instanceof Error && "errcode" in error && error.errcode === busy) return undefined;
    const reason = error instanceof Error ? error.message : String(error);
    throw new AccessionError("configuration-invalid", `The folder ${folder} cannot be locked: ${reason}`, {
      cause: error,
    });
  }
  const held = database;
  try {
    writeHolder(folder);
  } catch (error) {
    held.close();
    throw new AccessionError("configuration-invalid", `The folder ${folder} cannot be written`, { cause: error });
  }
  return {
    release() {
      rmSync(join(folder, holderFile), { force: true });
      held.close();
    },
  };
}

function writeHolder(folder: string): void {
  // The first argument only: the others may hold a password.
  const command = basename(process.argv[1] ?? process.title);
  const holder = { pid: process.pid, command, host: hostname(), since: new Date().toISOString() };
  const partial = join(folder, `${holderFile}.${process.pid}`);
  writeFileSync(partial, `${JSON.stringify(holder)}\n`);
  renameSync(partial, join(folder, holderFile));
}

function readHolder(folder: string): z.infer<typeof holderSchema> | undefined {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(join(folder, holderFile), "utf8")));
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

function locked(folder: string, holder: z.infer<typeof holderSchema> | undefined): AccessionError {
  const elsewhere = holder !== undefined && holder.host !== hostname() ? ` on ${holder.host}` : "";
  const who =
    holder === undefined
      ? "another process"
      : holder.pid === process.pid && elsewhere === ""
        ? `this process (${holder.pid}), since ${holder.since}`
        : `process ${holder.pid}${elsewhere} (${holder.command}), since ${holder.since}`;
  return new AccessionError("database-locked", `The catalogue in ${folder} is already open in ${who}`);
}

/** `node:sqlite`, without the warning that Node 22 prints for it; every other warning still comes through. */
function loadSqlite() {
  const original = Object.getOwnPropertyDescriptor(process, "emitWarning");
  const emitWarning = process.emitWarning.bind(process) as (warning: string | Error, ...rest: unknown[]) => void;
  process.emitWarning = (warning: string | Error, ...rest: unknown[]) => {
    if (!String(warning).startsWith("SQLite is an experimental feature")) emitWarning(warning, ...rest);
  };
  try {
    return process.getBuiltinModule("node:sqlite");
  } finally {
    if (original) Object.defineProperty(process, "emitWarning", original);
  }
}
