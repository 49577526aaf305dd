import { isUtf8 } from "node:buffer";
import { AccessionError } from "../engine/errors.ts";

/** How a list's text was written as bytes; a report is written alike, so that whatever opened the list opens it too. */
export type ListEncoding = "utf-8" | "utf-8-bom" | "utf-16le" | "utf-16be";

/** The largest list that is read, in bytes: it is held in memory whole, several times over. */
export const largestList = 50 * 1024 * 1024;

/**
 * Reads a list's bytes as text: UTF-8 with or without a byte order mark, UTF-16 with one.
 *
 * @throws AccessionError `query-invalid` for more than 50 MB, and for bytes that are no text: a list that was half
 * understood would be asked about wrongly, and its report would lose what stood there.
 */
export function decodeList(bytes: Uint8Array): { readonly text: string; readonly encoding: ListEncoding } {
  if (bytes.length > largestList) {
    throw new AccessionError("query-invalid", "The list is larger than 50 MB; divide it into several files.");
  }
  const encoding = encodingOf(bytes);
  try {
    const label = encoding === "utf-8-bom" ? "utf-8" : encoding;
    return { text: new TextDecoder(label, { fatal: true }).decode(bytes), encoding };
  } catch {
    const where = encoding.startsWith("utf-16") ? "" : ` at line ${firstBrokenLine(bytes)}`;
    throw new AccessionError(
      "query-invalid",
      `The list is no ${encoding.startsWith("utf-16") ? "UTF-16" : "UTF-8"} text${where}; save it as UTF-8.`,
    );
  }
}

/** The text as bytes, in the encoding that the list came in. */
export function encodeList(text: string, encoding: ListEncoding): Uint8Array {
  switch (encoding) {
    case "utf-8":
      return Buffer.from(text, "utf8");
    case "utf-8-bom":
      return Buffer.from(`\uFEFF${text}`, "utf8");
    case "utf-16le":
      return Buffer.from(`\uFEFF${text}`, "utf16le");
    case "utf-16be":
      return Buffer.from(`\uFEFF${text}`, "utf16le").swap16();
  }
}

function encodingOf(bytes: Uint8Array): ListEncoding {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  return first === 0xef && second === 0xbb && third === 0xbf ? "utf-8-bom" : "utf-8";
}

/** The line, from 1, of the first bytes that are no UTF-8; no character of several bytes holds a line feed. */
function firstBrokenLine(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const found = bytes.indexOf(10, start);
    const end = found < 0 ? bytes.length : found;
    if (!isUtf8(bytes.subarray(start, end))) return line;
    start = end + 1;
  }
  return line;
}
