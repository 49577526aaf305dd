import { once } from "node:events";
import { createWriteStream, statSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { AccessionError } from "../../index.ts";

/** Where a command writes more text than it wants to hold in memory. */
export interface TextSink {
  /** Whether nobody reads any more (`| head`), so that going on would be in vain. */
  readonly isClosed: boolean;
  /** Resolves once there is room for more. Written to nobody, the text is lost without an error. */
  write(text: string): Promise<void>;
  /** Everything was written: a file now has its name. */
  finish(): Promise<void>;
  /** Something went wrong: of a file, nothing stays. */
  abandon(): Promise<void>;
}

/** Standard output as a sink. */
export function standardOutput(): TextSink {
  const stream = process.stdout;
  // Unlike other streams, this one goes on taking what nobody will read.
  let isClosed = false;
  stream.on("error", (error: NodeJS.ErrnoException) => (isClosed ||= error.code === "EPIPE"));
  return {
    get isClosed() {
      return isClosed;
    },
    async write(text) {
      if (!isClosed) await writeTo(stream, text);
    },
    finish: () => Promise.resolve(),
    abandon: () => Promise.resolve(),
  };
}

/**
 * A file as a sink: it appears, or is replaced, when everything is written, and stays as it was where that comes to nothing.
 *
 * @throws AccessionError `query-invalid` for a folder, and, from each method, where it cannot be written.
 */
export function fileSink(file: string): TextSink {
  const path = resolve(file);
  // What is written beside it could not take its place in the end.
  if (isFolder(path)) throw unwritable(`${path} is a folder`);
  const partial = `${path}.${process.pid}.partial`;
  const stream = createWriteStream(partial, { flags: "wx" });
  // Whatever happened while nobody waited is said by the next one who does.
  let failed: Error | undefined;
  stream.on("error", (error) => (failed ??= error));
  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      if (failed) throw failed;
      await work();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw unwritable(`${path} cannot be written: ${reason}`, error);
    }
  };
  return {
    isClosed: false,
    write: (text) => attempt(() => writeTo(stream, text)),
    finish: () =>
      attempt(async () => {
        stream.end();
        await once(stream, "close");
        if (failed) throw failed;
        await rename(partial, path);
      }),
    async abandon() {
      stream.destroy();
      if (!stream.closed) await once(stream, "close");
      await rm(partial, { force: true });
    },
  };
}

function unwritable(message: string, cause?: unknown): AccessionError {
  const remedy = "Name another file; whatever is in that place is as it was before.";
  return new AccessionError("query-invalid", `${message}.`, { cause, remedy });
}

async function writeTo(stream: NodeJS.WritableStream & { readonly writable: boolean }, text: string): Promise<void> {
  if (!stream.writable || stream.write(text)) return;
  // A reader that goes away while we wait makes no room, and says so by closing.
  const settled = new AbortController();
  try {
    await Promise.race(["drain", "close", "error"].map((event) => once(stream, event, { signal: settled.signal })));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPIPE") throw error;
  } finally {
    settled.abort();
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    // Nothing there, or nothing that may be looked at: writing it tells which.
    return false;
  }
}
