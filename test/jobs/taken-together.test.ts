import { once } from "node:events";
import { sql } from "kysely";
import { expect, it } from "vitest";
import { type Catalog, type ItemId, notFound } from "../../src/index.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { expectEventually } from "./eventually.ts";
import { createHalt, createJobProvider, openEnrichedPlants } from "./enriched-plants.ts";
import { height, importPlant, runOf } from "./flora.ts";
import { expectLedgerMatchesJobs } from "./ledger-and-jobs.ts";

describeOnDatabases("Jobs that wait when a worker comes", ({ location }) => {
  it("are taken together, and share the statements of their way as long as they go it together", async () => {
    const archive = createJobProvider("archive", { job: { concurrency: 20 } });
    const statements: string[] = [];
    const onStatement = (text: string): void => void statements.push(text);
    const catalog = await openEnrichedPlants(await location(), [archive], { onStatement });
    const plants = Array.from({ length: 20 }, (_, index) => `oak ${index}`);
    const ids = await importAll(catalog, plants);
    const settled = Promise.withResolvers<void>();
    let left = plants.length;
    catalog.on("run-settled", () => ((left -= 1) === 0 ? settled.resolve() : undefined));
    statements.length = 0;
    await catalog.jobs.work();
    await settled.promise;
    // What has lost its job, the gate, the items, and the ends of the runs.
    expect(statements.map((text) => text.trim().split(/\s+/, 1)[0])).toEqual(["select", "with", "select", "update"]);
    expect(await states(catalog, ids)).toEqual(plants.map(() => "not-found"));
    expect(archive.asked.toSorted()).toEqual(plants.toSorted());
    await expectLedgerMatchesJobs(catalog);
  });

  it("do not wait for the slowest of those that were taken with them", async () => {
    const archive = createJobProvider("archive", { job: { concurrency: 2 } });
    const catalog = await openEnrichedPlants(await location(), [archive]);
    const halt = createHalt();
    archive.does.set("slow", () => halt.wait().then(() => notFound));
    const [slow, ...quick] = await importAll(catalog, ["slow", "elm", "ash", "yew", "fir"]);
    await catalog.jobs.work();
    await halt.reached;
    await expectEventually(() => states(catalog, quick)).toEqual(quick.map(() => "not-found"));
    expect(await states(catalog, [slow])).toEqual(["running"]);
    halt.open();
    await expectEventually(() => states(catalog, [slow])).toEqual(["not-found"]);
    await expectLedgerMatchesJobs(catalog);
  });

  it("end for the queue as well, whatever their runs come to", async () => {
    const archive = createJobProvider("archive", { job: { concurrency: 3, attempts: 1 } });
    const catalog = await openEnrichedPlants(await location(), [archive]);
    archive.does.set("elm", () => Promise.resolve(height(1)));
    archive.does.set("ash", () => Promise.reject(new Error("a bug")));
    const ids = await importAll(catalog, ["elm", "ash", "yew"]);
    await catalog.jobs.work();
    await expectEventually(() => states(catalog, ids)).toEqual(["contributed", "failed", "not-found"]);
    await expectEventually(() => liveJobs(catalog)).toEqual([]);
    expect(archive.asked.toSorted()).toEqual(["ash", "elm", "yew"]);
  });

  it("show that they are under way while they are, and one that is another worker's by now is broken off", async () => {
    const archive = createJobProvider("archive", { job: { concurrency: 2 } });
    const catalog = await openEnrichedPlants(await location(), [archive]);
    const [lost, kept] = [createHalt(), createHalt()];
    archive.does.set("elm", async (_sought, { signal }) => {
      await Promise.race([lost.wait(), once(signal, "abort")]);
      expect(signal.aborted).toBe(true);
      lost.open();
      throw signal.reason;
    });
    archive.does.set("ash", () => kept.wait().then(() => notFound));
    const [elm, ash] = await importAll(catalog, ["elm", "ash"]);
    await catalog.jobs.work();
    await Promise.all([lost.reached, kept.reached]);
    // As pg-boss does when it gives a job to another worker.
    await sql`update accession_jobs.job set retry_count = retry_count + 1 where singleton_key = ${elm}`.execute(
      catalog.kysely,
    );
    await lost.wait();
    const shown = sql`select heartbeat_on > started_on + interval '1 second' as shown from accession_jobs.job
      where singleton_key = ${ash} and state = 'active'`;
    await expectEventually(async () => (await shown.execute(catalog.kysely)).rows).toEqual([{ shown: true }]);
    kept.open();
    await expectEventually(() => states(catalog, [ash])).toEqual(["not-found"]);
    // Nothing is noted of the one that was lost: that is for whoever has it.
    expect(await states(catalog, [elm])).toEqual(["running"]);
  });
});

/** Imports plants whose job is to ask the archive. */
async function importAll(catalog: Catalog, plants: readonly string[]): Promise<readonly ItemId[]> {
  const ids: ItemId[] = [];
  for (const plant of plants) ids.push(await importPlant(catalog, plant, ["archive"]));
  return ids;
}

async function states(catalog: Catalog, ids: readonly (ItemId | undefined)[]): Promise<readonly unknown[]> {
  return Promise.all(ids.map(async (id) => id && (await runOf(catalog, id, "archive"))?.state));
}

/** The jobs that pg-boss has waiting or at work. */
async function liveJobs({ kysely }: Pick<Catalog, "kysely">): Promise<readonly unknown[]> {
  return (await sql`select name, state from accession_jobs.job where state < 'completed'`.execute(kysely)).rows;
}
