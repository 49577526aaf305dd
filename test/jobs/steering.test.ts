import { sql } from "kysely";
import { afterEach, beforeAll, expect, it } from "vitest";
import { AccessionError, type Catalog, openCatalog } from "../../src/index.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { expectEventually } from "./eventually.ts";
import { createHalt, createJobProvider, openEnrichedPlants } from "./enriched-plants.ts";
import { enrichedPlants, height, importPlant, runOf } from "./flora.ts";
import { expectLedgerMatchesJobs } from "./ledger-and-jobs.ts";

describeOnDatabases("Whoever looks after the jobs", ({ location }) => {
  const archive = createJobProvider("archive");
  const filling = createJobProvider("filling");
  const careful = createJobProvider("careful", { unavailable: () => "its key is not set" });
  let database = "";
  let catalog: Catalog;
  beforeAll(async () => {
    database = await location();
    catalog = await openEnrichedPlants(database, [archive, filling, careful]);
  });
  afterEach(() => expectLedgerMatchesJobs(catalog));

  it("can cancel one that waits: it never runs until somebody retries it", async () => {
    const oak = await importPlant(catalog, "oak", ["archive"]);
    expect(await catalog.jobs.cancel({ itemId: oak })).toBe(1);
    expect(await runOf(catalog, oak, "archive")).toMatchObject({ state: "dead", error: { code: "cancelled" } });
    const worker = await catalog.jobs.work({ providers: ["archive"] });
    // What is enqueued later is run, so what was cancelled is not about to.
    const elm = await importPlant(catalog, "elm", ["archive"]);
    await expectEventually(() => runOf(catalog, elm, "archive")).toMatchObject({ state: "not-found" });
    expect(archive.asked).toEqual(["elm"]);
    expect(await catalog.jobs.retry({ itemId: oak })).toBe(1);
    await expectEventually(() => runOf(catalog, oak, "archive")).toMatchObject({ state: "not-found", attempt: 1 });
    await worker.close();
  });

  it("can cancel one that runs: what it says afterwards is refused", async () => {
    const halt = createHalt();
    archive.does.set("fir", async () => {
      await halt.wait();
      return height(50);
    });
    const told: string[] = [];
    const ends = [
      catalog.on("run-settled", () => told.push("settled")),
      catalog.on("run-postponed", () => told.push("postponed")),
    ];
    const worker = await catalog.jobs.work({ providers: ["archive"] });
    const fir = await importPlant(catalog, "fir", ["archive"]);
    await halt.reached;
    expect(await catalog.jobs.cancel({ itemId: fir })).toBe(1);
    halt.open();
    await expectEventually(() => worker.running()).toBe(0);
    expect(await runOf(catalog, fir, "archive")).toMatchObject({ state: "dead", error: { code: "cancelled" } });
    expect((await catalog.get(fir))?.attributes).toEqual({ name: "fir" });
    expect(told).toEqual([]);
    for (const end of ends) end();
    await worker.close();
  });

  it("can retry one that waits for its next try, at once and with all its tries", async () => {
    archive.does.set("yew", () =>
      Promise.reject(new AccessionError("source-throttled", "Busy", { retryable: true, retryAfter: 3_600_000 })),
    );
    const worker = await catalog.jobs.work({ providers: ["archive"] });
    const yew = await importPlant(catalog, "yew", ["archive"]);
    await expectEventually(async () => (await runOf(catalog, yew, "archive"))?.nextAt ?? null).not.toBeNull();
    archive.does.set("yew", () => Promise.resolve(height(9)));
    expect(await catalog.jobs.retry({ itemId: yew, states: ["queued"] })).toBe(1);
    await expectEventually(() => runOf(catalog, yew, "archive")).toMatchObject({ state: "contributed", attempt: 1 });
    await worker.close();
  });

  it("can fill a provider over a catalogue: what is missing, what has failed, and what is old", async () => {
    const total = (await catalog.search("", { limit: 100 })).length;
    for (const id of ["a", "b", "c", "d"]) await importPlant(catalog, id, []);
    const missing = { provider: "filling", which: "missing" } as const;
    expect(await catalog.jobs.backfill({ ...missing, dryRun: true })).toEqual({ total: total + 4, enqueued: 0 });
    expect(await catalog.jobs.list({ provider: "filling" })).toEqual([]);
    const progress: unknown[] = [];
    const onProgress = (...told: readonly number[]): void => void progress.push(told);
    expect(await catalog.jobs.backfill({ ...missing, limit: 3, onProgress })).toEqual({ total: 3, enqueued: 3 });
    expect(progress).toEqual([[3, 3]]);
    // The same call goes on where the first one stopped.
    expect(await catalog.jobs.backfill(missing)).toEqual({ total: total + 1, enqueued: total + 1 });
    expect(await catalog.jobs.backfill(missing)).toEqual({ total: 0, enqueued: 0 });
    expect(await catalog.jobs.list({ provider: "filling", states: ["queued"] })).toHaveLength(total + 4);

    filling.does.set("a", () => Promise.reject(new AccessionError("source-rejected", "No")));
    const worker = await catalog.jobs.work({ providers: ["filling"] });
    await expectEventually(() => catalog.jobs.list({ provider: "filling", states: ["queued", "running"] })).toEqual([]);
    await worker.close();
    const failed = { provider: "filling", which: "failed" } as const;
    expect(await catalog.jobs.backfill(failed)).toEqual({ total: 1, enqueued: 1 });
    expect(await catalog.jobs.backfill(failed)).toEqual({ total: 0, enqueued: 0 });
    expect(await catalog.jobs.backfill({ provider: "filling", which: 3_600_000 })).toEqual({ total: 0, enqueued: 0 });
    expect(await catalog.jobs.backfill({ provider: "filling", which: 0 })).toEqual({
      total: total + 3,
      enqueued: total + 3,
    });
    await catalog.jobs.cancel({ provider: "filling" });
  });

  it("is told why a provider cannot be filled", async () => {
    const which = "missing";
    await expect(catalog.jobs.backfill({ provider: "nobody", which })).rejects.toMatchObject({
      code: "provider-unknown",
    });
    await expect(catalog.jobs.backfill({ provider: "archive", kind: "flora.garden", which })).rejects.toMatchObject({
      code: "provider-unknown",
    });
    await expect(catalog.jobs.backfill({ provider: "careful", which })).rejects.toMatchObject({
      code: "configuration-invalid",
      message: expect.stringContaining("its key is not set") as unknown,
    });
  });

  it("need not look after runs that have lost their job: the next worker makes them one", async () => {
    const [ivy, box] = [await importPlant(catalog, "ivy", ["archive"]), await importPlant(catalog, "box", ["archive"])];
    await sql`delete from accession_jobs.job where name = 'archive' and singleton_key = ${ivy}`.execute(catalog.kysely);
    await sql`update accession.provider_run set job_id = null where item_id = ${box}::uuid and provider = 'archive'`.execute(
      catalog.kysely,
    );
    await sql`delete from accession_jobs.job where name = 'archive' and singleton_key = ${box}`.execute(catalog.kysely);
    const worker = await catalog.jobs.work({ providers: ["archive"] });
    for (const one of [ivy, box])
      await expectEventually(() => runOf(catalog, one, "archive")).toMatchObject({ state: "not-found", attempt: 1 });
    expect(archive.asked.slice(-2).toSorted()).toEqual(["box", "ivy"]);
    await worker.close();
  });

  it("can retry what a provider has left behind that nobody has any more: nothing, and no error", async () => {
    const gone = await importPlant(catalog, "gone", []);
    await sql`insert into accession.provider_run (item_id, provider, state, started_at)
      values (${gone}::uuid, 'departed', 'failed', now())`.execute(catalog.kysely);
    expect(await catalog.jobs.retry({ provider: "departed" })).toBe(0);
  });

  it("finds what was noted by a catalogue with a queue of its own", async () => {
    await catalog.close();
    const queue = {
      ready: () => Promise.resolve(),
      enqueue: (_: unknown, runs: readonly unknown[]) =>
        Promise.resolve(runs.map(() => ({ status: "noted" }) as const)),
    };
    const packs = [enrichedPlants([archive.provider, filling.provider, careful.provider])];
    const noting = await openCatalog({ database, packs, queue });
    const may = await importPlant(noting, "may", ["archive"]);
    expect(await runOf(noting, may, "archive")).toMatchObject({ state: "queued", jobId: null });
    await noting.close();
    catalog = await openEnrichedPlants(database, [archive, filling, careful]);
    await catalog.jobs.work({ providers: ["archive"] });
    await expectEventually(() => runOf(catalog, may, "archive")).toMatchObject({ state: "not-found" });
  });
});
