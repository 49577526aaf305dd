import { expect, it } from "vitest";
import { AccessionError, notFound } from "../../src/index.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { expectEventually } from "./eventually.ts";
import { createJobProvider, openEnrichedPlants } from "./enriched-plants.ts";
import { height, importPlant, runOf } from "./flora.ts";
import { expectLedgerMatchesJobs } from "./ledger-and-jobs.ts";

describeOnDatabases("A worker for one item", ({ location }) => {
  it("runs that item's jobs to their end, tries again what fails, and leaves alone all that waited before", async () => {
    const archive = createJobProvider("archive", { job: { concurrency: 2 } });
    const catalog = await openEnrichedPlants(await location(), [archive]);
    for (const plant of ["elm", "ash", "yew"]) await importPlant(catalog, plant, ["archive"]);
    let tries = 0;
    archive.does.set("oak", async () => {
      tries += 1;
      if (tries < 3) throw new AccessionError("source-unavailable", "Nobody answers", { retryable: true });
      return height(1);
    });
    const oak = await importPlant(catalog, "oak", ["archive"]);
    const worker = await catalog.jobs.work({ items: [oak] });
    expect(await catalog.jobs.wait(oak)).toContainEqual(
      expect.objectContaining({ provider: "archive", state: "contributed", attempt: 3 }),
    );
    await worker.drained();
    await worker.close();
    expect(archive.asked).toEqual(["oak", "oak", "oak"]);
    await expectLedgerMatchesJobs(catalog);
  });

  it("is not the only one to hurry: others take that item's jobs first as well", async () => {
    const archive = createJobProvider("archive", { job: { concurrency: 1 } });
    const catalog = await openEnrichedPlants(await location(), [archive]);
    for (const plant of ["elm", "ash"]) await importPlant(catalog, plant, ["archive"]);
    archive.does.set("oak", () => Promise.resolve(notFound));
    const oak = await importPlant(catalog, "oak", ["archive"]);
    // Somebody has begun to wait, and is gone.
    await (await catalog.jobs.work({ items: [oak], providers: [] })).close();
    await catalog.jobs.work();
    await expectEventually(() => archive.asked.length).toBe(3);
    expect(archive.asked).toEqual(["oak", "elm", "ash"]);
    await expectEventually(async () => (await runOf(catalog, oak, "archive"))?.state).toBe("not-found");
  });
});
