import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { AccessionError } from "../engine/errors.ts";
import type { Bytes } from "./byte-reader.ts";
import { unzstd } from "./zstd.ts";

/** How a stream is compressed. */
export type Compression = "xz" | "zstd" | "gzip";

/** What a stream begins with; one of zstd may begin with a frame to be skipped. */
const magic: readonly (readonly [Compression, RegExp])[] = [
  ["xz", /^fd377a585a00/],
  ["zstd", /^(28b52ffd|5.2a4d18)/],
  ["gzip", /^1f8b/],
];

const decoders: Readonly<Record<Compression, (bytes: Bytes) => AsyncIterable<Uint8Array>>> = {
  xz: unxz,
  zstd: unzstd,
  gzip: gunzip,
};

/** How a stream is compressed, by its first six bytes, since names lie; undefined for none that is known. */
export function compressionOf(head: Buffer): Compression | undefined {
  const hex = head.toString("hex", 0, 6);
  return magic.find(([, beginning]) => beginning.test(hex))?.[0];
}

/**
 * What the stream is without its compression. It decodes no further than it is read.
 *
 * @throws AccessionError `file-invalid` where it is damaged or cut off, after all bytes before that place.
 */
export async function* decompress(bytes: Bytes, compression: Compression): AsyncGenerator<Uint8Array> {
  try {
    yield* decoders[compression](bytes);
  } catch (thrown) {
    // What the file itself threw stays what it is.
    if (thrown instanceof AccessionError) throw thrown;
    const said = thrown instanceof Error ? thrown.message : String(thrown);
    const also = compression === "xz" ? ", or checked in a way that is not understood, such as SHA-256" : "";
    throw new AccessionError("file-invalid", `The ${compression} data are damaged or cut off${also} (${said}).`, {
      cause: thrown,
    });
  }
}

/** The decoder is loaded only now: few commands ever see an xz file. */
async function* unxz(bytes: Bytes): AsyncGenerator<Uint8Array> {
  const { default: xz } = await import("xz-decompress");
  const reader = new xz.XzReadableStream(ReadableStream.from(bytes)).getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    // The decoder throws at being ended twice, as it is where it broke off, or where nobody wanted the last it had.
    await reader.cancel().catch(() => {});
  }
}

function gunzip(bytes: Bytes): AsyncIterable<Uint8Array> {
  // With one chunk decoded at a time, an error finds none that is waiting to be read, which it would take along.
  const options = { chunkSize: 64 * 1024, readableHighWaterMark: 1 };
  // Whoever reads the decoder is told of errors there.
  return pipeline(Readable.from(bytes, { objectMode: false }), createGunzip(options), () => {});
}
