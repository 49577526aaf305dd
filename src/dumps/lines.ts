import { isUtf8 } from "node:buffer";
import type { Bytes } from "./byte-reader.ts";

/** No document that anybody writes is longer; it could not be held several times over. */
const longestLine = 64 * 1024 * 1024;

/** How much of a line that cannot be handed on is shown. */
const shown = 1_000;
const newline = 0x0a;
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * The lines of a stream of bytes, without their ends (`\n` or `\r\n`) and without a byte order mark; empty ones too, so
 * that whoever counts them gets the numbers that an editor shows.
 *
 * A line that is too long, or not UTF-8, comes as a text that says so: that is no JSON, so that it is refused by whoever
 * parses it, under its number. Where the stream throws, so do the lines, after all those that were complete.
 */
export async function* linesOf(bytes: Bytes, longest = longestLine): AsyncGenerator<string> {
  let pieces: Buffer[] = [];
  let length = 0;
  let isFirst = true;

  function keep(piece: Buffer): void {
    if (piece.length === 0) return;
    length += piece.length;
    if (length <= longest) pieces.push(piece);
    // Of a line that is too long already, the beginning is enough.
    else if (pieces.length !== 1 || length - piece.length <= longest) {
      pieces = [Buffer.concat([...pieces, piece], Math.min(shown, length))];
    }
  }

  function line(): string {
    const [first] = pieces;
    let whole = pieces.length === 1 && first ? first : Buffer.concat(pieces);
    const isTooLong = length > longest;
    [pieces, length] = [[], 0];
    if (isFirst && whole.subarray(0, 3).equals(byteOrderMark)) whole = whole.subarray(3);
    isFirst = false;
    if (isTooLong) return `longer than ${longest} bytes: ${whole.toString("utf8", 0, shown)}`;
    if (whole.at(-1) === 0x0d) whole = whole.subarray(0, -1);
    return isUtf8(whole) ? whole.toString("utf8") : `not UTF-8: ${whole.toString("utf8")}`;
  }

  for await (const piece of bytes) {
    const chunk = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    let from = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
      keep(chunk.subarray(from, end));
      from = end + 1;
      yield line();
    }
    keep(chunk.subarray(from));
  }
  if (length > 0) yield line();
}
