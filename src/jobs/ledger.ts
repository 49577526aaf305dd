import { type Kysely, sql, type Transaction } from "kysely";
import { z } from "zod";
import type { BackgroundRun } from "../engine/queue.ts";
import type { RunRecord } from "../engine/store.ts";
import type { Database } from "../store/database.ts";
import type { Tables } from "../store/tables.ts";
import { noteRuns } from "../store/write-rows.ts";

const takenRow = z.object({ attempt: z.number() });

/** What a run that waits is noted with. */
export interface Wait {
  readonly until: Date;
  /** Why it waits. */
  readonly error: { readonly code: string; readonly message: string };
  /** The attempts charged to it. Default: as many as before. */
  readonly attempt?: number | undefined;
  /** The job that it had. */
  readonly jobBefore: string;
  readonly job: string;
}

/** The ledger as the jobs keep it: which try a run is at, and which job has it. */
export interface Ledger {
  /**
   * Charges the next attempt to a run whose job has been taken; gives its number, or undefined where the run is no longer
   * this job's: it has settled, has another job, or its item is gone.
   */
  takeUp(run: BackgroundRun, jobId: string): Promise<number | undefined>;
  /** Writes where a run stands at its end. */
  note(transaction: Transaction<Tables>, run: BackgroundRun, record: RunRecord): Promise<void>;
  /** Notes that a run waits, with another job than before. */
  putOff(transaction: Transaction<Tables>, run: BackgroundRun, wait: Wait): Promise<void>;
  /** Notes as dead those of these runs that count on a job which is no more. */
  giveUp(runs: readonly BackgroundRun[], reason: string): Promise<void>;
  /** Adds to what a provider has used up today. */
  use(provider: string, used: { readonly requests: number; readonly microdollars: number }): Promise<void>;
}

/** @param jobs the schema of pg-boss's tables. */
export function createLedger({ kysely, schema }: Database, jobs: string): Ledger {
  const table = (name: string) => sql.table(`${schema}.${name}`);
  const plain: Kysely<Tables> = kysely.withoutPlugins();
  return {
    async takeUp(run, jobId) {
      const { rows } = await sql`
        update ${table("provider_run")}
        set state = 'running', attempt = attempt + 1, started_at = now(), finished_at = null, next_at = null
        where item_id = ${run.itemId}::uuid and provider = ${run.provider} and job_id = ${jobId}
          and state in ('queued', 'running')
        returning attempt`.execute(plain);
      return rows.map((row) => takenRow.parse(row).attempt)[0];
    },
    async putOff(transaction, run, { until, error, attempt, jobBefore, job }) {
      await sql`
        update ${table("provider_run")}
        set state = 'queued', attempt = coalesce(${attempt ?? null}::integer, attempt),
          error = ${JSON.stringify(error)}::jsonb, finished_at = null, next_at = ${until.toISOString()}, job_id = ${job}
        where item_id = ${run.itemId}::uuid and provider = ${run.provider} and job_id = ${jobBefore}`.execute(
        transaction,
      );
    },
    note: (transaction, run, record) => noteRuns(transaction, schema, run.itemId, [record]),
    async giveUp(runs, reason) {
      const error = JSON.stringify({ code: "worker-lost", message: reason });
      await sql`
        update ${table("provider_run")} p
        set state = 'dead', error = ${error}::jsonb, finished_at = now(), next_at = null
        from jsonb_to_recordset(${JSON.stringify(runs)}::jsonb) as r("itemId" uuid, provider text)
        where p.item_id = r."itemId" and p.provider = r.provider and p.state in ('queued', 'running')
          and not exists (
            select from ${sql.table(`${jobs}.job`)} j
            where j.name = p.provider and j.id = p.job_id::uuid and j.state < 'completed'
          )`.execute(plain);
    },
    async use(provider, { requests, microdollars }) {
      if (requests === 0 && microdollars === 0) return;
      await sql`
        insert into ${table("provider_use")} as u (provider, day, requests, microdollars)
        values (${provider}, (now() at time zone 'utc')::date, ${requests}, ${microdollars})
        on conflict (provider, day) do update
        set requests = u.requests + excluded.requests,
          microdollars = u.microdollars + excluded.microdollars`.execute(plain);
    },
  };
}
