import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { type Kysely, sql } from "kysely";
import { Client } from "pg";
import { expect, it } from "vitest";
import { dumpSchema } from "../../scripts/dump-schema.ts";
import { openDatabase } from "../../src/store/database.ts";
import { lockFile } from "../../src/store/folder-lock.ts";
import { readMigrations } from "../../src/store/migrate.ts";
import { findSeed } from "../../src/store/seed.ts";
import type { Tables } from "../../src/store/tables.ts";
import { startScript } from "../support/child-script.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { createPostgresDatabase } from "../support/postgres-database.ts";
import { createTemporaryFolder } from "../support/temporary-folder.ts";

const holdDatabase = new URL("scripts/hold-database.ts", import.meta.url);

describeOnDatabases("Migrations", ({ location }) => {
  it("make what schema.sql says", async () => {
    const { kysely, close } = await openDatabase({ location: await location() });
    const committed = await readFile(new URL("../../src/store/schema.sql", import.meta.url), "utf8");
    const dump = await dumpSchema(kysely, "accession");
    await close();
    expect(committed.slice(committed.indexOf("create table"))).toBe(dump);
  });

  it("make the same in a schema of another name", async () => {
    const where = await location();
    const standard = await openDatabase({ location: where });
    const dump = await dumpSchema(standard.kysely, "accession");
    await standard.close();
    const other = await openDatabase({ location: where, schema: "other" });
    expect(await dumpSchema(other.kysely, "other")).toBe(dump.replaceAll("accession.", "other."));
    await other.close();
  });

  it("are listed in the database", async () => {
    const { kysely, close } = await openDatabase({ location: await location() });
    const { rows } = await sql`select version, name from accession.migration order by version`.execute(kysely);
    await close();
    const known = await readMigrations();
    expect(rows).toEqual(known.map(({ version, name }) => ({ version, name })));
  });

  it("of a newer version are refused, and left alone", async () => {
    const where = await location();
    const first = await openDatabase({ location: where });
    await sql`insert into accession.migration (version, name) values (9000, 'future')`.execute(first.kysely);
    await first.close();
    await expect(openDatabase({ location: where })).rejects.toMatchObject({
      code: "database-newer",
      message: expect.stringContaining("9000") as unknown,
    });
    // A refused folder is not kept locked.
    await expect(openDatabase({ location: where })).rejects.toMatchObject({ code: "database-newer" });
  });
});

it("An older catalogue shows of its items what it showed before, to whoever might read it, and says what is in the way", async () => {
  const { url: location } = await createPostgresDatabase();
  const client = new Client({ connectionString: location });
  await client.connect();
  await client.query(`create schema library;
    create table library.migration (version integer primary key, name text, applied_at timestamptz default now())`);
  for (const { version, name, script } of (await readMigrations()).slice(0, 10)) {
    await client.query(script.replaceAll("accession.", "library."));
    await client.query("insert into library.migration (version, name) values ($1, $2)", [version, name]);
  }
  const [floyd, nobody] = ["00000000-0000-7000-8000-000000000001", "00000000-0000-7000-8000-000000000002"];
  await client.query(`
    insert into library.item (id, kind, title, attributes, name_keys) values
      ('${floyd}', 'music.artist', 'Pink Floyd', '{}', '{pink floyd}'), ('${nobody}', 'music.artist', 'Nobody', '{}', '{nobody}');
    insert into library.link (item_id, type, url, attributes, position, provider) values
      ('${floyd}', 'wikidata', 'https://www.wikidata.org/wiki/Q2306', '{"ended": true}', 2, 'musicbrainz'),
      ('${floyd}', 'official homepage', 'https://www.pinkfloyd.com/', '{}', 1, 'person');
    insert into library.category (item_id, type, key, name, weight, position, provider) values
      ('${floyd}', 'genre', 'space rock', 'Space Rock', 4.5, 2, 'musicbrainz'),
      ('${floyd}', 'genre', 'progressive rock', 'Progressive Rock', 31, 1, 'musicbrainz'),
      ('${floyd}', 'location', 'london', 'London', null, 3, 'person')`);
  const shown = async (from: Pick<Client, "query">): Promise<unknown[]> => {
    const links = "select item_id, type, url, attributes, position, provider from library.link order by position";
    const categories =
      "select item_id, type, key, name, weight, position, provider from library.category order by position";
    return [(await from.query(links)).rows, (await from.query(categories)).rows];
  };
  await client.query(`create role reader; grant usage on schema library to reader; grant select on library.category to reader;
    create view own as select item_id, name from library.category`);
  const before = await shown(client);
  expect(before.map((rows) => (rows as unknown[]).length)).toEqual([2, 3]);
  await expect(openDatabase({ location, schema: "library" })).rejects.toMatchObject({
    code: "configuration-invalid",
    message: expect.stringContaining("view own depends on table library.category") as unknown,
    remedy: expect.stringContaining("Drop it") as unknown,
  });
  await client.query("drop view own");
  const { kysely, close } = await openDatabase({ location, schema: "library" });
  expect(await shown(client)).toEqual(before);
  const { rows } = await sql`select links, categories from library.item where id = ${nobody}`.execute(kysely);
  expect(rows).toEqual([{ links: [], categories: [] }]);
  await client.query("set role reader");
  expect((await client.query("select from library.category")).rowCount).toBe(3);
  await client.query("reset role; drop owned by reader; drop role reader");
  await close();
  await client.end();
});

it("Processes that open a new PostgreSQL database at once all succeed", async () => {
  const { url } = await createPostgresDatabase();
  const scripts = Array.from({ length: 8 }, () => startScript(holdDatabase, [url]));
  for (const script of scripts) script.stdin.end();
  for (const script of scripts) expect(await script.ended()).toMatchObject({ code: 0, stderr: "" });
  const { kysely, close } = await openDatabase({ location: url });
  const { rows } = await sql<{ count: number }>`select count(*) from accession.migration`.execute(kysely);
  await close();
  expect(rows[0]?.count).toBe((await readMigrations()).length);
});

it("Openings of a new PostgreSQL database at once in one process all succeed", async () => {
  const { url } = await createPostgresDatabase();
  const databases = await Promise.all(Array.from({ length: 8 }, () => openDatabase({ location: url })));
  expect(databases).toHaveLength(8);
  await Promise.all(databases.map((database) => database.close()));
});

it("A user who may not make schemas can use one that was made for them", async () => {
  const { url } = await createPostgresDatabase();
  const administrator = await openDatabase({ location: url, schema: "own" });
  const run = (statement: string): Promise<unknown> => sql.raw(statement).execute(administrator.kysely);
  await run(`create role clerk login password 'clerk'`);
  const { pathname } = new URL(url);
  const location = Object.assign(new URL(url), { username: "clerk", password: "clerk" }).href;
  await expect(openDatabase({ location })).rejects.toMatchObject({
    code: "configuration-invalid",
    message: expect.stringContaining(`permission denied for database ${pathname.slice(1)}`) as unknown,
  });
  await run("create schema accession authorization clerk");
  await (await openDatabase({ location })).close();
  await run("drop owned by clerk; drop role clerk");
  await administrator.close();
});

it("A PGlite folder from the seed is the same as one made without", async () => {
  expect(await findSeed()).toBeDefined();
  const seeded = await createTemporaryFolder();
  const unseeded = await createTemporaryFolder();
  await mkdir(join(unseeded, "pgdata"));
  await (await PGlite.create({ dataDir: join(unseeded, "pgdata") })).close();
  await writeFile(join(unseeded, lockFile), "");
  const [first, second] = [await openDatabase({ location: seeded }), await openDatabase({ location: unseeded })];
  expect(await describeServer(first.kysely)).toEqual(await describeServer(second.kysely));
  expect(await dumpSchema(first.kysely, "accession")).toBe(await dumpSchema(second.kysely, "accession"));
  await first.close();
  await second.close();
});

/** Everything about a server that could change how a statement behaves. */
async function describeServer(kysely: Kysely<Tables>): Promise<unknown> {
  const settings = await sql`select name, setting from pg_settings order by name`.execute(kysely);
  const databases = await sql`
    select datname, encoding, datcollate, datctype, datlocprovider, datlocale from pg_database order by datname`.execute(
    kysely,
  );
  const extensions = await sql`select extname, extversion from pg_extension order by extname`.execute(kysely);
  return [settings.rows, databases.rows, extensions.rows];
}
