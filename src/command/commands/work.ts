import type { CatalogEvents } from "../../index.ts";
import { openCatalogue } from "../catalogue.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { listenForInterruption } from "../interruption.ts";
import type { Invocation } from "../invocation.ts";
import { documentOfEvent, lineOfEvent } from "../output/event-lines.ts";

/** The flags of `work`. */
export interface WorkFlags {
  readonly providers?: string | undefined;
  readonly drain?: boolean | undefined;
}

/** What a worker tells of, one line each. */
const told = [
  "run-started",
  "run-settled",
  "run-postponed",
  "source-opened",
  "source-closed",
] as const satisfies readonly (keyof CatalogEvents)[];

/** `accession work`: runs jobs until it is interrupted, or, with `--drain`, until none is due. */
export async function work(invocation: Invocation, flags: WorkFlags): Promise<ExitCode> {
  const { output } = invocation;
  const interruption = listenForInterruption();
  invocation.closeAtEnd(interruption);
  const catalog = await openCatalogue(invocation);
  for (const type of told) {
    catalog.on(type, (event) => {
      output.document(documentOfEvent(type, event));
      output.line(lineOfEvent(output, type, event));
    });
  }
  const providers = flags.providers?.split(",").map((name) => name.trim());
  const worker = await catalog.jobs.work({ providers });
  output.remark(flags.drain === true ? "Running what is due.\n" : "Running jobs until Ctrl-C.\n");
  await (flags.drain === true ? worker.drained(interruption.signal) : aborted(interruption.signal));
  if (worker.running() > 0) output.remark(`Ending: ${worker.running()} under way.\n`);
  await worker.close();
  return exitCodes.done;
}

function aborted(signal: AbortSignal): Promise<void> {
  // A promise keeps no process alive, and between two jobs nothing else may.
  const alive = setInterval(() => {}, 60_000);
  return new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  }).finally(() => clearInterval(alive));
}
