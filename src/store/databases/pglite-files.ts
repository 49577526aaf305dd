import { closeSync, fstatSync, openSync, read } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { keepAllUnoptimised, keepLargestUnoptimised } from "./pglite-optimisation.ts";

// Node has it, and Node's types leave it to those of the browsers.
declare const WebAssembly: { compile(bytes: ArrayBuffer): Promise<object> };

/** PGlite's own files, as `PGlite.create` takes them. */
export interface PgliteFiles {
  readonly pgliteWasmModule: object;
  readonly fsBundle: Blob;
}

let lifetime: Lifetime | undefined;
let compiled: Promise<object> | undefined;
let bundle: Promise<ArrayBuffer> | undefined;

/** How long a process works with PGlite: only a long one is faster for having it optimised meanwhile. */
export type Lifetime = "brief" | "long";

/**
 * Begins to read and compile PGlite's files, on other threads as far as possible, so that they are there when
 * {@link readPgliteFiles} is called. What goes wrong is left for that to say.
 *
 * @param expected counts at the first call in a process. Default: long.
 */
export function prefetchPgliteFiles(expected: Lifetime = "long"): void {
  lifetime ??= expected;
  compiled ??= compile();
  bundle ??= readWhole("pglite.data");
  for (const begun of [compiled, bundle]) begun.catch(() => undefined);
}

/** PGlite's own files, for one opening: compiled once a process, read for each. @throws Error where one is missing. */
export async function readPgliteFiles(): Promise<PgliteFiles> {
  const reading = bundle ?? readWhole("pglite.data");
  // Each PGlite gets its own, since its file system writes into it.
  bundle = undefined;
  const [pgliteWasmModule, bytes] = await Promise.all([(compiled ??= compile()), reading]);
  // Not before: it would have V8 discard what it keeps of compiled code between two commands.
  if (lifetime === "brief") keepAllUnoptimised();
  return { pgliteWasmModule, fsBundle: new BytesInHand(bytes) };
}

/** Where the installed PGlite has its files. */
export function pgliteFolder(): string {
  return dirname(createRequire(import.meta.url).resolve("@electric-sql/pglite"));
}

async function compile(): Promise<object> {
  try {
    const module = await WebAssembly.compile(await readWhole("pglite.wasm"));
    if (lifetime !== "brief") keepLargestUnoptimised(module);
    return module;
  } catch (error) {
    // The next opening tries again.
    compiled = undefined;
    throw error;
  }
}

/**
 * Reads in one go into memory of its exact size. There is no step between that would have to wait for this thread, which
 * is busy loading the command's code meanwhile.
 */
async function readWhole(name: string): Promise<ArrayBuffer> {
  const file = openSync(join(pgliteFolder(), name), "r");
  try {
    const bytes = new ArrayBuffer(fstatSync(file).size);
    const bytesRead = await new Promise<number>((resolve, reject) => {
      read(file, new Uint8Array(bytes), (error, count) => (error ? reject(error) : resolve(count)));
    });
    if (bytesRead !== bytes.byteLength) throw new Error(`${name} of PGlite broke off`);
    return bytes;
  } finally {
    closeSync(file);
  }
}

/** The Blob that PGlite asks for, which hands over its bytes themselves: a real one would copy megabytes twice. */
class BytesInHand extends Blob {
  readonly #bytes: ArrayBuffer;

  constructor(bytes: ArrayBuffer) {
    super([]);
    this.#bytes = bytes;
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    return this.#bytes;
  }
}
