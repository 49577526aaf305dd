import { type Kysely, sql } from "kysely";
import { z } from "zod";
import type { BackgroundRun } from "../engine/queue.ts";
import type { Spent } from "../engine/sessions.ts";
import type { Run } from "../engine/store.ts";
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

/** The ledger as the jobs keep it. */
export interface Ledger {
  /**
   * Writes where a job's run stands at its end. False where the run is no longer this job's: then nothing is written.
   *
   * @param taken the attempt that is over: once another worker has begun the next one, nothing is written either.
   */
  note(executor: Kysely<Tables>, job: FetchedJob, standing: Standing, taken?: number): Promise<boolean>;
  /** Notes as dead those of these runs that count on a job which is no more. */
  giveUp(runs: readonly BackgroundRun[], reason: string): Promise<void>;
  /** Adds to what a provider has used up today. */
  use(provider: string, spent: Spent): Promise<void>;
}

const noted = z.object({ provider: z.string() });

/** The ledger of the catalogue in this database. */
export function createLedger(database: Database): Ledger {
  const { kysely, schema } = database;
  const table = (name: string) => sql.table(`${schema}.${name}`);
  const plain = kysely.withoutPlugins();
  return {
    async note(executor, { id, run }, { state, attempt, error, waits, spent }, taken) {
      const { rows } = await sql`
        update ${table("provider_run")}
        set state = ${state}, attempt = coalesce(${attempt ?? null}::integer, attempt),
          error = ${error === undefined ? null : JSON.stringify(error)}::jsonb,
          requests = coalesce(${spent?.requests ?? null}::integer, requests),
          microdollars = coalesce(${spent?.microdollars ?? null}::bigint, microdollars),
          tokens = coalesce(${spent?.tokens ?? null}::integer, tokens),
          finished_at = case when ${waits === undefined} then now() end,
          next_at = ${waits?.until.toISOString() ?? null}::timestamptz, job_id = ${waits?.job ?? id}
        where item_id = ${run.itemId}::uuid and provider = ${run.provider} and job_id = ${id}
          and state in ('queued', 'running') and ${taken === undefined ? sql`true` : sql`attempt = ${taken}`}
        returning provider`.execute(executor);
      return rows.map((row) => noted.parse(row)).length > 0;
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
