import type { Catalog, Item, ListedJob, Run } from "../index.ts";
import type { Output } from "./output/output.ts";
import { createWaitProgress } from "./output/wait-progress.ts";

/** An item once its background runs are over, or are no longer waited for. */
export interface Awaited {
  readonly item: Item;
  readonly runs: readonly Run[];
  /** Whether the signal has broken the wait off while runs were still to be made. */
  readonly isBrokenOff: boolean;
}

/** What is to be waited for. */
export interface Awaiting {
  readonly item: Item;
  /** The providers that are queued for the item. */
  readonly providers: readonly string[];
  readonly signal: AbortSignal;
}

/**
 * Runs the jobs of an item in this process, showing where they stand, and gives the item as it then is. A run that waits
 * for longer than a minute is not waited for. At the signal, what is under way gets a few seconds to end, and the rest
 * stays queued.
 */
export async function awaitRuns(
  catalog: Catalog,
  { item, providers, signal }: Awaiting,
  output: Output,
): Promise<Awaited> {
  const progress = createWaitProgress(output, providers);
  const worker = await catalog.jobs.work({ items: [item.id] });
  const stood = await catalog.jobs.wait(item.id, { signal, onProgress: (run) => progress.show(run) });
  progress.end();
  const isBrokenOff = signal.aborted && stood.some(isUnfinished);
  if (isBrokenOff && worker.running() > 0) output.remark(`Ending: ${worker.running()} under way.\n`);
  await worker.close();
  const { runs } = await catalog.explain(item.id);
  return { item: (await catalog.get(item.id)) ?? item, runs, isBrokenOff };
}

/** Whether a run is still to be made. */
export function isUnfinished({ state }: Pick<Run | ListedJob, "state">): boolean {
  return state === "queued" || state === "running";
}
