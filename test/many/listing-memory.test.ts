import { PGlite } from "@electric-sql/pglite";
import { sql } from "kysely";
import { expect, it, vi } from "vitest";
import type { Catalog, ManyResult } from "../../src/index.ts";
import { openDatabase } from "../../src/store/database.ts";
import { readMigrations } from "../../src/store/migrate.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { plant } from "../support/spoken-provider.ts";
import { createListedGarden, type ListedGarden, openListedGardens, pagesOf } from "./listed-gardens.ts";

const kew = { garden: { id: "kew" } };
const ids = (count: number): string[] =>
  Array.from({ length: count }, (_none, index) => `plant ${String(index).padStart(4, "0")}`);

async function remembered(catalog: Catalog): Promise<{ listings: number; items: number }> {
  const { rows } = await sql<{ listings: number; items: number }>`
    select (select count(*)::int from accession.listing) as listings,
      (select count(*)::int from accession.listing_item) as items`.execute(catalog.kysely);
  return rows[0] ?? { listings: 0, items: 0 };
}

it("A page's statements carry no more than those of the pages before, however many these are", async () => {
  const listed = createListedGarden();
  await using catalog = await openListedGardens("memory:", listed);
  listed.pages = pagesOf(ids(400), 20);
  // All that PGlite is sent, the parameters of the statements included, goes through this.
  const sent = vi.spyOn(PGlite.prototype, "execProtocolRawSync");
  const bytes: number[] = [];
  listed.onPage = () => {
    bytes.push(sent.mock.calls.reduce((sum, [message]) => sum + message.length, 0));
    sent.mockClear();
  };
  const result = await catalog.importMany(plant, kew);
  sent.mockRestore();
  expect(result).toMatchObject({ status: "complete", pages: 20 });
  // Before the first page comes the garden; the first page has no record of the listing to name.
  const [second = 0, ...later] = bytes.slice(2);
  expect(second).toBeGreaterThan(10_000);
  expect(Math.max(...later)).toBeLessThan(second + 100);
});

describeOnDatabases("What a listing has seen", (database) => {
  async function open(listed: ListedGarden): Promise<Catalog> {
    return openListedGardens(await database.location(), listed);
  }
  async function plants(catalog: Catalog): Promise<number> {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from accession.relation where type = 'garden'`.execute(catalog.kysely);
    return rows[0]?.count ?? 0;
  }

  it("is remembered over a break, and forgotten when all is there", async () => {
    const listed = createListedGarden();
    await using catalog = await open(listed);
    listed.pages = pagesOf(ids(25), 5);
    await catalog.importMany(plant, kew);
    listed.pages = pagesOf(ids(22), 5);
    listed.breaksAt = 3;
    expect(await catalog.importMany(plant, kew)).toMatchObject({ status: "failed", done: 15 });
    expect(await remembered(catalog)).toEqual({ listings: 1, items: 15 });
    listed.breaksAt = undefined;
    expect(await catalog.importMany(plant, kew)).toMatchObject({ status: "complete", counts: { gone: 3 } });
    expect(await remembered(catalog)).toEqual({ listings: 0, items: 0 });
    expect(await plants(catalog)).toBe(22);
  });

  it("is forgotten when it begins anew, or has waited for too long", async () => {
    const listed = createListedGarden();
    await using catalog = await open(listed);
    const breakOff = async (options = {}): Promise<void> => {
      listed.pages = pagesOf(ids(20), 5);
      listed.breaksAt = 3;
      expect(await catalog.importMany(plant, kew, options)).toMatchObject({ status: "failed", done: 15 });
      listed.breaksAt = undefined;
      listed.pages = pagesOf(ids(4), 5);
    };
    await breakOff();
    await breakOff({ restart: true });
    expect(await remembered(catalog)).toEqual({ listings: 1, items: 15 });
    const anew = await catalog.importMany(plant, kew, { restart: true });
    expect(anew.counts).toMatchObject({ unchanged: 4, gone: 11 });
    expect(await remembered(catalog)).toEqual({ listings: 0, items: 0 });
    await breakOff();
    await sql`update accession.listing set updated_at = now() - interval '25 hours'`.execute(catalog.kysely);
    expect((await catalog.importMany(plant, kew)).counts).toMatchObject({ unchanged: 4, gone: 11 });
    expect(await remembered(catalog)).toEqual({ listings: 0, items: 0 });
  });

  it.each([{ restart: true }, { restart: false }])(
    "is not taken for gone where another run has ended the listing in the meantime (restart: $restart)",
    async (options) => {
      const listed = createListedGarden();
      await using catalog = await open(listed);
      listed.pages = pagesOf(ids(25), 5);
      let other: ManyResult | undefined;
      listed.onPage = async (index) => {
        if (index !== 3) return;
        listed.onPage = () => undefined;
        other = await catalog.importMany(plant, kew, options);
      };
      const result = await catalog.importMany(plant, kew);
      expect(other).toMatchObject({ status: "complete", done: 25, counts: { gone: 0 } });
      expect(result).toMatchObject({ status: "complete", done: 25, counts: { gone: 0 } });
      expect(await plants(catalog)).toBe(25);
      expect(await remembered(catalog)).toEqual({ listings: 0, items: 0 });
    },
  );

  it("goes on where an older version had kept it in a column", async () => {
    const location = await database.location();
    const { kysely, close } = await openDatabase({ location });
    await sql
      .raw(
        `drop table accession.listing_item;
        alter table accession.listing drop column id;
        alter table accession.listing add column seen uuid[] not null;
        insert into accession.listing (scope, started_at, done, refused, seen) values
          ('broken off', now(), 3, 0, '{${[1, 2, 2].map((digit) => `00000000-0000-7000-8000-00000000000${digit}`).join()}}'),
          ('a dump', now(), 3, 0, '{}')`,
      )
      .execute(kysely);
    const migration = (await readMigrations()).find((one) => one.version === 9);
    await sql.raw(migration?.script ?? "").execute(kysely);
    const { rows } = await sql`
      select l.scope, i.item_id::text as item from accession.listing l
      join accession.listing_item i on i.listing_id = l.id order by i.item_id`.execute(kysely);
    await close();
    expect(rows).toEqual([
      { scope: "broken off", item: "00000000-0000-7000-8000-000000000001" },
      { scope: "broken off", item: "00000000-0000-7000-8000-000000000002" },
    ]);
  });
});
