import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { basename } from "node:path";
import { addAbortSignal, type Readable } from "node:stream";
import { AccessionError } from "../engine/errors.ts";
import { type ByteReader, type Bytes, createByteReader } from "./byte-reader.ts";
import { compressionOf, decompress } from "./decompress.ts";
import { linesOf } from "./lines.ts";
import { findDocuments } from "./members.ts";
import { isTar } from "./tar.ts";

/** A file of documents, one a line. */
export interface Dump {
  /** Of which sort the documents are, where the file is an archive that says so: `artist`, `release-group`. */
  readonly entity?: string | undefined;
  /**
   * The same for the same file, also where it was cut off or moved, and another for any other. Absent for a stream,
   * which could be anything the next time.
   */
  readonly name?: string | undefined;
  /** The bytes of the file as it lies there; absent for a stream. */
  readonly size?: number | undefined;
  /** How many of those bytes were read so far. */
  bytesRead(): number;
  /**
   * The documents' lines, from the first; no more are read than are asked for.
   *
   * @throws AccessionError `file-invalid` where the file is damaged or cut off, after all complete lines before that.
   */
  lines(): AsyncGenerator<string>;
  /** Closes the file. */
  close(): Promise<void>;
}

/** By how much of its beginning a file is known again: 64 KiB of compressed data are hundreds of documents. */
const recognised = 64 * 1024;
/**
 * Bytes read of a file at once. To wait for another thread costs the same for few as for many; but the documents in what has
 * come are read in one go, and meanwhile the answers of the database wait.
 */
const chunkSize = 256 * 1024;
/** An archive in a compression, or two of them; more is a trap. */
const deepest = 4;

/**
 * Opens a file of documents: plain, or compressed by xz, zstd or gzip, or an archive (tar) of a MusicBrainz dump in any
 * of these. What it is, its bytes say, not its name.
 *
 * @throws AccessionError `query-invalid` where there is no such file, `file-invalid` where it is none of these.
 */
export async function openDump(path: string): Promise<Dump> {
  const handle = await openFile(path);
  try {
    const stat = await handle.stat();
    if (stat.isDirectory()) throw unreadable(`${path} is a folder, and no dump`);
    // A pipe has a path as well, and neither a size nor a next time.
    const file = stat.isFile() ? { size: stat.size, changed: stat.mtimeMs, name: basename(path) } : undefined;
    return await openBytes(readFile(handle, path), file, () => handle.close());
  } catch (thrown) {
    await handle.close();
    throw thrown;
  }
}

/**
 * Opens a stream of documents as {@link openDump} does a file. Closing it destroys the stream, which may never end by itself.
 *
 * @param signal destroys the stream as well, whoever waits for it.
 * @throws AccessionError `file-invalid`, and `cancelled` where the signal came before the stream had said what it is.
 */
export async function openDumpStream(stream: Readable, signal: AbortSignal): Promise<Dump> {
  addAbortSignal(signal, stream);
  try {
    const dump = await openBytes(stream, undefined, async () => {});
    return {
      ...dump,
      async close() {
        stream.destroy();
        await dump.close();
      },
    };
  } catch (thrown) {
    if (signal.aborted) throw new AccessionError("cancelled", "Nothing was read.", { cause: thrown });
    throw thrown;
  }
}

interface FileFacts {
  readonly name: string;
  readonly size: number;
  readonly changed: number;
}

async function openBytes(bytes: Bytes, file: FileFacts | undefined, close: () => Promise<void>): Promise<Dump> {
  let read = 0;
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes) {
      read += chunk.length;
      yield chunk;
    }
  };
  let reader = createByteReader(counted());
  const beginning = file && (await reader.peek(recognised));
  let isCompressed = false;
  for (let depth = 0; ; depth += 1) {
    const compression = compressionOf(await reader.peek(6));
    if (compression === undefined) break;
    if (depth === deepest) throw new AccessionError("file-invalid", "The file is compressed too many times over.");
    isCompressed = true;
    reader = createByteReader(decompress(reader.chunks(), compression));
  }
  const documents = await findLines(reader);
  return {
    entity: documents.entity,
    name: file && beginning && nameOf(file, beginning, isCompressed || documents.entity !== undefined),
    size: file?.size,
    bytesRead: () => read,
    lines: () => linesOf(documents.bytes()),
    async close() {
      await reader.close();
      await close();
    },
  };
}

async function findLines(reader: ByteReader): Promise<{ readonly entity?: string; bytes(): AsyncGenerator<Buffer> }> {
  const head = await reader.peek(512);
  if (isTar(head)) return findDocuments(reader);
  if (head.length === 0) throw new AccessionError("file-invalid", "The file is empty.");
  // oxlint-disable-next-line no-control-regex -- what no text has, and every other archive
  if (/[\u0000-\u0008\u000e-\u001f]/.test(head.toString("latin1"))) {
    throw new AccessionError("file-invalid", "The file is neither text, nor xz, zstd, gzip or tar.");
  }
  if (/^(\u00ef\u00bb\u00bf)?\s*\[/.test(head.toString("latin1"))) {
    throw new AccessionError("file-invalid", "The file is one JSON array; it takes one document a line.");
  }
  return { bytes: () => reader.chunks() };
}

/**
 * A compressed file that was cut off has the same beginning as the whole one, and one of another day has not. The first
 * documents of a plain file may be the same for days, so that its size and age count as well.
 */
function nameOf({ name, size, changed }: FileFacts, beginning: Buffer, isPacked: boolean): string {
  const digest = createHash("sha256").update(beginning).digest("hex").slice(0, 24);
  return isPacked ? `${name} ${digest}` : `${name} ${digest} ${size} ${Math.round(changed)}`;
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path);
  } catch (thrown) {
    throw unreadable(whyUnopened(path, thrown), thrown);
  }
}

function whyUnopened(path: string, thrown: unknown): string {
  const { code, message } = thrown as NodeJS.ErrnoException;
  if (code === "ENOENT") return `There is no file ${path}`;
  return code === "EACCES" || code === "EPERM" ? `Nobody lets us read ${path}` : `${path} cannot be opened: ${message}`;
}

/** That there is no file to read: nothing about the query could be corrected. */
function unreadable(message: string, cause?: unknown): AccessionError {
  const remedy = "Give the path of a dump that can be read, such as ./artist.tar.xz, or - for standard input.";
  return new AccessionError("query-invalid", `${message}.`, { cause, remedy });
}

async function* readFile(handle: FileHandle, path: string): AsyncGenerator<Buffer> {
  for (;;) {
    // A new one each time, since what is read is handed on without a copy.
    const buffer = Buffer.allocUnsafe(chunkSize);
    let count: number;
    try {
      count = (await handle.read(buffer, 0, buffer.length)).bytesRead;
    } catch (thrown) {
      const said = thrown instanceof Error ? thrown.message : String(thrown);
      throw new AccessionError("file-invalid", `${path} could not be read any further (${said}).`, { cause: thrown });
    }
    if (count === 0) return;
    yield buffer.subarray(0, count);
  }
}
