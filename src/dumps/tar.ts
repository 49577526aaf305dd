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

/** Whether these bytes, of which there should be a block, begin a tar archive. */
export function isTar(head: Buffer): boolean {
  return head.length >= blockSize && text(head, 257, 5) === "ustar";
}

/**
 * The regular files of a tar archive, in its order: ustar, pax and GNU's, of any size. It is read here and not by a
 * library because those hand on the bytes through streams, which drop what they hold when the archive turns out to be
 * cut off.
 *
 * @throws AccessionError `file-invalid` for an archive that is damaged or cut off, after all bytes before that place.
 */
export async function* tarMembers(reader: ByteReader): AsyncGenerator<TarMember> {
  let said: { name?: string; size?: number } = {};
  for (;;) {
    const block = await reader.take(blockSize);
    // An archive ends with two empty blocks; some writers leave them out.
    if (block.length === 0 || (block.length === blockSize && block.every((byte) => byte === 0))) return;
    if (block.length < blockSize) throw cutOff();
    checkSum(block);
    const type = text(block, 156, 1);
    const written = readNumber(block, 124, 12);
    if (["x", "L", "g", "K"].includes(type)) {
      if (written > longestHeader) throw damaged("A header is too long");
      const header = await reader.take(written);
      if (type === "x") said = { ...said, ...readPax(header) };
      if (type === "L") said = { ...said, name: text(header, 0, header.length) };
      await skip(reader, written - header.length + paddingOf(written));
      continue;
    }
    const size = said.size ?? written;
    const prefix = text(block, 257, 6) === "ustar" ? text(block, 345, 155) : "";
    const name = said.name ?? (prefix === "" ? "" : `${prefix}/`) + text(block, 0, 100);
    said = {};
    let left = size;
    const body = async function* (): AsyncGenerator<Buffer> {
      for await (const chunk of reader.chunks(left)) {
        left -= chunk.length;
        yield chunk;
      }
      if (left > 0) throw cutOff();
    };
    if (["0", "", "7"].includes(type)) yield { name: name.replace(/^\.\//, ""), size, bytes: body };
    await skip(reader, left + paddingOf(size));
  }
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

/** The text of a field, up to its first NUL. */
function text(block: Buffer, from: number, length: number): string {
  const field = block.subarray(from, from + length);
  const end = field.indexOf(0);
  return field.toString("utf8", 0, end < 0 ? field.length : end);
}

/** A number in octal digits; or, of 8 GiB and more, in bytes, as GNU tar writes it. */
function readNumber(block: Buffer, from: number, length: number): number {
  const first = block[from] ?? 0;
  const number =
    (first & 0x80) === 0
      ? Number.parseInt(text(block, from, length).trim() || "0", 8)
      : block.subarray(from + 1, from + length).reduce((sum, byte) => sum * 256 + byte, first & 0x7f);
  if (!Number.isSafeInteger(number) || number < 0) throw damaged("A size is none");
  return number;
}

/** The name and the size that a pax header says: lines of their length, a key and a value. */
function readPax(body: Buffer): { name?: string; size?: number } {
  const said: { name?: string; size?: number } = {};
  for (let from = 0; from < body.length;) {
    const [record = "", digits = ""] = /^(\d+) /.exec(body.toString("latin1", from, from + 12)) ?? [];
    const length = Number(digits);
    if (length <= record.length) throw damaged("A pax header is none");
    const line = body.toString("utf8", from + record.length, from + length - 1);
    const [key, value] = [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)];
    if (key === "path") said.name = value;
    if (key === "size" && /^\d{1,15}$/.test(value)) said.size = Number(value);
    from += length;
  }
  return said;
}

function checkSum(block: Buffer): void {
  // Its own field counts as spaces.
  const sum = block.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
  if (sum !== readNumber(block, 148, 8)) throw damaged("A checksum is wrong");
}

function damaged(what: string): AccessionError {
  return new AccessionError("file-invalid", `The tar archive is damaged: ${what}.`);
}

function cutOff(): AccessionError {
  return new AccessionError("file-invalid", "The tar archive is cut off.");
}
