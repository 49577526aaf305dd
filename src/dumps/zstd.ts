import { createZstdDecompress, type ZstdDecompress } from "node:zlib";
import type { Bytes } from "./byte-reader.ts";

/**
 * What a stream of zstd frames is without its compression. Node's decoder ends with the first frame, and says nothing of
 * those behind it, which `pzstd` and whoever appends to a file write: so each gets a decoder of its own.
 *
 * @throws Error where the data are damaged or cut off, after all bytes before that place.
 */
export async function* unzstd(bytes: Bytes): AsyncGenerator<Buffer> {
  let decoder = createDecoder();
  try {
    for await (const chunk of bytes) {
      for (let rest = chunk; rest.length > 0;) {
        const before = decoder.bytesWritten;
        yield* outputOf(decoder, rest);
        rest = rest.subarray(decoder.bytesWritten - before);
        if (rest.length === 0) break;
        decoder.destroy();
        decoder = createDecoder();
      }
    }
    if (await isWithinFrame(decoder)) throw new Error("unexpected end of file");
  } finally {
    decoder.destroy();
  }
}

/**
 * Whether more of a frame is to come. Node 22 ends one that was cut off as if it were whole, so it is given another byte,
 * which no frame begins with.
 */
async function isWithinFrame(decoder: ZstdDecompress): Promise<boolean> {
  try {
    await Array.fromAsync(outputOf(decoder, Buffer.of(0)));
    return true;
  } catch (thrown) {
    return !(thrown instanceof Error && "code" in thrown && thrown.code === "ZSTD_error_prefix_unknown");
  }
}

function createDecoder(): ZstdDecompress {
  // With one chunk decoded at a time, an error finds none that is waiting to be read, which it would take along.
  const options = { chunkSize: 64 * 1024, readableHighWaterMark: 1 };
  const decoder = createZstdDecompress(options);
  // Errors are thrown where the output is read; an event that nobody listens to would end the process.
  return decoder.on("error", () => {});
}

/** What the decoder puts out until it has taken in what it is given, as far as that belongs to its frame. */
async function* outputOf(decoder: ZstdDecompress, input: Uint8Array): AsyncGenerator<Buffer> {
  let isTaken = false;
  let failure: Error | undefined;
  let wake = Promise.withResolvers<void>();
  const onReadable = (): void => wake.resolve();
  const onError = (error: Error): void => {
    failure = error;
    wake.resolve();
  };
  decoder.on("readable", onReadable).on("error", onError);
  decoder.write(input, (error) => {
    isTaken = true;
    failure ??= error ?? undefined;
    wake.resolve();
  });
  try {
    for (;;) {
      const output = decoder.read() as Buffer | null;
      if (output !== null) yield output;
      else if (failure) throw failure;
      else if (isTaken) return;
      else {
        await wake.promise;
        wake = Promise.withResolvers<void>();
      }
    }
  } finally {
    decoder.off("readable", onReadable).off("error", onError);
  }
}
