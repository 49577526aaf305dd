import { type Kysely, sql } from "kysely";
import { z } from "zod";
import type { BackgroundRun } from "../engine/queue.ts";
import type { Spent } from "../engine/sessions.ts";
import type { Run } from "../engine/run.ts";
import { asked, type Database } from "../store/database.ts";
import type { Tables } from "../store/tables.ts";
import type { FetchedJob } from "./job.ts";
import { jobsSchema } from "./open-boss.ts";

/** Where a run stands at the end of its job. */
export interface Standing {
  readonly state: Run["state"];
  /** What its last attempt has used up. Default: what stands there. */
  readonly spent?: Spent | undefined;
  /** The attempts charged to it. Default: as many as before. */
  readonly attempt?: number | undefined;
  readonly error?: Run["error"];
  /** For a run that waits: until when, and with which job. Default: it is over. */
  readonly waits?: { readonly until: Date; readonly job: string } | undefined;
}

/** The end of a job, as the ledger is told of it. */
export interface JobEnd {
  readonly job: FetchedJob;
  readonly standing: Standing;
  /** The attempt that is over: once another worker has begun the next one, nothing is written. Default: whichever it is. */
  readonly taken?: number | undefined;
}

/** The ledger as the jobs keep it. */
export interface Ledger {
  /**
   * Writes where the runs of jobs stand at their ends, in one statement. False for a run that is no longer its job's: of
   * that, nothing is written.
   */
  note(executor: Kysely<Tables>, ends: readonly JobEnd[]): Promise<readonly boolean[]>;
  /** Notes as dead those of these runs that count on a job which is no more. */
  giveUp(runs: readonly BackgroundRun[], reason: string): Promise<void>;
  /** Adds to what a provider has used up today. */
  use(provider: string, spent: Spent): Promise<void>;
}

const noted = z.object({ job: z.string() });

/** The ledger of the catalogue in this database. */
export function createLedger(database: Database): Ledger {
  const { kysely, schema } = database;
  const table = (name: string) => sql.table(`${schema}.${name}`);
  const plain = kysely.withoutPlugins();
  return {
    async note(executor, ends) {
      const column = <Value>(read: (end: JobEnd) => Value | undefined): (Value | null)[] =>
        ends.map((end) => read(end) ?? null);
      const { rows } = await sql`
        update ${table("provider_run")} p
        set state = e.state, attempt = coalesce(e.attempt, p.attempt), error = e.error::jsonb,
          requests = coalesce(e.requests, p.requests), microdollars = coalesce(e.microdollars, p.microdollars),
          tokens = coalesce(e.tokens, p.tokens), finished_at = case when e.next_job is null then now() end,
          next_at = e.next_at, job_id = coalesce(e.next_job, e.job)
        from unnest(
          ${column(({ job }) => job.run.itemId)}::uuid[], ${column(({ job }) => job.run.provider)}::text[],
          ${column(({ job }) => job.id)}::text[], ${column(({ taken }) => taken)}::integer[],
          ${column(({ standing }) => standing.state)}::text[], ${column(({ standing }) => standing.attempt)}::integer[],
          ${column(({ standing }) => (standing.error === undefined ? undefined : JSON.stringify(standing.error)))}::text[],
          ${column(({ standing }) => standing.spent?.requests)}::integer[],
          ${column(({ standing }) => standing.spent?.microdollars)}::bigint[],
          ${column(({ standing }) => standing.spent?.tokens)}::integer[],
          ${column(({ standing }) => standing.waits?.until.toISOString())}::timestamptz[],
          ${column(({ standing }) => standing.waits?.job)}::text[]
        ) as e(item, provider, job, taken, state, attempt, error, requests, microdollars, tokens, next_at, next_job)
        where p.item_id = e.item and p.provider = e.provider and p.job_id = e.job
          and p.state in ('queued', 'running') and p.attempt = coalesce(e.taken, p.attempt)
        returning e.job`.execute(executor);
      const written = new Set(rows.map((row) => noted.parse(row).job));
      return ends.map(({ job }) => written.has(job.id));
    },
    async giveUp(runs, reason) {
      const error = JSON.stringify({ code: "worker-lost", message: reason });
      await sql`
        update ${table("provider_run")} p
        set state = 'dead', error = ${error}::jsonb, finished_at = now(), next_at = null
        from jsonb_to_recordset(${JSON.stringify(runs)}::jsonb) as r("itemId" uuid, provider text)
        where p.item_id = r."itemId" and p.provider = r.provider and p.state in ('queued', 'running')
          and not exists (
            select from ${sql.table(`${jobsSchema(database)}.job`)} j
            where j.name = p.provider and j.id = p.job_id::uuid and j.state < 'completed'
          )`.execute(plain);
    },
    async use(provider, { requests, microdollars }) {
      if (requests === 0 && microdollars === 0) return;
      const adding = sql`
        insert into ${table("provider_use")} as u (provider, day, requests, microdollars)
        values (${provider}, (now() at time zone 'utc')::date, ${requests}, ${microdollars})
        on conflict (provider, day) do update
        set requests = u.requests + excluded.requests,
          microdollars = u.microdollars + excluded.microdollars`;
      await asked(adding.execute(plain));
    },
  };
}
