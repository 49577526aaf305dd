import { once } from "node:events";
import { PgBoss } from "pg-boss";
import { expect, it, vi } from "vitest";
import { openCatalog } from "../../src/index.ts";
import { createPostgresDatabase } from "../support/postgres-database.ts";
import { importPlant, present, runOf } from "./flora.ts";
import { expectEventually } from "./eventually.ts";
import { expectLedgerMatchesJobs } from "./ledger-and-jobs.ts";
import { workedPlants } from "./worked-plants.ts";
import { startWorker } from "./worker-processes.ts";

it("A job that kills its worker three times is put aside as dead, and all others go on", async () => {
  const { url: database } = await createPostgresDatabase();
  await using catalog = await openCatalog({ database, packs: [workedPlants(1)] });
  const poison = await importPlant(catalog, "poison", ["risky"]);
  const bystander = await importPlant(catalog, "oak", ["archive"]);
  let deaths = 0;
  const over = new AbortController();
  // What looks after workers starts one anew as soon as one has died.
  const supervised = (async () => {
    while (!over.signal.aborted) {
      const child = startWorker({ database, metres: 1, providers: ["risky"] });
      const ended = child
        .ended()
        .then(({ signal }) => (signal === "SIGKILL" && !over.signal.aborted ? (deaths += 1) : 0));
      await Promise.race([ended, once(over.signal, "abort")]);
      await child.kill();
    }
  })();
  try {
    await catalog.jobs.work({ providers: ["archive"] });
    await expectEventually(() => runOf(catalog, bystander, "archive")).toMatchObject({ state: "contributed" });
    await expectEventually(() => runOf(catalog, poison, "risky"), 100_000).toMatchObject({
      state: "dead",
      attempt: 3,
      error: { code: "worker-lost", message: "Each of three workers that ran it has died" },
    });
    // Behind the poison in the same queue.
    const elm = await importPlant(catalog, "elm", ["risky"]);
    await expectEventually(() => runOf(catalog, elm, "risky")).toMatchObject({ state: "contributed", attempt: 1 });
    expect(deaths).toBe(3);
    await expectLedgerMatchesJobs(catalog);
  } finally {
    over.abort();
    await supervised;
  }
}, 180_000);

it("A job that has killed its workers is not run again by one that starts before it is put aside", async () => {
  const { url: database } = await createPostgresDatabase();
  const asked: string[] = [];
  await using catalog = await openCatalog({ database, packs: [workedPlants(1, (id) => asked.push(id))] });
  const oak = await importPlant(catalog, "oak", ["risky"]);
  const boss = new PgBoss({ connectionString: database, schema: "accession_jobs", supervise: false, schedule: false });
  await boss.start();
  for (let death = 1; death <= 3; death += 1) {
    const job = await fetchWhenDue(boss, "risky");
    await boss.fail("risky", job.id);
  }
  await boss.stop({ graceful: false });
  await catalog.jobs.work();
  await expectEventually(() => runOf(catalog, oak, "risky")).toMatchObject({ state: "dead" });
  expect(asked).toEqual([]);
  await expectLedgerMatchesJobs(catalog);
}, 60_000);

/** The next job, which pg-boss gives no sooner than a second after it has failed. */
async function fetchWhenDue(boss: PgBoss, queue: string): Promise<{ readonly id: string }> {
  const [job] = await vi.waitUntil(
    async () => {
      const jobs = await boss.fetch(queue);
      return jobs.length > 0 ? jobs : undefined;
    },
    { timeout: 20_000, interval: 100 },
  );
  return present(job);
}
