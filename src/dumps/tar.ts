import { Header, type HeaderData } from "tar/header";
import { Pax } from "tar/pax";
import { AccessionError } from "../engine/errors.ts";
import type { ByteReader } from "./byte-reader.ts";

/** A file in a tar archive. */
export interface TarMember {
  readonly name: string;
  readonly size: number;
  /** Its bytes; they can be read until the next member is asked for. */
  bytes(): AsyncGenerator<Buffer>;
}

const blockSize = 512;
/** More than any header that somebody means. */
const longestHeader = 1024 * 1024;
const regular: ReadonlySet<string> = new Set(["File", "OldFile", "ContiguousFile"]);

/** Whether these bytes, of which there should be a block, begin a tar archive. */
export function isTar(head: Buffer): boolean {
  return head.length >= blockSize && head.toString("latin1", 257, 262) === "ustar";
}

/**
 * The regular files of a tar archive, in its order: ustar, pax and GNU's, of any size. A library reads the headers; the bytes
 * between them are read here, because libraries hand those on through streams, which drop what they hold when the archive
 * turns out to be cut off.
 *
 * @throws AccessionError `file-invalid` for an archive that is damaged or cut off, after all bytes before that place.
 */
export async function* tarMembers(reader: ByteReader): AsyncGenerator<TarMember> {
  /** What the headers before a file's own say of it. */
  let said: HeaderData = {};
  for (;;) {
    const block = await reader.take(blockSize);
    // An archive ends with two empty blocks; some writers leave them out.
    if (block.length === 0 || (block.length === blockSize && block.every((byte) => byte === 0))) return;
    if (block.length < blockSize) throw cutOff();
    const { type, path, size } = readHeader(block, said);
    let left = size;
    const body = async function* (): AsyncGenerator<Buffer> {
      for await (const chunk of reader.chunks(left)) {
        left -= chunk.length;
        yield chunk;
      }
      if (left > 0) throw cutOff();
    };
    switch (type) {
      case "ExtendedHeader":
        said = Pax.parse(await readText(body(), size), said);
        break;
      case "NextFileHasLongPath":
      case "OldGnuLongPath":
        said = { ...said, path: (await readText(body(), size)).replace(/\0.*/s, "") };
        break;
      case "GlobalExtendedHeader":
      case "NextFileHasLongLinkpath":
        break;
      default:
        if (regular.has(type)) yield { name: (said.path ?? path).replace(/^\.\//, ""), size, bytes: body };
        said = {};
    }
    await skip(reader, left + paddingOf(size));
  }
}

interface ReadHeader {
  readonly type: Header["type"];
  readonly path: string;
  readonly size: number;
}

function readHeader(block: Buffer, said: HeaderData): ReadHeader {
  let header: Header;
  try {
    header = new Header(block, 0, said);
  } catch (thrown) {
    throw damaged(thrown instanceof Error ? thrown.message : String(thrown));
  }
  const { cksumValid, type, path = "", size } = header;
  if (!cksumValid) throw damaged("a checksum is wrong");
  if (size === undefined || !Number.isSafeInteger(size)) throw damaged("a size is none");
  return { type, path, size };
}

async function readText(bytes: AsyncIterable<Buffer>, size: number): Promise<string> {
  if (size > longestHeader) throw damaged("a header is too long");
  return Buffer.concat(await Array.fromAsync(bytes)).toString("utf8");
}

/** Every member fills whole blocks. */
function paddingOf(size: number): number {
  return (blockSize - (size % blockSize)) % blockSize;
}

async function skip(reader: ByteReader, count: number): Promise<void> {
  let left = count;
  for await (const chunk of reader.chunks(count)) left -= chunk.length;
  if (left > 0) throw cutOff();
}

function damaged(what: string): AccessionError {
  return new AccessionError("file-invalid", `The tar archive is damaged: ${what}.`);
}

function cutOff(): AccessionError {
  return new AccessionError("file-invalid", "The tar archive is cut off.");
}
