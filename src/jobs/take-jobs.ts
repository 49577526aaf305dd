import { setImmediate as turn, setTimeout as pause } from "node:timers/promises";
import type { PgBoss } from "pg-boss";
import { z } from "zod";
import type { Log } from "../engine/log.ts";
import { heartbeat } from "./queues.ts";

/** A job as pg-boss hands it out; the retry count says which claim of it this is. */
export interface ClaimedJob {
  readonly id: string;
  readonly retryCount: number;
  readonly data: unknown;
}

/** What takes the jobs of one queue. */
export interface Taker {
  /** Looks for jobs at once, and not only when it is time to. */
  wake(): void;
  /** Takes no more; resolved once none is under way. */
  stop(): Promise<void>;
}

/** From which queue jobs are taken, and what is done with them. */
export interface TakeOptions {
  readonly queue: string;
  /** How many are under way at once, at most. */
  readonly slots: number;
  /** Jobs of a lower priority are left to others. Default: none are. */
  readonly priority?: number | undefined;
  /**
   * Runs a job, and ends it. A job for which this throws is left to the next one who takes it.
   *
   * @param signal aborted once the job is no longer this process's.
   * @param release lets another job have the slot, though this one is still to be ended. Default: once it is.
   * @returns milliseconds for which all that wait are left in the queue; undefined where they need not be.
   */
  readonly run: (job: ClaimedJob, signal: AbortSignal, release: () => void) => Promise<number | undefined>;
  readonly log: Log;
}

/** Milliseconds between two looks for jobs whose time has come; of a new one, pg-boss tells at once. */
const look = 1_000;

const touched = z.object({ settled: z.array(z.string()).optional() });

/**
 * Takes jobs as slots get free: all that are free with one statement, where pg-boss's own workers take one job a slot.
 * Claims, their fencing, and what becomes of the jobs of the dead are pg-boss's.
 */
export function takeJobs(boss: PgBoss, { queue, slots, priority, run, log }: TakeOptions): Taker {
  const held = new Map<ClaimedJob, { readonly lost: AbortController; readonly done: Promise<void> }>();
  const stopping = new AbortController();
  /** Slots that are taken. */
  let busy = 0;
  /** Aborted by whatever makes it worth while to look before it is time to. */
  let news = new AbortController();
  /** Whether there may be jobs that no slot was free for. */
  let mayBeMore = true;
  /** When the queue is to be left alone no longer, in milliseconds since 1970. */
  let leftUntil = 0;

  async function claim(count: number): Promise<readonly ClaimedJob[]> {
    try {
      return await boss.fetch<unknown>(queue, {
        batchSize: count,
        ...(priority !== undefined && { minPriority: priority }),
      });
    } catch (thrown) {
      log.warn({ err: thrown, queue }, "cannot look for jobs, and will try again");
      await pause(look);
      return [];
    }
  }

  function takeSlot(): () => void {
    let isTaken = true;
    busy += 1;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      busy -= 1;
      if (mayBeMore) news.abort();
    };
  }

  async function handle(job: ClaimedJob, signal: AbortSignal): Promise<void> {
    const release = takeSlot();
    try {
      const left = await run(job, signal, release);
      if (left !== undefined) leftUntil = Date.now() + left;
    } catch (thrown) {
      log.error({ err: thrown, queue, job: job.id }, "a job could not be ended, and will run again");
      // Where that fails as well, its heartbeat ends, and another worker takes it.
      await boss.fail(queue, job, asData(thrown)).catch(() => undefined);
    } finally {
      held.delete(job);
      release();
    }
  }

  async function takeAll(): Promise<void> {
    while (!stopping.signal.aborted) {
      news = new AbortController();
      mayBeMore = true;
      const free = Date.now() < leftUntil ? 0 : slots - busy;
      const jobs = free > 0 ? await claim(free) : [];
      for (const job of jobs) {
        const lost = new AbortController();
        held.set(job, { lost, done: handle(job, lost.signal) });
      }
      mayBeMore = jobs.length === free;
      await pause(look, undefined, { signal: news.signal }).catch(() => undefined);
      // Slots that get free together are filled together.
      await turn();
    }
  }

  /** Shows that the jobs under way are; one that is no longer this process's is told so. */
  async function beat(): Promise<void> {
    if (held.size === 0) return;
    const jobs = [...held.keys()];
    try {
      const { settled } = touched.parse(await boss.touch(queue, jobs));
      const alive = new Set(settled ?? jobs.map((job) => job.id));
      for (const job of jobs) if (!alive.has(job.id)) held.get(job)?.lost.abort();
    } catch (thrown) {
      log.warn({ err: thrown, queue }, "cannot show that jobs are under way, and will try again");
    }
  }

  const beating = setInterval(() => void beat(), (heartbeat / 2) * 1000);
  const taking = takeAll();
  return {
    wake: () => news.abort(),
    async stop() {
      stopping.abort();
      news.abort();
      await taking;
      await Promise.all([...held.values()].map(({ done }) => done));
      clearInterval(beating);
    },
  };
}

/** What pg-boss notes of a job that is to run again. */
function asData(thrown: unknown): { readonly message: string } {
  return { message: thrown instanceof Error ? thrown.message : String(thrown) };
}
