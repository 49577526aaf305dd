import type { Engine } from "../engine/engine.ts";
import type { ItemId } from "../engine/item.ts";
import type { RunQueue } from "../engine/queue.ts";
import { asked, type Database } from "../store/database.ts";
import type { Backfilled, BackfillOptions } from "./backfill.ts";
import type { Holds } from "./holds.ts";
import type { JobFilter, ListedJob, RunCount } from "./job-list.ts";
import type { WaitOptions } from "./wait-for-runs.ts";
import type { Worker, WorkerOptions } from "./worker.ts";

/** The background jobs of a catalogue, whichever process runs them. Every method may throw the `database-` codes. */
export interface Jobs {
  /**
   * Starts a worker in this process. It lives until it, or the catalogue, is closed.
   *
   * @example
   * const worker = await catalog.jobs.work();
   * process.once("SIGTERM", () => worker.close());
   */
  work(options?: WorkerOptions): Promise<Worker>;
  /** Waits until an item's runs are over, whichever process makes them; a worker has to be there somewhere. */
  wait(itemId: ItemId, options?: WaitOptions): Promise<readonly ListedJob[]>;
  /** Runs of providers: by default those that wait, run, have failed, or were given up. */
  list(filter?: JobFilter): Promise<readonly ListedJob[]>;
  /** How many runs a filter means, whatever its limit, by provider and state. */
  count(filter?: JobFilter): Promise<readonly RunCount[]>;
  /** Enqueues anew, with all attempts, what a filter means; default: the failed and the dead. Gives how many. */
  retry(filter?: JobFilter): Promise<number>;
  /** Gives up what a filter means; default: the queued and the running. Gives how many. They stay dead until retried. */
  cancel(filter?: JobFilter): Promise<number>;
  /** Pauses a provider in every process. @throws AccessionError `provider-unknown`, listing the known ones. */
  pause(provider: string): Promise<void>;
  /** Lets it go on; gives whether it was paused. @throws AccessionError as `pause`. */
  resume(provider: string): Promise<boolean>;
  /** What holds jobs back at present. */
  holds(): Promise<Holds>;
  /** Enqueues a provider for a whole catalogue. @see {@link backfill} */
  backfill(options: BackfillOptions): Promise<Backfilled>;
}

/** The jobs, and the seam by which the engine enqueues. */
export interface OpenJobs extends Jobs {
  readonly queue: RunQueue;
  /** Closes every worker, and lets go of the queue. */
  close(): Promise<void>;
}

/** The jobs of a catalogue. The code behind them, and the job queue, are loaded and started when first needed. */
export function createJobs(database: Database, engine: () => Engine): OpenJobs {
  let opening: Promise<OpenJobs> | undefined;
  async function ask<Result>(question: (jobs: OpenJobs) => Promise<Result>): Promise<Result> {
    opening ??= import("./open-jobs.ts").then(({ openJobs }) => openJobs(database, engine()));
    return asked(question(await opening));
  }
  return {
    queue: {
      ready: () => ask((jobs) => jobs.queue.ready()),
      enqueue: (transaction, runs) => ask((jobs) => jobs.queue.enqueue(transaction, runs)),
    },
    work: (options) => ask((jobs) => jobs.work(options)),
    wait: (itemId, options) => ask((jobs) => jobs.wait(itemId, options)),
    list: (filter) => ask((jobs) => jobs.list(filter)),
    count: (filter) => ask((jobs) => jobs.count(filter)),
    retry: (filter) => ask((jobs) => jobs.retry(filter)),
    cancel: (filter) => ask((jobs) => jobs.cancel(filter)),
    pause: (provider) => ask((jobs) => jobs.pause(provider)),
    resume: (provider) => ask((jobs) => jobs.resume(provider)),
    holds: () => ask((jobs) => jobs.holds()),
    backfill: (options) => ask((jobs) => jobs.backfill(options)),
    close: async () => (await opening)?.close(),
  };
}
