import { randomUUID } from "node:crypto";
import { chmod, open, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, extname, join, resolve } from "node:path";

/** A report on disk. */
export interface ReportFile {
  /** Where it is. Should somebody have changed the file meanwhile, it is another one from then on. */
  path(): string;
  /** Writes the report whole or not at all: whoever reads it, and whenever, sees one or the other. */
  write(bytes: Uint8Array): Promise<void>;
  /**
   * Writes it in the background as soon as the last time was a while ago, as it is by then: should the process be killed,
   * little is lost. A failure is left for the last write to tell.
   */
  writeSoon(bytes: () => Uint8Array): void;
}

/** Milliseconds between two writes in the background, at least; and how many times longer than a write itself takes. */
const pause = { least: 5_000, share: 20 };

/**
 * A report at a path, over what stands there. Somebody may put their choices into a report while a long list is imported:
 * what has been changed since is left alone, and the report goes beside it.
 */
export async function openReport(path: string): Promise<ReportFile> {
  let shown = path;
  // A symbolic link stays one: what it leads to is replaced.
  let target = await realpath(path).catch(() => resolve(path));
  let known = await stateOf(target);
  let writing: Promise<void> = Promise.resolve();
  let soon: NodeJS.Timeout | undefined;
  let nextAt = performance.now() + pause.least;
  async function write(bytes: Uint8Array): Promise<void> {
    if ((await stateOf(target)) !== known) {
      shown = await freePath(path);
      target = resolve(shown);
    }
    await writeWhole(target, bytes);
    known = await stateOf(target);
  }
  return {
    path: () => shown,
    async write(bytes) {
      clearTimeout(soon);
      await writing;
      await write(bytes);
    },
    writeSoon(bytes) {
      soon ??= setTimeout(
        () => {
          soon = undefined;
          const begun = performance.now();
          nextAt = begun + pause.least;
          writing = writing
            .then(() => write(bytes()))
            .catch(() => undefined)
            .finally(() => (nextAt = Math.max(nextAt, begun + pause.share * (performance.now() - begun))));
        },
        Math.max(0, nextAt - performance.now()),
      ).unref();
    },
  };
}

/** Where the report on a list goes: beside it, `best.csv` → `best.report.csv`. */
export function reportPath(list: string, extension: string): string {
  const name = basename(list, extname(list)) || basename(list);
  return join(dirname(list), `${name}.report.${extension}`);
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    const file = await open(temporary, "wx");
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    const mode = await stat(path).then(
      (found) => found.mode & 0o777,
      () => undefined,
    );
    if (mode !== undefined) await chmod(temporary, mode);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Tells one state of a file from another; "absent" where there is none. */
async function stateOf(path: string): Promise<string> {
  return stat(path).then(
    ({ mtimeMs, size, ino }) => `${ino} ${size} ${mtimeMs}`,
    () => "absent",
  );
}

/** `best.report.csv` → `best.report.2.csv`, or the next number that is free. */
async function freePath(path: string): Promise<string> {
  const extension = extname(path);
  for (let number = 2; ; number += 1) {
    const other = `${path.slice(0, path.length - extension.length)}.${number}${extension}`;
    if ((await stateOf(other)) === "absent") return other;
  }
}
