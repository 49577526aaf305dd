import { availableParallelism } from "node:os";
import v8 from "node:v8";
import { isPostgresUrl } from "../store/postgres-url.ts";

/** MiB of its pages that PGlite holds during a load: in half a second that gains more than it takes to open. */
export const loadPageCache = 48;

/** How many helpers V8 has, and how Node is told of another number: https://nodejs.org/api/cli.html#--v8-pool-sizenum */
const [usualHelpers, helpersOption] = [4, "--v8-pool-size"];

/**
 * The options of Node for a process that loads a dump: no more helpers for V8's garbage than there are processors beside the
 * one that we run on. With more, they wait for each other and take the database's time.
 *
 * @param processors default: those that this process may use.
 * @returns none where V8's own number is right.
 */
export function loadOptions(processors = availableParallelism()): readonly string[] {
  const helpers = Math.max(1, processors - 1);
  return helpers < usualHelpers ? [`${helpersOption}=${helpers}`] : [];
}

/**
 * Begins this process anew with {@link loadOptions}, which a running Node cannot be told. To whoever started it, it is the same
 * process: its id, its input and output. Call it before anything is opened or read. Nothing happens where the options are in
 * force, where somebody has said a number of helpers, and where the system or Node's permissions know no such thing.
 */
export function beginAnewToLoad(): void {
  const options = loadOptions();
  const said = [...process.execArgv, process.env["NODE_OPTIONS"] ?? ""];
  if (options.length === 0 || said.some((one) => one.includes(helpersOption))) return;
  // Node's types do not know that the permission model may be off.
  const permission = process.permission as typeof process.permission | undefined;
  if (process.execve === undefined || permission?.has("child") === false) return;
  process.execve(process.execPath, [process.execPath, ...options, ...process.execArgv, ...process.argv.slice(1)]);
}

/** Keeps this process's heap small while it loads a dump into the catalogue at this location; call it before it begins. */
export function keepHeapSmall(location: string): void {
  // What a load makes lives for a batch or not at all: a larger space for what is new takes memory and spares no time.
  v8.setFlagsFromString("--semi-space-growth-factor=1");
  if (isPostgresUrl(location)) return;
  // V8 would let the heap grow to several times of what lives in it, and what is copied into PGlite lies about until then.
  v8.setFlagsFromString("--heap-growing-percent=60");
}
