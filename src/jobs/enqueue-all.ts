import { sql } from "kysely";
import type { PgBoss } from "pg-boss";
import type { BackgroundRun } from "../engine/queue.ts";
import type { Database } from "../store/database.ts";
import { makeJobs } from "./job-queue.ts";
import { inTransaction } from "./transaction.ts";

/**
 * Enqueues many runs in one transaction and three statements: the jobs of a provider, and the ledger of all. A run that has
 * a job already keeps it.
 *
 * @returns how many jobs were made.
 */
export async function enqueueAll(database: Database, boss: PgBoss, runs: readonly BackgroundRun[]): Promise<number> {
  if (runs.length === 0) return 0;
  return inTransaction(database, async (transaction) => {
    const made = await makeJobs(
      database,
      boss,
      transaction,
      runs.map((run) => ({ run })),
    );
    const queued = runs.flatMap(({ itemId, provider }, index) => {
      const one = made[index];
      return one?.status === "made" ? [{ itemId, provider, jobId: one.jobId }] : [];
    });
    await sql`
        insert into ${sql.table(`${database.schema}.provider_run`)} as p
          (item_id, provider, state, attempt, started_at, job_id)
        select r."itemId", r.provider, 'queued', 0, now(), r."jobId"
        from jsonb_to_recordset(${JSON.stringify(queued)}::jsonb) as r("itemId" uuid, provider text, "jobId" text)
        on conflict (item_id, provider) do update
        set state = 'queued', attempt = 0, error = null, started_at = excluded.started_at, finished_at = null,
          next_at = null, job_id = excluded.job_id`.execute(transaction);
    return queued.length;
  });
}
