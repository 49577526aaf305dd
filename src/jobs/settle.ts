import { fromKysely, type PgBoss } from "pg-boss";
import type { Transaction } from "kysely";
import { v7 as uuid } from "uuid";
import { z } from "zod";
import { AccessionError } from "../engine/errors.ts";
import type { Store } from "../engine/store.ts";
import { asked, type Database, repeatUndone } from "../store/database.ts";
import type { Tables } from "../store/tables.ts";
import type { FetchedJob } from "./job.ts";
import { makeJobs } from "./job-queue.ts";
import type { JobEnd, Ledger, Standing } from "./ledger.ts";
import { together } from "./together.ts";
import { inTransaction } from "./transaction.ts";

const completed = z.object({ affected: z.number() });

/**
 * How runs end. What waits or was contributed, and the end of its job, are one transaction. All that is written is fenced: a
 * worker that was frozen, and whose job runs elsewhere by now, ends and saves nothing.
 *
 * Every transaction takes its locks in the order item, ledger, job.
 */
export interface Settling {
  /**
   * The run is over, and then its job: should the worker die between the two, the next to take the job finds that nothing
   * is left to do, so that no transaction is needed. False where the run is no longer this attempt's: nothing was noted.
   */
  finish(job: FetchedJob, taken: number, standing: Omit<Standing, "waits" | "attempt">): Promise<boolean>;
  /** The run waits: its job is done, and another one takes its place. False as above. */
  postpone(job: FetchedJob, until: Date, standing: Omit<Standing, "waits" | "state">): Promise<boolean>;
  /** The job's run is none of its any more: nothing but the job is left to end. */
  drop(job: FetchedJob): Promise<void>;
  /** The store as a job's run uses it: what it saves, and the end of its job, are one transaction. */
  fence(store: Store, job: FetchedJob): Store;
}

/**
 * @param boss whose claim of the job it is.
 * @param priority that jobs have which take the place of another. Default: none.
 * @param onNoted called once the ends of runs are noted, before their jobs end.
 */
export function createSettling(
  database: Database,
  boss: PgBoss,
  ledger: Ledger,
  { priority, onNoted }: { readonly priority?: number | undefined; readonly onNoted: () => void },
): Settling {
  async function endJob(transaction: Transaction<Tables>, { id, retryCount, run }: FetchedJob): Promise<void> {
    const db = fromKysely(transaction);
    const { affected } = completed.parse(await boss.complete(run.provider, { id, retryCount }, null, { db }));
    if (affected === 0) throw new LostJob(run.provider);
  }
  async function end(
    job: FetchedJob,
    standing: Standing,
    then: (transaction: Transaction<Tables>) => Promise<unknown>,
  ): Promise<boolean> {
    try {
      return await inTransaction(database, async (transaction) => {
        const [isOurs = false] = await ledger.note(transaction, [{ job, standing }]);
        await endJob(transaction, job);
        if (isOurs) await then(transaction);
        return isOurs;
      });
    } catch (thrown) {
      if (thrown instanceof LostJob) return false;
      throw thrown;
    }
  }
  const note = together((ends: readonly JobEnd[]) =>
    repeatUndone(() => ledger.note(database.kysely.withoutPlugins(), ends)),
  );
  const drop = together(async (jobs: readonly FetchedJob[]) => {
    const ended = Map.groupBy(jobs, ({ run }) => run.provider);
    await Promise.all([...ended].map(([provider, ofProvider]) => asked(boss.complete(provider, ofProvider))));
    return jobs.map(() => undefined);
  });
  return {
    async finish(job, taken, standing) {
      const isOurs = await note({ job, standing, taken });
      onNoted();
      await drop(job);
      return isOurs;
    },
    drop,
    postpone(job, until, standing) {
      const id = uuid();
      return end(job, { ...standing, state: "queued", waits: { until, job: id } }, (transaction) =>
        makeJobs(database, boss, transaction, [{ run: job.run, startAfter: until, id, priority }]),
      );
    },
    fence: (store, job) => ({
      ...store,
      transaction: (work, options) =>
        store.transaction(async (transaction) => {
          const done = await work(transaction);
          if (done.commit) await endJob(transaction.handle as Transaction<Tables>, job);
          return done;
        }, options),
    }),
  };
}

/** What undoes a transaction whose job somebody else has, or nobody has any more. */
class LostJob extends AccessionError {
  constructor(provider: string) {
    super("cancelled", `The job of ${provider} is no longer this worker's: it was cancelled, or runs elsewhere.`);
  }
}
