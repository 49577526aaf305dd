import type { Transaction } from "kysely";
import { fromKysely, type PgBoss } from "pg-boss";
import { v7 as uuid } from "uuid";
import type { BackgroundRun, Enqueued } from "../engine/queue.ts";
import type { Tables } from "../store/tables.ts";

/** A run that is to have a job, and when the job may be taken at the earliest. */
export interface WantedJob {
  readonly run: BackgroundRun;
  /** Default: at once. */
  readonly startAfter?: Date | undefined;
}

/**
 * Makes jobs inside a transaction: they exist with its commit, or not at all. One statement a provider. Where an item has
 * a job of the provider already, waiting or running, none is made.
 */
export async function makeJobs(
  boss: PgBoss,
  transaction: Transaction<Tables>,
  wanted: readonly WantedJob[],
): Promise<readonly Enqueued[]> {
  const named = wanted.map((one) => ({ ...one, id: uuid() }));
  const made = new Set<string>();
  for (const provider of new Set(named.map((one) => one.run.provider))) {
    const jobs = named
      .filter((one) => one.run.provider === provider)
      .map(({ id, run, startAfter }) => ({
        id,
        data: { ...run },
        singletonKey: run.itemId,
        ...(startAfter && { startAfter }),
      }));
    const ids = await boss.insert(provider, jobs, { db: fromKysely(transaction), returnId: true });
    for (const id of ids ?? []) made.add(id);
  }
  return named.map(({ id }) => (made.has(id) ? { status: "made", jobId: id } : { status: "pending" }));
}
