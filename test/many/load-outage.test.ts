import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type PostgresServer, startPostgresServer } from "../support/postgres-server.ts";
import { plant } from "../support/spoken-provider.ts";
import { createListedGarden, listedPlant, openListedGardens } from "./listed-gardens.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgresServer();
});
afterAll(() => server.stop());

/** Documents of so many plants; before one of them, something is waited for. */
async function* documents(count: number, before = -1, wait?: () => Promise<void>): AsyncGenerator<string> {
  for (let index = 0; index < count; index += 1) {
    if (index === before) await wait?.();
    yield JSON.stringify(listedPlant(`plant ${index}`));
  }
}

it("a load whose PostgreSQL crashes has all that it has noted, goes on from there, and is whole", async () => {
  await using catalog = await openListedGardens(server.url, createListedGarden());
  const load = { name: "plants", batch: 25 };
  const crash = () => server.crash();
  const first = await catalog.load(plant, documents(2_000, 1_500, crash), load);
  expect(first).toMatchObject({ status: "failed", error: { code: "database-unavailable" } });
  await server.restart();

  const stands = sql<{ noted: number; stored: number }>`
    select l.position::integer as noted,
      (select count(*)::integer from accession.identifier i
        where i.scheme = 'flora.plant' and split_part(i.value, ' ', 2)::integer < l.position::integer) as stored
    from accession.listing l`;
  const { rows } = await stands.execute(catalog.kysely);
  expect(rows).toEqual([{ noted: expect.any(Number), stored: rows[0]?.noted }]);
  expect(rows[0]?.noted).toBeGreaterThan(0);

  const second = await catalog.load(plant, documents(2_000), load);
  expect(second).toMatchObject({ status: "complete", done: 2_000 });
  const kinds = sql`select kind, count(*)::integer as items from accession.item group by kind order by kind`;
  expect((await kinds.execute(catalog.kysely)).rows).toEqual([
    { kind: "flora.garden", items: 1 },
    { kind: "flora.plant", items: 2_000 },
  ]);
});
