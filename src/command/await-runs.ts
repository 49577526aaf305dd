import type { Catalog, Item, Run } from "../index.ts";
import type { Output } from "./output/output.ts";
import { counted, printable } from "./output/printable.ts";

/** An item once its background runs are over. */
export interface Awaited {
  readonly item: Item;
  readonly runs: readonly Run[];
}

/**
 * Runs the jobs of an item in this process, with a line for each provider that is done, and gives the item as it then is.
 * A run that waits for longer than a minute is not waited for.
 */
export async function awaitRuns(catalog: Catalog, item: Item, output: Output, signal: AbortSignal): Promise<Awaited> {
  const worker = await catalog.jobs.work();
  const begun = performance.now();
  await catalog.jobs.wait(item.id, {
    signal,
    onProgress({ provider, state, requests, nextAt, error }) {
      if (state === "running") return;
      const seconds = ((performance.now() - begun) / 1000).toFixed(1);
      const why = error === null ? "" : ` (${printable(error.message)})`;
      const when = nextAt === null ? "" : `, comes back ${nextAt}`;
      output.remark(`${provider} … ${state}${why}, ${counted(requests, "request")}, ${seconds} s${when}\n`);
    },
  });
  await worker.close();
  const { runs } = await catalog.explain(item.id);
  return { item: (await catalog.get(item.id)) ?? item, runs };
}
