import { sql } from "kysely";
import { expect, it } from "vitest";
import { type Catalog, openCatalog } from "../../src/index.ts";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import { createPostgresDatabase } from "../support/postgres-database.ts";
import { expectEventually } from "./eventually.ts";
import { importPlant } from "./flora.ts";
import { expectLedgerMatchesJobs } from "./ledger-and-jobs.ts";
import { type Web, workedPlants } from "./worked-plants.ts";
import { startWorker } from "./worker-processes.ts";

/** Jobs that four workers are at, at most: two each of a provider. */
const atOnce = 8;
const unfinished = (catalog: Catalog) => () => catalog.jobs.list({ states: ["queued", "running", "failed", "dead"] });

/** A catalogue whose plants four worker processes enrich from the web, once the database is given. */
async function openWithWorkers(webs: readonly Web[]) {
  const { url: database } = await createPostgresDatabase();
  const catalog = await openCatalog({ database, packs: [workedPlants(1, () => undefined, webs)] });
  const start = async (): Promise<void> => {
    const workers = [1, 2, 3, 4].map(() =>
      startWorker({ database, metres: 1, webs, providers: webs.map((one) => one.name) }),
    );
    await Promise.all(workers.map((one) => one.printed("working\n")));
  };
  const fill = async (name: string, count: number, by = name): Promise<void> => {
    for (let plant = 1; plant <= count; plant += 1) await importPlant(catalog, `${name} ${plant}`, [by]);
  };
  return { catalog, start, fill };
}

it("Four workers together ask a source no faster than one alone may", async () => {
  const interval = 300;
  await using sandbox = await openSandbox();
  const { catalog, start, fill } = await openWithWorkers([{ name: "web", url: sandbox.url, interval }]);
  await start();
  // The first requests of a process are slow, and so late for their slots.
  await fill("warm-up", 8, "web");
  await expectEventually(unfinished(catalog), 60_000).toEqual([]);
  await fill("web", 24);
  await expectEventually(unfinished(catalog), 60_000).toEqual([]);
  // A process may be late for its slot, but nobody is ever ahead of it.
  const times = sandbox.requests.slice(-24).map((request) => request.time);
  expect(sandbox.requests).toHaveLength(8 + 24);
  const ahead = times.flatMap((from, index) => times.slice(index).map((to, steps) => steps * interval - (to - from)));
  expect(Math.max(...ahead)).toBeLessThan(interval + 100);
  await catalog.close();
}, 120_000);

it("A source that answers 503 and 429 with Retry-After is asked by nobody before, not by all at once, and no try is lost", async () => {
  const retryAfter = 3;
  await using sandbox = await openSandbox({ latency: 100 });
  sandbox.faults.add({ kind: "status", status: 503, retryAfter, times: 1 });
  sandbox.faults.add({ kind: "status", status: 429, retryAfter, times: 3 });
  const { catalog, start, fill } = await openWithWorkers([{ name: "web", url: sandbox.url, interval: 0 }]);
  await fill("web", 24);
  await start();
  await expectEventually(unfinished(catalog), 60_000).toEqual([]);
  const first = sandbox.requests[0]?.time ?? Number.NaN;
  const stormed = sandbox.requests.filter((request) => request.time < first + retryAfter * 1000);
  // Those that were under way when the first one was told.
  expect(stormed.length).toBeLessThanOrEqual(atOnce);
  for (const { path, time } of sandbox.requests.slice(stormed.length)) {
    const before = sandbox.requests.findLast((one) => one.path === path && one.time < time);
    expect(time - (before?.time ?? -Infinity)).toBeGreaterThanOrEqual(retryAfter * 1000);
  }
  const back = sandbox.requests.slice(stormed.length).map((request) => request.time);
  expect(Math.max(...back) - Math.min(...back)).toBeGreaterThan(300);
  const runs = await catalog.jobs.list({ provider: "web", states: ["contributed"] });
  expect(runs.map((one) => one.attempt)).toEqual(Array.from({ length: 24 }, () => 1));
  expect((await catalog.jobs.holds()).sources).toEqual([]);
  await expectLedgerMatchesJobs(catalog);
  await catalog.close();
}, 120_000);

it("A source that is down is left alone by all workers after five failures, and tried by one; others are not slowed", async () => {
  await using up = await openSandbox();
  await using down = await openSandbox({ faults: [{ kind: "status", status: 500 }] });
  const webs = [
    { name: "down", url: down.url, interval: 0 },
    { name: "up", url: up.url, interval: 0 },
  ];
  const { catalog, start, fill } = await openWithWorkers(webs);
  await fill("down", 20);
  await start();
  const held = async () => (await catalog.jobs.holds()).sources;
  await expectEventually(held).toMatchObject([{ source: "down", openUntil: expect.any(String) as unknown }]);
  const waiting = () => catalog.jobs.list({ provider: "down", states: ["queued"] });
  await expectEventually(async () => (await waiting()).filter((one) => one.nextAt !== null).length).toBe(20);
  const asked = down.requests.length;
  expect(asked).toBeGreaterThanOrEqual(5);
  expect(asked).toBeLessThan(5 + atOnce);
  await fill("up", 10);
  await expectEventually(() => catalog.jobs.list({ provider: "up" })).toEqual([]);
  expect(down.requests).toHaveLength(asked);
  const [opened] = await held();
  const wait = Date.parse(opened?.openUntil ?? "") - Date.now();
  expect(wait).toBeGreaterThan(20_000);
  expect(wait).toBeLessThan(60_000);

  // The time is over, and all jobs are due at once.
  down.faults.clear();
  down.faults.add({ kind: "latency", wait: 1_500, times: 1 });
  await sql`update accession.source_breaker set open_until = now()`.execute(catalog.kysely);
  await sql`update accession_jobs.job set start_after = now() where state = 'created'`.execute(catalog.kysely);
  await expectEventually(() => down.requests.length).toBe(asked + 1);
  await expectEventually(held).toEqual([]);
  const probed = down.requests[asked]?.time ?? Number.NaN;
  expect(down.requests.filter((one) => one.time > probed && one.time < probed + 1_450)).toEqual([]);
  await expectEventually(() => catalog.jobs.list({ provider: "down" }), 30_000).toEqual([]);
  expect(down.requests).toHaveLength(asked + 20);
  await expectLedgerMatchesJobs(catalog);
  await catalog.close();
}, 120_000);
