import { expect, it } from "vitest";
import { createGate } from "../../src/jobs/gate.ts";
import { createLedger } from "../../src/jobs/ledger.ts";
import { openDatabase } from "../../src/store/database.ts";
import { createPostgresDatabase } from "../support/postgres-database.ts";
import { createJobProvider, openEnrichedPlants } from "./enriched-plants.ts";
import { importPlant, present, runOf } from "./flora.ts";

it("A run's end is noted by the attempt that is under way, and not by one that another worker has overtaken", async () => {
  const { url: location } = await createPostgresDatabase();
  const archive = createJobProvider("archive");
  const catalog = await openEnrichedPlants(location, [archive]);
  const itemId = await importPlant(catalog, "oak", ["archive"]);
  const id = present((await runOf(catalog, itemId, "archive"))?.jobId);
  const database = await openDatabase({ location });
  const [gate, ledger, executor] = [createGate(database), createLedger(database), database.kysely.withoutPlugins()];
  const job = { id, retryCount: 0, run: { itemId, kind: "flora.plant", provider: "archive", fresh: false } };
  for (const attempt of [1, 2])
    expect(await gate.takeUp(job, archive.provider)).toMatchObject({ status: "taken", attempt, probes: false });
  expect(await ledger.note(executor, [{ job, standing: { state: "failed" }, taken: 1 }])).toEqual([false]);
  expect(await runOf(catalog, itemId, "archive")).toMatchObject({ state: "running", attempt: 2 });
  expect(await ledger.note(executor, [{ job, standing: { state: "not-found" }, taken: 2 }])).toEqual([true]);
  expect(await ledger.note(executor, [{ job, standing: { state: "failed" }, taken: 2 }])).toEqual([false]);
  expect(await runOf(catalog, itemId, "archive")).toMatchObject({ state: "not-found", attempt: 2 });
  expect(await gate.takeUp(job, archive.provider)).toEqual({ status: "gone" });
  await database.close();
});
