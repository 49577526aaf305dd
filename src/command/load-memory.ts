import v8 from "node:v8";
import { isPostgresUrl } from "../store/postgres-url.ts";

/** MiB of its pages that PGlite holds during a load: in half a second that gains more than it takes to open. */
export const loadPageCache = 40;

/** Keeps this process's heap small while it loads a dump into the catalogue at this location; call it before it begins. */
export function keepHeapSmall(location: string): void {
  // What a load makes lives for a batch or not at all: a larger space for what is new takes memory and spares no time.
  v8.setFlagsFromString("--semi-space-growth-factor=1");
  if (isPostgresUrl(location)) return;
  // V8 would let the heap grow to several times of what lives in it, and what is copied into PGlite lies about until then.
  v8.setFlagsFromString("--heap-growing-percent=60");
}
