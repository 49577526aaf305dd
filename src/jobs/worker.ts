import type { PgBoss } from "pg-boss";
import type { Engine } from "../engine/engine.ts";
import type { ItemId } from "../engine/item.ts";
import type { Database } from "../store/database.ts";
import { createBreakers } from "./breaker.ts";
import { createGate } from "./gate.ts";
import { readJob } from "./job.ts";
import { preferJobs } from "./preferred-jobs.ts";
import { createLedger } from "./ledger.ts";
import { openBoss } from "./open-boss.ts";
import { createQueues, deadLetters, providersByName, requireProvider } from "./queues.ts";
import { requeueLost } from "./requeue.ts";
import { runJob } from "./run-job.ts";
import { createSettling } from "./settle.ts";
import { sharingLoads } from "./shared-loads.ts";
import { type ClaimedJob, type Taker, takeJobs } from "./take-jobs.ts";
import { waitUntilDrained } from "./wait-for-runs.ts";

/** What a worker is to do. */
export interface WorkerOptions {
  /** Only jobs of these providers. Default: of all. */
  readonly providers?: readonly string[] | undefined;
  /**
   * Only the jobs that these items have when it starts, and what takes their place: they go before all others, in every
   * worker. Default: of all items.
   */
  readonly items?: readonly ItemId[] | undefined;
  /** Milliseconds that running jobs are given to end once the worker is closed. Default: 7,000. */
  readonly grace?: number | undefined;
}

/** A worker that takes jobs until it is closed. */
export interface Worker {
  /** Jobs that it is at. */
  readonly running: () => number;
  /** Resolved once none of its providers' runs (of its items, if it is for some only) is under way or due, in any process, or once the signal is aborted. */
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
  readonly items: readonly ItemId[] | undefined;
  readonly known: ReturnType<typeof providersByName>;
  readonly grace: number;
  /** To be filled: what takes the jobs of each provider. */
  readonly takers: Map<string, Taker>;
}

/**
 * Starts to run jobs, as many at once of each provider as it declares. First, runs that the ledger has as queued but that
 * have no job (they were noted before there was a worker, or somebody has emptied the queue) get one.
 *
 * @throws AccessionError `provider-unknown`, or one of the codes that begin with `database-`.
 */
export async function openWorker(database: Database, engine: Engine, options: WorkerOptions = {}): Promise<Worker> {
  const { grace = 7_000, items } = options;
  const known = providersByName(engine.registry);
  const wanted = options.providers ?? [...known.keys()];
  for (const name of wanted) requireProvider(engine.registry, name);
  const takers = new Map<string, Taker>();
  const boss = await openBoss(database, engine.log, "worker", (queue) => {
    for (const [name, taker] of takers) if (queue === undefined || queue === name) taker.wake();
  });
  try {
    return await startWorker(database, engine, boss, { wanted, items, known, grace, takers });
  } catch (thrown) {
    await Promise.all([...takers.values()].map((taker) => taker.stop()));
    await boss.stop({ graceful: false });
    throw thrown;
  }
}

async function startWorker(
  database: Database,
  engine: Engine,
  boss: PgBoss,
  { wanted, items, known, grace, takers }: WorkerPlan,
): Promise<Worker> {
  await createQueues(boss, engine.registry);
  await requeueLost(database, boss, engine);
  const ledger = createLedger(database);
  const priority = items && (await preferJobs(database, boss, items));
  const settling = createSettling(database, boss, ledger, { priority, onNoted: () => engine.step("run-ended") });
  const parts = {
    engine: { ...engine, store: sharingLoads(engine.store) },
    known,
    ledger,
    settling,
    breakers: createBreakers(database),
    gate: createGate(database),
  };

  const stopping = new AbortController();
  let running = 0;
  async function run(
    { id, retryCount, data }: ClaimedJob,
    signal: AbortSignal,
    release: () => void,
  ): Promise<number | undefined> {
    const job = { id, retryCount, run: readJob(data) };
    running += 1;
    try {
      const { provider, itemId } = job.run;
      return await engine.trace("accession.job", { "accession.provider": provider, "accession.item": itemId }, () =>
        runJob(parts, job, AbortSignal.any([signal, stopping.signal]), release),
      );
    } finally {
      running -= 1;
    }
  }
  for (const queue of wanted) {
    const slots = Math.max(...(known.get(queue) ?? []).map((one) => one.job.concurrency));
    takers.set(queue, takeJobs(boss, { queue, slots, priority, run, log: engine.log }));
  }
  await boss.work(deadLetters, async ([job]) => {
    if (!job) return;
    const dead = readJob(job.data);
    await ledger.giveUp([dead], "Each of three workers that ran it has died");
    engine.log.error({ run: dead }, "a run has killed its worker three times, and was put aside");
  });

  let closing: Promise<void> | undefined;
  async function close(): Promise<void> {
    const timer = setTimeout(() => stopping.abort(), grace);
    await Promise.all([
      ...[...takers.values()].map((taker) => taker.stop()),
      boss.offWork(deadLetters, { wait: true }),
    ]);
    clearTimeout(timer);
    await boss.stop({ graceful: false });
  }
  return {
    running: () => running,
    drained: (signal) => waitUntilDrained(database, { providers: wanted, items }, signal),
    close: () => (closing ??= close()),
  };
}
