import { expect, it } from "vitest";
import { openCatalog } from "../../src/index.ts";
import { createCatalogueFolder } from "../support/databases.ts";
import { createPostgresDatabase } from "../support/postgres-database.ts";
import { importPlant, runOf } from "./flora.ts";
import { expectEventually } from "./eventually.ts";
import { expectLedgerMatchesJobs } from "./ledger-and-jobs.ts";
import { workedPlants } from "./worked-plants.ts";
import { startWorker } from "./worker-processes.ts";

it("A worker that is told to stop ends what it can in time, hands back the rest unspent, and is gone in 10 s", async () => {
  const { url: database } = await createPostgresDatabase();
  await using catalog = await openCatalog({ database, packs: [workedPlants(1)] });
  const long = await importPlant(catalog, "long", ["archive"]);
  const child = startWorker({ database, metres: 1 });
  await child.printed("asked long\n");
  const short = await importPlant(catalog, "short", ["archive"]);
  await child.printed("asked short\n");
  const told = performance.now();
  process.kill(child.pid, "SIGTERM");
  // Enqueued while it stops: for others to run.
  const later = await importPlant(catalog, "later", ["archive"]);
  const { code, stdout } = await child.ended();
  expect(performance.now() - told).toBeLessThan(10_000);
  expect({ code, isClosed: stdout.endsWith("closed\n") }).toEqual({ code: 0, isClosed: true });
  expect(stdout).not.toContain("asked later");
  expect(await runOf(catalog, short, "archive")).toMatchObject({ state: "contributed", attempt: 1 });
  expect(await runOf(catalog, later, "archive")).toMatchObject({ state: "queued", attempt: 0 });
  expect(await runOf(catalog, long, "archive")).toMatchObject({
    state: "queued",
    attempt: 0,
    error: { code: "held-back", message: "its worker was stopped" },
  });
  await expectLedgerMatchesJobs(catalog);
  // At once, and not once a worker has been found dead.
  const next = startWorker({ database, metres: 1, providers: ["archive"] });
  const begun = performance.now();
  await next.printed("asked long\n");
  expect(performance.now() - begun).toBeLessThan(8_000);
}, 60_000);

it("A worker on a folder that is told to stop does the same, and the folder is free for the next one", async () => {
  const database = await createCatalogueFolder();
  // Nobody else may import while it has the folder.
  const child = startWorker({
    database,
    metres: 1,
    plants: ["slow", "long"].map((id) => ({ id, provider: "archive" })),
  });
  await Promise.all([child.printed("asked slow\n"), child.printed("asked long\n")]);
  const told = performance.now();
  process.kill(child.pid, "SIGTERM");
  const { code, stdout } = await child.ended();
  expect(performance.now() - told).toBeLessThan(10_000);
  expect({ code, isClosed: stdout.endsWith("closed\n") }).toEqual({ code: 0, isClosed: true });
  {
    await using catalog = await openCatalog({ database, packs: [workedPlants(1)] });
    const ids = { slow: await importPlant(catalog, "slow", []), long: await importPlant(catalog, "long", []) };
    expect(await runOf(catalog, ids.slow, "archive")).toMatchObject({ state: "contributed", attempt: 1 });
    expect((await catalog.get(ids.slow))?.attributes).toMatchObject({ height: 1 });
    expect(await runOf(catalog, ids.long, "archive")).toMatchObject({
      state: "queued",
      attempt: 0,
      error: { code: "held-back", message: "its worker was stopped" },
    });
    await expectLedgerMatchesJobs(catalog);
  }
  const next = startWorker({ database, metres: 1 });
  await next.printed("asked long\n");
  expect((await next.kill()).stdout).not.toContain("asked slow");
}, 60_000);

it.each([
  { where: "while it asked its source", id: "slow", icy: undefined, frozen: "asked slow\n" },
  { where: "in the middle of its transaction", id: "oak", icy: "written", frozen: "step written\n" },
] as const)(
  "A worker that was frozen $where, and whose job another has run meanwhile, changes nothing, and goes on",
  async ({ id, icy, frozen }) => {
    const { url: database } = await createPostgresDatabase();
    await using catalog = await openCatalog({ database, packs: [workedPlants(2)] });
    const item = await importPlant(catalog, id, ["risky"]);
    const child = startWorker({ database, metres: 1, providers: ["risky"], ...(icy && { icy }) });
    await child.printed(frozen);
    // Where it freezes itself, only it may. A second SIGSTOP from here might reach it between its line and its own, which
    // it would then send itself after SIGCONT: frozen again, and for good.
    if (icy === undefined) process.kill(child.pid, "SIGSTOP");
    const worker = await catalog.jobs.work({ providers: ["risky"] });
    await expectEventually(() => runOf(catalog, item, "risky"), 90_000).toMatchObject({
      state: "contributed",
      attempt: 2,
    });
    await worker.close();
    const before = [await catalog.get(item), await runOf(catalog, item, "risky")];
    expect(before[0]).toMatchObject({ attributes: { height: 2 }, version: 2 });
    process.kill(child.pid, "SIGCONT");
    const elm = await importPlant(catalog, "elm", ["risky"]);
    await expectEventually(() => runOf(catalog, elm, "risky"), 30_000).toMatchObject({ state: "contributed" });
    expect((await catalog.get(elm))?.attributes).toMatchObject({ height: 1 });
    expect([await catalog.get(item), await runOf(catalog, item, "risky")]).toEqual(before);
    const { stdout } = await child.kill();
    expect(stdout).toContain(`run-settled ${elm}\n`);
    expect(stdout).not.toContain(`run-settled ${item}\n`);
    await expectLedgerMatchesJobs(catalog);
  },
  150_000,
);
