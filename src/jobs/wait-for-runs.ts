import { setTimeout as elapsed } from "node:timers/promises";
import { sql } from "kysely";
import type { ItemId } from "../engine/item.ts";
import { runStates } from "../engine/run.ts";
import { asked, type Database } from "../store/database.ts";
import { type ListedJob, listJobs } from "./job-list.ts";

/** How to wait for an item's runs. */
export interface WaitOptions {
  /** Stops waiting. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds: a run that comes back no sooner than that is not waited for. Default: 60,000. */
  readonly patience?: number | undefined;
  /** Told of each run that has changed since the last look. */
  readonly onProgress?: ((run: ListedJob) => void) | undefined;
}

/** Milliseconds between two looks at the ledger, which knows of the runs of every process. */
const look = 200;

/** Waits until none of an item's runs is under way or about to be; gives where they stand then. */
export async function waitForRuns(
  database: Database,
  itemId: ItemId,
  options: WaitOptions = {},
): Promise<readonly ListedJob[]> {
  const { signal, patience = 60_000, onProgress } = options;
  const told = new Map<string, string>();
  for (;;) {
    const runs = await listJobs(database, { itemId, states: runStates });
    for (const run of runs) {
      const seen = `${run.state} ${run.attempt} ${run.nextAt}`;
      if (told.has(run.provider) && told.get(run.provider) !== seen) onProgress?.(run);
      told.set(run.provider, seen);
    }
    if (signal?.aborted === true || !runs.some((run) => isAtHand(run, patience))) return runs;
    await elapsed(look, undefined, { signal }).catch(() => undefined);
  }
}

/** Waits until no run of these providers, for these items or any, is under way or due, or the signal is aborted. */
export async function waitUntilDrained(
  { kysely, schema }: Database,
  { providers, items }: { readonly providers: readonly string[]; readonly items: readonly ItemId[] | undefined },
  signal?: AbortSignal,
): Promise<void> {
  const due = sql`
    select from ${sql.table(`${schema}.provider_run`)}
    where provider = any(${[...providers]}::text[]) and ${items ? sql`item_id = any(${[...items]}::uuid[])` : sql`true`}
      and (state = 'running' or (state = 'queued' and coalesce(next_at <= now(), true)))
    limit 1`;
  for (;;) {
    if (signal?.aborted === true) return;
    const { rows } = await asked(due.execute(kysely.withoutPlugins()));
    if (rows.length === 0) return;
    await elapsed(look, undefined, { signal }).catch(() => undefined);
  }
}

/** Whether a run is under way, or will be before patience is lost. */
function isAtHand({ state, nextAt }: ListedJob, patience: number): boolean {
  if (state === "running") return true;
  return state === "queued" && (nextAt === null || Date.parse(nextAt) - Date.now() < patience);
}
