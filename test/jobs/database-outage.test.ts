import { sql, type Transaction } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openCatalog, type Projection } from "../../src/index.ts";
import { createPostgresDatabase } from "../support/postgres-database.ts";
import { plant } from "../support/spoken-provider.ts";
import { type PostgresServer, startPostgresServer } from "../support/postgres-server.ts";
import { height, importPlant, runOf } from "./flora.ts";
import { createJobProvider, openEnrichedPlants } from "./enriched-plants.ts";
import { expectEventually } from "./eventually.ts";
import { expectLedgerMatchesJobs } from "./ledger-and-jobs.ts";
import { workedPlants } from "./worked-plants.ts";
import { startWorker } from "./worker-processes.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgresServer();
});
afterAll(() => server.stop());

it("PostgreSQL that crashes under load and comes back loses no job, doubles none, and no worker has to be started", async () => {
  const database = server.url;
  const secret = decodeURIComponent(new URL(database).password);
  await using catalog = await openCatalog({ database, packs: [workedPlants(1)] });
  const plants = Array.from({ length: 30 }, (_, index) => `short ${index + 1}`);
  for (const id of plants) await importPlant(catalog, id, ["archive"]);
  const workers = [1, 2].map(() => startWorker({ database, metres: 1, providers: ["archive"] }));
  await Promise.all(workers.map((one) => one.printed("run-settled")));
  await server.crash();
  // Not before each of them has noticed.
  await Promise.all(workers.map((one) => one.printed("the job queue has trouble")));
  await expect(catalog.jobs.list()).rejects.toMatchObject({ code: "database-unavailable" });
  await expect(importPlant(catalog, "oak", ["archive"])).rejects.toMatchObject({ code: "database-unavailable" });
  await server.restart();

  const oak = await importPlant(catalog, "oak", ["archive"]);
  const unfinished = () => catalog.jobs.list({ states: ["queued", "running", "failed", "dead"] });
  await expectEventually(unfinished, 90_000).toEqual([]);
  await expectLedgerMatchesJobs(catalog);
  const effects = sql`
    select i.version, i.attributes ->> 'height' as height, count(*)::int as said from accession.item i
    join accession.contribution c on c.item_id = i.id and c.provider = 'archive' group by i.id`;
  const { rows } = await effects.execute(catalog.kysely);
  expect(rows).toEqual([...plants, oak].map(() => ({ version: 2, height: "1", said: 1 })));

  for (const one of workers) process.kill(one.pid, "SIGTERM");
  const ends = await Promise.all(workers.map((one) => one.ended()));
  // Errors tell much, and were logged, noted and told as events; but not this.
  const told = sql`
    select to_jsonb(p)::text as row from accession.provider_run p
    union all select to_jsonb(j)::text from accession_jobs.job j`;
  const written = (await told.execute(catalog.kysely)).rows.map((row) => JSON.stringify(row)).join("\n");
  for (const { code, stdout, stderr } of ends) {
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("the job queue has trouble");
    for (const spelling of [secret, encodeURIComponent(secret)]) expect(`${stdout}${written}`).not.toContain(spelling);
  }
}, 180_000);

it("A connection that breaks in the middle of a save is no failure of the provider: its job runs again", async () => {
  const { url: database } = await createPostgresDatabase();
  let breaks = false;
  const shelf: Projection<Transaction<unknown>> = {
    name: "shelf",
    kind: plant.name,
    async project(transaction) {
      if (!breaks) return;
      breaks = false;
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(transaction);
      await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(catalog.kysely);
    },
  };
  const archive = createJobProvider("archive");
  archive.does.set("oak", () => Promise.resolve(height(20)));
  const catalog = await openEnrichedPlants(database, [archive], { projections: [shelf] });
  const oak = await importPlant(catalog, "oak", ["archive"]);
  breaks = true;
  await catalog.jobs.work();
  await expectEventually(() => runOf(catalog, oak, "archive")).toMatchObject({ state: "contributed", attempt: 2 });
  expect(archive.asked).toEqual(["oak", "oak"]);
  await expectLedgerMatchesJobs(catalog);
}, 60_000);
