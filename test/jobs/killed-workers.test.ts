import { sql } from "kysely";
import { expect, it } from "vitest";
import { type ImportStep, openCatalog } from "../../src/index.ts";
import { runStates } from "../../src/engine/run.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { createPostgresDatabase } from "../support/postgres-database.ts";
import { expectEventually } from "./eventually.ts";
import { expectLedgerMatchesJobs } from "./ledger-and-jobs.ts";
import { deadlyAt, jobSteps, workedPlants } from "./worked-plants.ts";
import { startWorker } from "./worker-processes.ts";

/** Steps by which the run has ended: what comes after is nobody's loss. */
const over: readonly ImportStep[] = ["committed", "job-ended"];

describeOnDatabases("A worker that is killed", ({ name, location }) => {
  it("at any step of a job leaves it to another one, which ends it, and its effect is there once", async () => {
    const database = await location();
    // Opened once so that its tables are there: on PostgreSQL, the workers start two at a time.
    await (await openCatalog({ database, packs: [workedPlants(1)] })).close();
    const waiting = [...jobSteps];
    const killEach = async (): Promise<void> => {
      for (let step = waiting.shift(); step; step = waiting.shift()) {
        const provider = deadlyAt(step);
        const plants = [{ id: step, provider }];
        const child = startWorker({ database, metres: 1, plants, providers: [provider], deadly: step });
        const { signal, stdout, stderr } = await child.ended();
        expect({ step, signal, stderr }).toEqual({ step, signal: "SIGKILL", stderr: "" });
        const index = jobSteps.indexOf(step);
        const told = [...stdout.matchAll(/^step (.*)$/gm)].map((match) => match[1]);
        expect(told, `before ${step}`).toEqual(jobSteps.slice(0, index));
      }
    };
    await Promise.all(Array.from({ length: name === "postgres" ? 2 : 1 }, killEach));

    await using catalog = await openCatalog({ database, packs: [workedPlants(1)] });
    await expectLedgerMatchesJobs(catalog);
    const runs = async () => {
      const listed = await catalog.jobs.list({ states: runStates, limit: 1_000 });
      return listed.filter(({ provider }) => provider !== "flora");
    };
    const before = await runs();
    expect(Object.fromEntries(before.map(({ title, state }) => [title, state]))).toEqual(
      Object.fromEntries(jobSteps.map((step) => [step, over.includes(step) ? "contributed" : "running"])),
    );
    await catalog.jobs.work();
    const isOver = jobSteps.map((step) => ({
      title: step,
      state: "contributed",
      attempt: over.includes(step) ? 1 : 2,
    }));
    await expectEventually(
      async () => (await runs()).map(({ title, state, attempt }) => ({ title, state, attempt })).toSorted(byTitle),
      60_000,
    ).toEqual(isOver.toSorted(byTitle));
    await expectLedgerMatchesJobs(catalog);
    const effects = sql`
      select i.title, i.version, i.attributes ->> 'height' as height,
        (select count(*)::int from accession.contribution c where c.item_id = i.id and c.provider <> 'flora') as said
      from accession.item i order by i.title collate "C"`;
    expect((await effects.execute(catalog.kysely)).rows).toEqual(
      [...jobSteps].toSorted().map((title) => ({ title, version: 2, height: "1", said: 1 })),
    );
  }, 180_000);
});

it("A worker that is killed between the end of a run and that of its job leaves nothing to do", async () => {
  const { url: database } = await createPostgresDatabase();
  const provider = deadlyAt("run-ended");
  const plants = [{ id: "unknown", provider }];
  const child = startWorker({ database, metres: 1, plants, providers: [provider], deadly: "run-ended" });
  expect(await child.ended()).toMatchObject({ signal: "SIGKILL", stderr: "" });
  const asked: string[] = [];
  await using catalog = await openCatalog({ database, packs: [workedPlants(1, (id) => asked.push(id))] });
  const run = async () => (await catalog.jobs.list({ provider, states: runStates }))[0];
  const before = await run();
  expect(before).toMatchObject({ state: "not-found", attempt: 1 });
  const live = async () =>
    (
      await sql`select state from accession_jobs.job where name = ${provider} and state < 'completed'`.execute(
        catalog.kysely,
      )
    ).rows;
  expect(await live()).toEqual([{ state: "active" }]);
  await catalog.jobs.work();
  await expectEventually(live, 60_000).toEqual([]);
  expect(await run()).toEqual(before);
  expect(asked).toEqual([]);
  await expectLedgerMatchesJobs(catalog);
}, 120_000);

function byTitle(left: { readonly title: string }, right: { readonly title: string }): number {
  return left.title < right.title ? -1 : 1;
}
