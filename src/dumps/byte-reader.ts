/** Bytes as they come: chunks of any length. */
export type Bytes = AsyncIterable<Uint8Array>;

/** Reads a stream of bytes piece by piece, and no further than it is asked. */
export interface ByteReader {
  /** The next bytes, without taking them; fewer only where the stream ends. */
  peek(count: number): Promise<Buffer>;
  /** Takes the next bytes; fewer only where the stream ends. */
  take(count: number): Promise<Buffer>;
  /** Takes the next bytes as they come; default: all that are left. Fewer only where the stream ends. */
  chunks(count?: number): AsyncGenerator<Buffer>;
  /** Ends the stream, whoever reads it; harmless after its end. */
  close(): Promise<void>;
}

/** Makes a reader of a stream. What the stream throws, the reader throws when it gets there: not a byte before is lost. */
export function createByteReader(bytes: Bytes): ByteReader {
  const iterator = bytes[Symbol.asyncIterator]();
  let held: Buffer[] = [];
  let length = 0;

  /** Holds one more chunk. @returns false at the end */
  async function pull(): Promise<boolean> {
    const next = await iterator.next();
    if (next.done === true) return false;
    const chunk = asBuffer(next.value);
    held.push(chunk);
    length += chunk.length;
    return true;
  }

  async function peek(count: number): Promise<Buffer> {
    while (length < count && (await pull())) {
      // Until there are enough.
    }
    const [first] = held;
    const all = held.length === 1 && first ? first : Buffer.concat(held);
    held = all.length === 0 ? [] : [all];
    return all.subarray(0, count);
  }

  function keepFrom(buffer: Buffer): void {
    held = buffer.length === 0 ? [] : [buffer];
    length = buffer.length;
  }

  return {
    peek,
    async take(count) {
      const taken = await peek(count);
      keepFrom(held[0]?.subarray(taken.length) ?? Buffer.alloc(0));
      return taken;
    },
    async *chunks(count = Number.POSITIVE_INFINITY) {
      for (let left = count; left > 0;) {
        if (held.length === 0 && !(await pull())) return;
        const [chunk = Buffer.alloc(0), ...rest] = held;
        const taken = chunk.subarray(0, left);
        held = taken.length < chunk.length ? [chunk.subarray(taken.length), ...rest] : rest;
        length -= taken.length;
        left -= taken.length;
        if (taken.length > 0) yield taken;
      }
    },
    async close() {
      await iterator.return?.();
    },
  };
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
