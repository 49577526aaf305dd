import { sql, type Transaction } from "kysely";
import { fromKysely, type PgBoss } from "pg-boss";
import { z } from "zod";
import type { Engine } from "../engine/engine.ts";
import type { Database } from "../store/database.ts";
import type { Tables } from "../store/tables.ts";
import { enqueueAll } from "./enqueue-all.ts";
import { backfill } from "./backfill.ts";
import { pauseProvider, readHolds, resumeProvider } from "./holds.ts";
import { makeJobs } from "./job-queue.ts";
import { countJobs, type ListedJob, listJobs } from "./job-list.ts";
import type { OpenJobs } from "./jobs.ts";
import { openBoss } from "./open-boss.ts";
import { createQueues, providersByName, requireProvider } from "./queues.ts";
import { inTransaction } from "./transaction.ts";
import { waitForRuns } from "./wait-for-runs.ts";
import { openWorker, type Worker } from "./worker.ts";

/** How many runs one call of `retry` or `cancel` takes without a limit of its own. */
const all = 1_000_000;
const discardedRow = z.object({ provider: z.string(), jobId: z.string().nullable() });

/** Opens the jobs of a catalogue. The queue itself is started when it is first needed. */
export function openJobs(database: Database, engine: Engine): OpenJobs {
  const workers = new Set<Worker>();
  const known = providersByName(engine.registry);
  let starting: Promise<PgBoss> | undefined;
  async function start(): Promise<PgBoss> {
    const boss = await openBoss(database, engine.log, "sender");
    await createQueues(boss, engine.registry);
    return boss;
  }
  const sender = (): Promise<PgBoss> => {
    starting ??= start().catch((thrown: unknown) => {
      starting = undefined;
      throw thrown;
    });
    return starting;
  };

  return {
    queue: {
      async ready() {
        await sender();
      },
      enqueue: async (transaction, runs) =>
        makeJobs(
          database,
          await sender(),
          transaction as Transaction<Tables>,
          runs.map((run) => ({ run })),
        ),
    },
    async work(options) {
      await sender();
      const worker = await openWorker(database, engine, options);
      workers.add(worker);
      return worker;
    },
    wait: (itemId, options) => waitForRuns(database, itemId, options),
    list: (filter) => listJobs(database, filter),
    count: (filter) => countJobs(database, filter),
    async retry(filter = {}) {
      const found = await listJobs(database, { states: ["failed", "dead"], limit: all, ...filter });
      // A job that waits would keep its time; a new one runs at once.
      await discard(found.filter((one) => one.state === "queued"));
      return enqueueAll(
        database,
        await sender(),
        found.flatMap(({ itemId, kind, provider }) =>
          known.has(provider) ? [{ itemId, kind, provider, fresh: true }] : [],
        ),
      );
    },
    async cancel(filter = {}) {
      const found = await listJobs(database, { states: ["queued", "running"], limit: all, ...filter });
      return discard(found);
    },
    async pause(provider) {
      requireProvider(engine.registry, provider);
      await pauseProvider(database, provider);
    },
    async resume(provider) {
      requireProvider(engine.registry, provider);
      return resumeProvider(database, provider);
    },
    holds: () => readHolds(database),
    backfill: (options) => backfill(database, engine, sender, options),
    async close() {
      await Promise.all([...workers].map((worker) => worker.close()));
      const boss = await starting?.catch(() => undefined);
      await boss?.stop({ graceful: false });
    },
  };

  /** Takes the jobs away, and notes their runs as given up, in one transaction. */
  async function discard(jobs: readonly ListedJob[]): Promise<number> {
    if (jobs.length === 0) return 0;
    const boss = await sender();
    const error = JSON.stringify({ code: "cancelled", message: "Cancelled by a person" });
    return inTransaction(database, async (transaction) => {
      const { rows } = await sql`
        update ${sql.table(`${database.schema}.provider_run`)} p
        set state = 'dead', error = ${error}::jsonb, finished_at = now(), next_at = null
        from jsonb_to_recordset(${JSON.stringify(jobs)}::jsonb) as r("itemId" uuid, provider text)
        where p.item_id = r."itemId" and p.provider = r.provider and p.state in ('queued', 'running')
        returning p.provider, p.job_id as "jobId"`.execute(transaction);
      const discarded = rows.map((row) => discardedRow.parse(row));
      for (const provider of new Set(discarded.map((one) => one.provider))) {
        const ids = discarded.flatMap((one) => (one.provider === provider && one.jobId !== null ? [one.jobId] : []));
        if (ids.length > 0) await boss.cancel(provider, ids, { db: fromKysely(transaction) });
      }
      return discarded.length;
    });
  }
}
