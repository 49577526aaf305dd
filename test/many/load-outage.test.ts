import { sql } from "kysely";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Catalog, ManyResult } from "../../src/index.ts";
import { type PostgresServer, startPostgresServer } from "../support/postgres-server.ts";
import { plant } from "../support/spoken-provider.ts";
import { createListedGarden, listedPlant, openListedGardens } from "./listed-gardens.ts";

let server: PostgresServer;
beforeEach(async () => {
  server = await startPostgresServer();
});
afterEach(() => server.stop());

const load = { name: "plants", batch: 25 };

/** Documents of so many plants; something is waited for when so many have been read. */
async function* documents(count: number, after?: number, wait?: () => Promise<void>): AsyncGenerator<string> {
  for (let index = 0; index < count; index += 1) {
    yield JSON.stringify(listedPlant(`plant ${index}`));
    if (index + 1 === after) await wait?.();
  }
}

/**
 * Loads 2,000 plants from a file that, once so many are saved and noted, does not go on before something has happened: then
 * no statement is under way that a crash would break. Progress is told before it is noted, and does not say so.
 */
async function loadUntil(catalog: Catalog, saved: number, happens: () => Promise<void>): Promise<ManyResult> {
  const listing = sql<{ position: number }>`select position::integer from accession.listing`;
  const noted = async (): Promise<number | undefined> => (await listing.execute(catalog.kysely)).rows[0]?.position;
  const lines = documents(2_000, saved, async () => {
    await expect.poll(noted, { timeout: 30_000, interval: 5 }).toBe(saved);
    await happens();
  });
  return catalog.load(plant, lines, load);
}

async function itemsOf(catalog: Catalog): Promise<unknown> {
  const items = sql`select kind, count(*)::integer as items from accession.item group by kind order by kind`;
  return (await items.execute(catalog.kysely)).rows;
}
const all = [
  { kind: "flora.garden", items: 1 },
  { kind: "flora.plant", items: 2_000 },
];

it("a load whose PostgreSQL crashes has all that it has noted, goes on from there, and is whole", async () => {
  await using catalog = await openListedGardens(server.url, createListedGarden());
  const crash = () => server.crash();
  const first = await catalog.load(plant, documents(2_000, 1_500, crash), load);
  expect(first).toMatchObject({ status: "failed", error: { code: "database-unavailable" } });
  await server.restart();

  const stands = sql<{ noted: number; stored: number }>`
    select l.position::integer as noted, (
      select count(*)::integer from accession.identifier i, generate_series(0, l.position::integer - 1) n
      where i.scheme = 'flora.plant' and i.value = 'plant ' || n) as stored
    from accession.listing l`;
  const { rows } = await stands.execute(catalog.kysely);
  expect(rows).toEqual([{ noted: expect.any(Number), stored: rows[0]?.noted }]);
  expect(rows[0]?.noted).toBeGreaterThan(0);

  expect(await catalog.load(plant, documents(2_000), load)).toMatchObject({ status: "complete", done: 2_000 });
  expect(await itemsOf(catalog)).toEqual(all);
});

it("a load that does not notice a crash, since it waits for its file, has all that was saved before", async () => {
  await using catalog = await openListedGardens(server.url, createListedGarden());
  const { status } = await loadUntil(catalog, 1_500, async () => {
    await server.crash();
    await server.restart();
  });
  expect(status).toBe("complete");
  expect(await itemsOf(catalog)).toEqual(all);
});

it("a load that cannot forget its place at its end has failed, and is complete the next time", async () => {
  await using catalog = await openListedGardens(server.url, createListedGarden());
  const first = await loadUntil(catalog, 2_000, () => server.crash());
  expect(first).toMatchObject({ status: "failed", done: 2_000, error: { code: "database-unavailable" } });
  await server.restart();
  expect(await catalog.load(plant, documents(2_000), load)).toMatchObject({ status: "complete", done: 2_000 });
  expect(await itemsOf(catalog)).toEqual(all);
});
