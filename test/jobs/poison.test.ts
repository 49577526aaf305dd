import { once } from "node:events";
import { expect, it } from "vitest";
import { openCatalog } from "../../src/index.ts";
import { createPostgresDatabase } from "../support/postgres-database.ts";
import { importPlant, runOf } from "./flora.ts";
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
