import { setTimeout as pause } from "node:timers/promises";
import { PGlite } from "@electric-sql/pglite";
import { Pool } from "pg";
import { fromPglite, type Job, PgBoss } from "pg-boss";
import { v7 as uuid } from "uuid";
import type { BenchedEngine } from "./databases.ts";
import { timed } from "./statistics.ts";

/** pg-boss without a catalogue. */
export interface BareQueue extends AsyncDisposable {
  /** Milliseconds from sending a job to an idle worker's being called, job by job. */
  pickUps(count: number): Promise<readonly number[]>;
  /**
   * Jobs a second that wait when the workers start.
   *
   * @param takes milliseconds that a job takes.
   * @param handler `with ledger`: it notes in a table when a try begins, and how it ends.
   */
  rate(count: number, takes: number, handler: "alone" | "with ledger"): Promise<number>;
  /** Milliseconds that fetching a job takes, job by job. */
  claims(count: number): Promise<readonly number[]>;
}

/** A connection. */
interface Statements {
  query(sql: string, values?: readonly unknown[]): Promise<unknown>;
  close(): Promise<void>;
}

const queueOptions = {
  policy: "exclusive",
  notify: true,
  retryLimit: 2,
  heartbeatSeconds: 10,
  expireInSeconds: 180,
} as const;
const polling = { pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 2 };

/**
 * Opens pg-boss with the options and the way of working that a catalogue has for it.
 *
 * @param at a catalogue's database and queue. Default: a database and queue of its own.
 */
export async function openBareQueue(
  engine: BenchedEngine,
  slots: number,
  at?: { readonly database: string; readonly queue: string },
): Promise<BareQueue> {
  const { boss, statements } = await connect(engine, at?.database ?? (await engine.location()), at && "accession_jobs");
  boss.on("error", () => undefined);
  await boss.start();
  const queue = at?.queue ?? "bare";
  if (!at) {
    await boss.createQueue(queue, queueOptions);
    await statements.query(
      "create table ledger (job text primary key, state text not null, attempt int not null, error jsonb)",
    );
  }

  async function work(handle: (job: Pick<Job, "id">) => Promise<void>): Promise<void> {
    for (let slot = 0; slot < slots; slot += 1) {
      const id: string = await boss.work(queue, polling, async ([job]) => {
        try {
          if (job) await handle(job);
        } finally {
          boss.notifyWorker(id);
        }
      });
    }
  }
  async function keepLedger({ id }: Pick<Job, "id">, takes: number): Promise<void> {
    await statements.query(
      "update ledger set state = 'running', attempt = attempt + 1 where job = $1 returning attempt",
      [id],
    );
    if (takes > 0) await pause(takes);
    await statements.query("update ledger set state = 'not-found', error = null where job = $1 returning job", [id]);
  }

  return {
    async pickUps(count) {
      let onCall: (moment: number) => void = () => undefined;
      await work(async () => onCall(performance.now()));
      const times: number[] = [];
      for (let job = 0; job < count; job += 1) {
        const called = new Promise<number>((resolve) => (onCall = resolve));
        await boss.send(queue, {}, { singletonKey: uuid() });
        const sent = performance.now();
        times.push(Math.max(0, (await called) - sent));
      }
      await boss.offWork(queue);
      return times;
    },
    async rate(count, takes, handler) {
      const jobs = Array.from({ length: count }, () => ({ id: uuid(), data: {}, singletonKey: uuid() }));
      await boss.insert(queue, jobs);
      await statements.query("truncate ledger");
      await statements.query("insert into ledger select id, 'queued', 0 from unnest($1::text[]) id", [
        jobs.map(({ id }) => id),
      ]);
      const done = Promise.withResolvers<void>();
      let left = count;
      const milliseconds = await timed(async () => {
        await work(async (job) => {
          if (handler === "with ledger") await keepLedger(job, takes);
          else if (takes > 0) await pause(takes);
          if ((left -= 1) === 0) done.resolve();
        });
        await done.promise;
      });
      await boss.offWork(queue);
      return (count / milliseconds) * 1_000;
    },
    async claims(count) {
      const times: number[] = [];
      for (let claim = 0; claim < count; claim += 1) times.push(await timed(() => boss.fetch(queue)));
      return times;
    },
    async [Symbol.asyncDispose]() {
      await boss.stop({ graceful: false });
      await statements.close();
    },
  };
}

async function connect(
  { name }: BenchedEngine,
  database: string,
  schema = "bare",
): Promise<{ readonly boss: PgBoss; readonly statements: Statements }> {
  const options = { schema, schedule: false, useListenNotify: true, supervise: false, registerInstance: false };
  if (name === "PGlite") {
    const pglite = await PGlite.create({ dataDir: database });
    return {
      boss: new PgBoss({ ...options, backend: "pglite", db: fromPglite(pglite) }),
      statements: {
        query: (sql, values = []) => pglite.query(sql, [...values]),
        close: () => pglite.close(),
      },
    };
  }
  const pool = new Pool({ connectionString: database, max: 10 });
  return {
    boss: new PgBoss({ ...options, connectionString: database, max: 4 }),
    statements: {
      query: (sql, values = []) => pool.query(sql, [...values]),
      close: () => pool.end(),
    },
  };
}
