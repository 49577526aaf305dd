import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openCatalog } from "../../src/index.ts";
import { type PostgresServer, startPostgresServer } from "../support/postgres-server.ts";
import { importPlant } from "./flora.ts";
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
