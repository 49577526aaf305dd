import { sql, type Transaction } from "kysely";
import { fromKysely, type PgBoss } from "pg-boss";
import { v7 as uuid } from "uuid";
import type { BackgroundRun, Enqueued } from "../engine/queue.ts";
import type { Database } from "../store/database.ts";
import type { Tables } from "../store/tables.ts";
import { jobsSchema } from "./open-boss.ts";

/** A run that is to have a job. */
export interface WantedJob {
  readonly run: BackgroundRun;
  /** When the job may be taken at the earliest. Default: at once. */
  readonly startAfter?: Date | undefined;
  /** The job's id. Default: a new one. */
  readonly id?: string | undefined;
  /** Jobs with a higher one are taken first. Default: 0. */
  readonly priority?: number | undefined;
}

/**
 * Makes jobs inside a transaction: they exist with its commit, or not at all. One statement a provider. Where an item has
 * a job of the provider already, waiting or running, none is made, and the ledger counts on that one.
 */
export async function makeJobs(
  database: Pick<Database, "schema">,
  boss: PgBoss,
  transaction: Transaction<Tables>,
  wanted: readonly WantedJob[],
): Promise<readonly Enqueued[]> {
  const named = wanted.map((one) => ({ ...one, id: one.id ?? uuid() }));
  const made = new Set<string>();
  for (const provider of new Set(named.map((one) => one.run.provider))) {
    const jobs = named
      .filter((one) => one.run.provider === provider)
      .map(({ id, run, startAfter, priority }) => ({
        id,
        data: { ...run },
        singletonKey: run.itemId,
        ...(startAfter && { startAfter }),
        ...(priority !== undefined && { priority }),
      }))
      // In one order for everybody, so that two transactions cannot wait for each other.
      .toSorted((left, right) => (left.singletonKey < right.singletonKey ? -1 : 1));
    const ids = await boss.insert(provider, jobs, { db: fromKysely(transaction), returnId: true });
    for (const id of ids ?? []) made.add(id);
  }
  await adopt(
    database,
    transaction,
    named.filter(({ id }) => !made.has(id)).map(({ run }) => run),
  );
  return named.map(({ id }) => (made.has(id) ? { status: "made", jobId: id } : { status: "pending" }));
}

/**
 * Lets the ledger count on jobs that are there. It does so already, but for a provider that was forgotten, or skipped,
 * while its job waited: such a job would end without a trace.
 */
async function adopt(
  { schema }: Pick<Database, "schema">,
  transaction: Transaction<Tables>,
  runs: readonly BackgroundRun[],
): Promise<void> {
  if (runs.length === 0) return;
  await sql`
    insert into ${sql.table(`${schema}.provider_run`)} as p (item_id, provider, state, attempt, started_at, job_id)
    select r."itemId", r.provider, case when j.state = 'active' then 'running' else 'queued' end, 0, now(), j.id::text
    from jsonb_to_recordset(${JSON.stringify(runs)}::jsonb) as r("itemId" uuid, provider text)
    join ${sql.table(`${jobsSchema({ schema })}.job`)} j
      on j.name = r.provider and j.singleton_key = r."itemId"::text and j.state < 'completed'
    on conflict (item_id, provider) do update
    set state = excluded.state, attempt = 0, error = null, started_at = excluded.started_at, finished_at = null,
      next_at = null, job_id = excluded.job_id
    where p.state not in ('queued', 'running')`.execute(transaction);
}
