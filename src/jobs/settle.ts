import type { Transaction } from "kysely";
import { fromKysely, type PgBoss } from "pg-boss";
import { z } from "zod";
import type { RunRecord } from "../engine/store.ts";
import type { Database } from "../store/database.ts";
import type { Tables } from "../store/tables.ts";
import type { FetchedJob } from "./job.ts";
import { makeJobs } from "./job-queue.ts";
import type { Ledger } from "./ledger.ts";

const completed = z.object({ affected: z.number() });

/** What a run that is put off waits for. */
export interface Postponement {
  readonly until: Date;
  readonly reason: string;
  /** The attempts that are charged to it. Default: as many as before. */
  readonly attempt?: number | undefined;
  /** What went wrong; absent for a run that is merely held back. */
  readonly error?: RunRecord["error"];
}

/** How jobs end. Each end is one transaction of ledger and job, so that neither can say what the other does not. */
export interface Settling {
  /** The run is over. Where another worker has its job by now, nothing is written. */
  finish(job: FetchedJob, record: RunRecord): Promise<void>;
  /** The run waits: its job is done, and another one takes its place. Nothing is written as above. */
  postpone(job: FetchedJob, postponement: Postponement): Promise<void>;
}

/** @param boss whose claim of the job it is. */
export function createSettling({ kysely }: Database, boss: PgBoss, ledger: Ledger): Settling {
  async function end(
    { id, retryCount, run }: FetchedJob,
    then: (transaction: Transaction<Tables>) => Promise<void>,
  ): Promise<void> {
    await kysely
      .withoutPlugins()
      .transaction()
      .execute(async (transaction) => {
        const db = fromKysely(transaction);
        // Fenced by the claim: a worker that was frozen, and whose job runs elsewhere, ends nothing.
        const { affected } = completed.parse(await boss.complete(run.provider, { id, retryCount }, null, { db }));
        if (affected > 0) await then(transaction);
      });
  }
  return {
    finish: (job, record) => end(job, (transaction) => ledger.note(transaction, job.run, { ...record, jobId: job.id })),
    postpone: (job, { until, reason, attempt, error }) =>
      end(job, async (transaction) => {
        const [made] = await makeJobs(boss, transaction, [{ run: job.run, startAfter: until }]);
        if (made?.status !== "made") return;
        const why = error ?? { code: "held-back", message: reason };
        const wait = { until, error: why, attempt, jobBefore: job.id, job: made.jobId };
        await ledger.putOff(transaction, job.run, wait);
      }),
  };
}
