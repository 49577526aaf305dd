import { sql } from "kysely";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Catalog } from "../../src/index.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { createJobProvider, openEnrichedPlants } from "./enriched-plants.ts";
import { expectLedgerMatchesJobs } from "./ledger-and-jobs.ts";

/** More than two batches of filling. */
const plants = 4_500;

describeOnDatabases("A provider that is filled over thousands of items", ({ location }) => {
  const options = { provider: "filling", which: "missing" } as const;
  let catalog: Catalog;
  beforeEach(async () => {
    catalog = await openEnrichedPlants(await location(), [createJobProvider("filling")]);
    await sql`
      insert into accession.item (id, kind, title, attributes, name_keys)
      select gen_random_uuid(), 'flora.plant', name, jsonb_build_object('name', name), array[name]
      from (select 'plant ' || n as name from generate_series(1, ${plants}::integer) n) p`.execute(catalog.kysely);
  });
  afterEach(async () => {
    await expectLedgerMatchesJobs(catalog);
    await catalog.close();
  });

  async function waiting(): Promise<number> {
    const jobs = sql<{ jobs: number }>`
      select count(distinct singleton_key)::integer as jobs from accession_jobs.job where name = 'filling'`;
    return (await jobs.execute(catalog.kysely)).rows[0]?.jobs ?? 0;
  }

  it("has a job for each, also after a break and up to a limit", async () => {
    const breaks = new AbortController();
    const { signal } = breaks;
    const broken = await catalog.jobs.backfill({ ...options, signal, onProgress: () => breaks.abort() });
    expect(broken).toEqual({ total: plants, enqueued: 2_000 });
    expect(await waiting()).toBe(2_000);

    const progress: unknown[] = [];
    const onProgress = (...told: readonly number[]): void => void progress.push(told);
    expect(await catalog.jobs.backfill({ ...options, limit: 2_100, onProgress })).toEqual({
      total: 2_100,
      enqueued: 2_100,
    });
    expect(progress).toEqual([
      [2_000, 2_100],
      [2_100, 2_100],
    ]);
    expect(await catalog.jobs.backfill(options)).toEqual({ total: 400, enqueued: 400 });
    expect(await waiting()).toBe(plants);
  });

  it("is filled up to a limit past those that have a job which the ledger has forgotten", async () => {
    await catalog.jobs.backfill({ ...options, limit: 100 });
    await sql`delete from accession.provider_run`.execute(catalog.kysely);
    expect(await catalog.jobs.backfill({ ...options, limit: 500 })).toEqual({ total: 500, enqueued: 500 });
    expect(await waiting()).toBe(600);
  });

  it("has one job for each that two calls at once come upon, and a limit counts those of its own call", async () => {
    const limit = 3_000;
    const both = await Promise.all([1, 2].map(() => catalog.jobs.backfill({ ...options, limit })));
    expect(both.map((one) => one.enqueued <= limit)).toEqual([true, true]);
    expect(both.reduce((sum, one) => sum + one.enqueued, 0)).toBe(plants);
    expect(await waiting()).toBe(plants);
  });
});
