import { sql } from "kysely";
import { afterEach, beforeAll, expect, it } from "vitest";
import { type Catalog, contributed, type Projection } from "../../src/index.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { plant } from "../support/spoken-provider.ts";
import { expectEventually } from "./eventually.ts";
import { createHalt, createJobProvider, openEnrichedPlants } from "./enriched-plants.ts";
import { height, importPlant, runOf } from "./flora.ts";
import { expectLedgerMatchesJobs } from "./ledger-and-jobs.ts";

describeOnDatabases("Between import and job", ({ location }) => {
  const archive = createJobProvider("archive", { job: { concurrency: 4 } });
  const other = createJobProvider("other");
  let refuses = false;
  const shelf: Projection<never> = {
    name: "shelf",
    kind: plant.name,
    project: () => (refuses ? Promise.reject(new Error("the shelf is full")) : Promise.resolve()),
  };
  let catalog: Catalog;
  beforeAll(async () => {
    catalog = await openEnrichedPlants(await location(), [archive, other], { projections: [shelf] });
  });
  afterEach(async () => {
    refuses = false;
    await expectLedgerMatchesJobs(catalog);
  });

  it("a save that is undone leaves neither a job nor a place in the ledger", async () => {
    refuses = true;
    await expect(importPlant(catalog, "oak", ["archive"])).rejects.toMatchObject({ code: "projection-failed" });
    const left = sql`
      select from accession_jobs.job where name = 'archive' union all select from accession.provider_run`;
    expect((await left.execute(catalog.kysely)).rows).toEqual([]);
  });

  it("an item may change: the job sees it as it is when it runs, and its person's word stands", async () => {
    const seen = Promise.withResolvers<unknown>();
    archive.does.set("elm", async ({ item }) => {
      seen.resolve(item?.attributes);
      return contributed({ attributes: { height: 1, family: "Rosaceae" } });
    });
    const elm = await importPlant(catalog, "elm", ["archive"]);
    await catalog.edit<typeof plant>(elm, { attributes: { family: "Ulmaceae" } });
    const worker = await catalog.jobs.work();
    expect(await seen.promise).toMatchObject({ name: "elm", family: "Ulmaceae" });
    await expectEventually(() => runOf(catalog, elm, "archive")).toMatchObject({ state: "contributed" });
    expect((await catalog.get(elm))?.attributes).toEqual({ name: "elm", family: "Ulmaceae", height: 1 });
    await worker.close();
  });

  it("an item that was merged into another is skipped, and its provider not asked", async () => {
    const [kept, dropped] = [await importPlant(catalog, "ash", []), await importPlant(catalog, "rowan", ["archive"])];
    await catalog.mergeItems(kept, dropped);
    const worker = await catalog.jobs.work();
    const why = { message: `the item was merged into ${kept}` };
    await expectEventually(() => runOf(catalog, dropped, "archive")).toMatchObject({ state: "skipped", error: why });
    expect(archive.asked).not.toContain("rowan");
    await worker.close();
  });

  it("however often it is forced, an item has one job of a provider, and a new one once that is over", async () => {
    const halt = createHalt();
    archive.does.set("fir", async () => {
      await halt.wait();
      return height(40);
    });
    const fir = await importPlant(catalog, "fir", ["archive"]);
    const force = (): Promise<unknown> =>
      Promise.all(Array.from({ length: 5 }, () => importPlant(catalog, "fir", ["archive"])));
    await force();
    const worker = await catalog.jobs.work();
    await halt.reached;
    await force();
    const jobs = sql`select from accession_jobs.job where name = 'archive' and singleton_key = ${fir}`;
    expect((await jobs.execute(catalog.kysely)).rows).toHaveLength(1);
    expect(await runOf(catalog, fir, "archive")).toMatchObject({ state: "running", attempt: 1 });
    halt.open();
    await expectEventually(() => runOf(catalog, fir, "archive")).toMatchObject({ state: "contributed" });
    expect(archive.asked.filter((id) => id === "fir")).toHaveLength(1);
    await importPlant(catalog, "fir", ["archive"]);
    await expectEventually(() => archive.asked.filter((id) => id === "fir").length).toBe(2);
    await expectEventually(() => runOf(catalog, fir, "archive")).toMatchObject({ state: "contributed" });
    await worker.close();
  });

  it("a provider that was forgotten is not asked by the job that it had, unless it is wanted again", async () => {
    archive.does.set("yew", () => Promise.resolve(height(12)));
    archive.does.set("box", () => Promise.resolve(height(2)));
    const [yew, box] = [await importPlant(catalog, "yew", ["archive"]), await importPlant(catalog, "box", ["archive"])];
    for (const one of [yew, box]) await catalog.forget(one, "archive");
    await importPlant(catalog, "box", ["archive"]);
    expect(await runOf(catalog, box, "archive")).toMatchObject({ state: "queued", attempt: 0 });
    const worker = await catalog.jobs.work();
    await expectEventually(() => runOf(catalog, box, "archive")).toMatchObject({ state: "contributed", attempt: 1 });
    const live = sql`select from accession_jobs.job where name = 'archive' and state < 'completed'`;
    await expectEventually(async () => (await live.execute(catalog.kysely)).rows).toEqual([]);
    expect(archive.asked).not.toContain("yew");
    await worker.close();
  });

  it("a worker at the head of a queue of one provider leaves the others to other workers", async () => {
    const ivy = await importPlant(catalog, "ivy", ["archive", "other"]);
    const worker = await catalog.jobs.work({ providers: ["other"] });
    await expectEventually(() => runOf(catalog, ivy, "other")).toMatchObject({ state: "not-found" });
    expect(await runOf(catalog, ivy, "archive")).toMatchObject({ state: "queued" });
    await worker.close();
    await expect(catalog.jobs.work({ providers: ["nobody"] })).rejects.toMatchObject({ code: "provider-unknown" });
  });

  it("a save that a projection refuses ends the run, and tells why", async () => {
    archive.does.set("may", () => Promise.resolve(height(4)));
    const may = await importPlant(catalog, "may", ["archive"]);
    refuses = true;
    const worker = await catalog.jobs.work();
    await expectEventually(() => runOf(catalog, may, "archive")).toMatchObject({
      state: "failed",
      error: { code: "projection-failed", message: expect.stringContaining("the shelf is full") as unknown },
    });
    expect((await catalog.get(may))?.attributes).toEqual({ name: "may" });
    await worker.close();
  });
});
