import type { Job, PgBoss } from "pg-boss";
import type { Engine } from "../engine/engine.ts";
import type { Database } from "../store/database.ts";
import { createBreakers } from "./breaker.ts";
import { createGate } from "./gate.ts";
import { readJob } from "./job.ts";
import { createLedger } from "./ledger.ts";
import { openBoss } from "./open-boss.ts";
import { createQueues, deadLetters, providersByName, requireProvider } from "./queues.ts";
import { requeueLost } from "./requeue.ts";
import { runJob } from "./run-job.ts";
import { createSettling } from "./settle.ts";
import { waitUntilDrained } from "./wait-for-runs.ts";

/** What a worker is to do. */
export interface WorkerOptions {
  /** Only jobs of these providers. Default: of all. */
  readonly providers?: readonly string[] | undefined;
  /** Milliseconds that running jobs are given to end once the worker is closed. Default: 8,000. */
  readonly grace?: number | undefined;
}

/** A worker that takes jobs until it is closed. */
export interface Worker {
  /** Jobs that it is at. */
  readonly running: () => number;
  /** Resolved once none of its providers' runs is under way or due, in any process, or once the signal is aborted. */
  drained(signal?: AbortSignal): Promise<void>;
  /**
   * Takes no more jobs, waits for those under way as long as the grace allows, and hands the others back with their
   * attempts unspent. May be called twice.
   */
  close(): Promise<void>;
}

/** What a worker is to do, once its options were read. */
interface WorkerPlan {
  readonly wanted: readonly string[];
  readonly known: ReturnType<typeof providersByName>;
  readonly grace: number;
}

/** Seconds between two looks for jobs; on PostgreSQL, and in this process, a new job is told of at once. */
const polling = { pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 2 };

/**
 * Starts to run jobs, as many at once of each provider as it declares. First, runs that the ledger has as queued but that
 * have no job (they were noted before there was a worker, or somebody has emptied the queue) get one.
 *
 * @throws AccessionError `provider-unknown`, or one of the codes that begin with `database-`.
 */
export async function openWorker(database: Database, engine: Engine, options: WorkerOptions = {}): Promise<Worker> {
  const { grace = 8_000 } = options;
  const known = providersByName(engine.registry);
  const wanted = options.providers ?? [...known.keys()];
  for (const name of wanted) requireProvider(engine.registry, name);
  const boss = await openBoss(database, engine.log, "worker");
  try {
    return await startWorker(database, engine, boss, { wanted, known, grace });
  } catch (thrown) {
    await boss.stop({ graceful: false });
    throw thrown;
  }
}

async function startWorker(
  database: Database,
  engine: Engine,
  boss: PgBoss,
  { wanted, known, grace }: WorkerPlan,
): Promise<Worker> {
  await createQueues(boss, engine.registry);
  await requeueLost(database, boss, engine);
  const ledger = createLedger(database);
  const settling = createSettling(database, boss, ledger);
  const parts = { engine, known, ledger, settling, breakers: createBreakers(database), gate: createGate(database) };

  const stopping = new AbortController();
  let running = 0;
  async function handle(job: Job<unknown> | undefined): Promise<void> {
    if (!job) return;
    const fetched = { id: job.id, retryCount: job.retryCount, run: readJob(job.data) };
    running += 1;
    try {
      const { provider, itemId } = fetched.run;
      await engine.trace("accession.job", { "accession.provider": provider, "accession.item": itemId }, () =>
        runJob(parts, fetched, AbortSignal.any([job.signal, stopping.signal])),
      );
    } catch (thrown) {
      engine.log.error({ err: thrown, run: fetched.run }, "a job could not be ended, and will run again");
      throw thrown;
    } finally {
      running -= 1;
    }
  }
  for (const name of wanted) {
    const concurrency = Math.max(...(known.get(name) ?? []).map((one) => one.job.concurrency));
    for (let slot = 0; slot < concurrency; slot += 1) await takeJobs(boss, name, handle);
  }
  await takeJobs(boss, deadLetters, async (job) => {
    if (!job) return;
    const run = readJob(job.data);
    await ledger.giveUp([run], "Each of three workers that ran it has died");
    engine.log.error({ run }, "a run has killed its worker three times, and was put aside");
  });

  let closing: Promise<void> | undefined;
  async function close(): Promise<void> {
    const timer = setTimeout(() => stopping.abort(), grace);
    // Resolved once no worker of a queue is at a job, or about to take one.
    await Promise.all([...wanted, deadLetters].map((name) => boss.offWork(name, { wait: true })));
    clearTimeout(timer);
    await boss.stop({ graceful: false });
  }
  return {
    running: () => running,
    drained: (signal) => waitUntilDrained(database, wanted, signal),
    close: () => (closing ??= close()),
  };
}

/** One job at a time; after each it looks at once for the next, which pg-boss would leave to the next poll. */
async function takeJobs(
  boss: PgBoss,
  queue: string,
  handle: (job: Job<unknown> | undefined) => Promise<void>,
): Promise<void> {
  const id: string = await boss.work(queue, polling, async ([job]) => {
    try {
      await handle(job);
    } finally {
      boss.notifyWorker(id);
    }
  });
}
