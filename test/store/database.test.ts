import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inspect } from "node:util";
import { sql } from "kysely";
import { expect, inject, it, onTestFinished, vi } from "vitest";
import { AccessionError } from "../../src/engine/errors.ts";
import { asDatabaseError } from "../../src/store/database-error.ts";
import { type Database, type DatabaseOptions, openDatabase } from "../../src/store/database.ts";
import { requireServer } from "../../src/store/migrate.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { createPostgresDatabase } from "../support/postgres-database.ts";
import { createTemporaryFolder } from "../support/temporary-folder.ts";

async function openForTest(options: DatabaseOptions): Promise<Database> {
  const database = await openDatabase(options);
  onTestFinished(() => database.close());
  return database;
}

async function refusal(work: Promise<unknown>): Promise<AccessionError> {
  const error: unknown = await work.then(
    () => expect.fail("it was not refused"),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(AccessionError);
  return error as AccessionError;
}

describeOnDatabases("A database", ({ name, location }) => {
  it("is made at the first opening, and keeps what was stored for the second", async () => {
    const where = name === "pglite" ? join(await createTemporaryFolder(), "new", "catalogue") : await location();
    const first = await openDatabase({ location: where });
    expect(first).toMatchObject({ engine: name, schema: "accession" });
    await first.kysely.insertInto("kind_view").values({ name: "kept", definition: "" }).execute();
    await first.close();
    const second = await openForTest({ location: where });
    expect(await second.kysely.selectFrom("kind_view").select("name").execute()).toEqual([{ name: "kept" }]);
  });

  it("costs one statement to open when it is up to date", async () => {
    const where = await location();
    await (await openDatabase({ location: where })).close();
    const statements: string[] = [];
    await openForTest({ location: where, onStatement: (statement) => statements.push(statement) });
    expect(statements).toHaveLength(1);
  });

  it("reports every statement, with begin, commit and rollback", async () => {
    const statements: string[] = [];
    const { kysely } = await openForTest({
      location: await location(),
      onStatement: (statement) => statements.push(statement),
    });
    statements.length = 0;
    await kysely.transaction().execute((transaction) => sql`select 1`.execute(transaction));
    const failed = kysely.transaction().execute(async (transaction) => {
      await sql`select 2`.execute(transaction);
      throw new Error("undo");
    });
    await expect(failed).rejects.toThrow("undo");
    await expect(sql`select no_such_column`.execute(kysely)).rejects.toThrow("no_such_column");
    expect(statements.join("; ")).toBe("begin; select 1; commit; begin; select 2; rollback; select no_such_column");
  });

  it("undoes a transaction that throws", async () => {
    const { kysely } = await openForTest({ location: await location() });
    const failed = kysely.transaction().execute(async (transaction) => {
      await transaction.insertInto("kind_view").values({ name: "undone", definition: "" }).execute();
      throw new Error("undo");
    });
    await expect(failed).rejects.toThrow("undo");
    expect(await kysely.selectFrom("kind_view").selectAll().execute()).toEqual([]);
  });

  it("reads values of every type alike", async () => {
    const { kysely } = await openForTest({ location: await location() });
    const { rows } = await sql`
      select count(*) as small, 9007199254740993::bigint as large, date '2024-02-29' as day, 1.5::numeric as exact,
        timestamptz '2024-02-29 12:00:00+02' as moment, ${JSON.stringify({ a: [1] })}::jsonb as json,
        ${["a", 'b"c']}::text[] as texts`.execute(kysely);
    expect(rows).toEqual([
      {
        small: 1,
        large: 9007199254740993n,
        day: "2024-02-29",
        exact: "1.5",
        moment: new Date("2024-02-29T10:00:00Z"),
        json: { a: [1] },
        texts: ["a", 'b"c'],
      },
    ]);
    const bytes = await sql<{ bytes: Uint8Array }>`select ${new Uint8Array([0, 255])}::bytea as bytes`.execute(kysely);
    expect([...(bytes.rows[0]?.bytes ?? [])]).toEqual([0, 255]);
  });

  it("lives in the schema that was asked for, beside others", async () => {
    const where = await location();
    const named = await openDatabase({ location: where, schema: "other_1" });
    await named.kysely.insertInto("kind_view").values({ name: "other", definition: "" }).execute();
    await named.close();
    const { kysely } = await openForTest({ location: where });
    expect(await kysely.selectFrom("kind_view").selectAll().execute()).toEqual([]);
    const { rows } = await sql`select name from other_1.kind_view`.execute(kysely);
    expect(rows).toEqual([{ name: "other" }]);
  });

  it("closes as often as one likes, and answers nothing afterwards", async () => {
    const database = await openDatabase({ location: await location() });
    await Promise.all([database.close(), database.close()]);
    await database.close();
    await expect(database.kysely.selectFrom("item").selectAll().execute()).rejects.toThrow();
  });

  it("says what PostgreSQL says of a refused statement, but none of its values", async () => {
    const { kysely } = await openForTest({ location: await location() });
    const insert = kysely.insertInto("kind_view").values({ name: "private", definition: "" });
    await insert.execute();
    const duplicate = asDatabaseError(await insert.execute().catch((error: unknown) => error));
    expect(duplicate).toMatchObject({ code: "database-failed", retryable: false });
    expect(duplicate.message).toMatch(/duplicate key value .*"kind_view_pkey".*\(23505\)/);
    const invalid = await sql`select ${"private"}::uuid`.execute(kysely).catch((error: unknown) => error);
    expect(asDatabaseError(invalid).message).toContain("invalid input syntax for type uuid (22P02)");
    expect([duplicate.message, asDatabaseError(invalid).message].join()).not.toContain("private");
  });

  it("says that a deadlock or a serialization failure is worth repeating", async () => {
    const { kysely } = await openForTest({ location: await location() });
    for (const code of ["40001", "40P01"]) {
      const raise = sql.raw(`do $$ begin raise exception 'lost' using errcode = '${code}'; end $$`).execute(kysely);
      const error = asDatabaseError(await raise.catch((thrown: unknown) => thrown));
      expect(error).toMatchObject({ code: "database-failed", retryable: true });
    }
  });
});

it("An in-memory database is gone when closed", async () => {
  const first = await openDatabase({ location: "memory:" });
  expect(first).toMatchObject({ engine: "pglite", location: "memory:" });
  await first.kysely.insertInto("kind_view").values({ name: "gone", definition: "" }).execute();
  await first.close();
  const second = await openForTest({ location: "memory:" });
  expect(await second.kysely.selectFrom("kind_view").selectAll().execute()).toEqual([]);
});

it("A PGlite that has aborted refuses everything, and is whole again once reopened", async () => {
  const location = await createTemporaryFolder();
  const database = await openDatabase({ location });
  const bomb = "[".repeat(20_000) + "]".repeat(20_000);
  const aborted = database.kysely.transaction().execute(async (transaction) => {
    await transaction.insertInto("kind_view").values({ name: "half", definition: "" }).execute();
    await sql`select jsonb_typeof(${bomb}::text::jsonb)`.execute(transaction);
    await transaction.insertInto("kind_view").values({ name: "other half", definition: "" }).execute();
  });
  expect(await refusal(aborted)).toMatchObject({ code: "database-failed", retryable: false });
  expect(await refusal(sql`select 1`.execute(database.kysely))).toMatchObject({ code: "database-failed" });
  const later = database.kysely.transaction().execute((transaction) => sql`select 1`.execute(transaction));
  expect(await refusal(later)).toMatchObject({ code: "database-failed" });
  await database.close();
  const reopened = await openForTest({ location });
  expect(await reopened.kysely.selectFrom("kind_view").selectAll().execute()).toEqual([]);
});

it("PGlite's page cache has the size that was asked for", async () => {
  for (const [asked, expected] of [
    [undefined, "16MB"],
    [48, "48MB"],
  ] as const) {
    const { kysely } = await openForTest({ location: "memory:", ...(asked !== undefined && { pageCache: asked }) });
    expect((await sql`show shared_buffers`.execute(kysely)).rows).toEqual([{ shared_buffers: expected }]);
  }
  for (const pageCache of [0, 1.5, -1, 2_000, Number.NaN]) {
    const error = await refusal(openDatabase({ location: "memory:", pageCache }));
    expect(error).toMatchObject({ code: "configuration-invalid" });
  }
});

it("A location that is no database is a configuration error", async () => {
  const folder = await createTemporaryFolder();
  const file = join(folder, "file");
  await writeFile(file, "");
  for (const location of ["", " ", "mysql://localhost/x", file, join(file, "inside"), folder, "/proc/no/where"]) {
    expect(await refusal(openDatabase({ location }))).toMatchObject({ code: "configuration-invalid" });
  }
  expect((await refusal(openDatabase({ location: folder }))).message).toContain("it holds other files, such as file");
});

it("A folder that only a file system or version control has marked counts as empty", async () => {
  const location = await createTemporaryFolder();
  await mkdir(join(location, "lost+found"));
  await writeFile(join(location, ".gitignore"), "*");
  expect(await openForTest({ location })).toMatchObject({ location });
});

it("A schema that would need quoting is a configuration error", async () => {
  for (const schema of [
    "",
    "Accession",
    'a"; drop schema public',
    "pg_catalog",
    "information_schema",
    "a".repeat(64),
  ]) {
    const error = await refusal(openDatabase({ location: "memory:", schema }));
    expect(error).toMatchObject({ code: "configuration-invalid" });
  }
});

it("A PostgreSQL older than 15 is a configuration error", () => {
  expect(() => requireServer(140_012)).toThrow("This is PostgreSQL 14; a catalogue needs PostgreSQL 15 or newer");
  expect(() => requireServer(150_000)).not.toThrow();
});

it("A server that cannot be reached is worth repeating", async () => {
  const nobody = openDatabase({ location: "postgres://user:hidden@127.0.0.1:1/catalogue" });
  const error = await refusal(nobody);
  expect(error).toMatchObject({ code: "database-unavailable", retryable: true });
  expect(error.message).toContain("ECONNREFUSED");
});

it("A connection that the server ends fails its statement as worth repeating, and the next has a new one", async () => {
  const { url } = await createPostgresDatabase();
  const { kysely } = await openForTest({ location: url, poolSize: 1 });
  const ended = sql`select pg_terminate_backend(pg_backend_pid())`.execute(kysely).catch((error: unknown) => error);
  expect(asDatabaseError(await ended)).toMatchObject({ code: "database-unavailable", retryable: true });
  // The statement may be over before its connection is seen to be.
  await vi.waitFor(async () => expect((await sql`select 1 as one`.execute(kysely)).rows).toEqual([{ one: 1 }]));
});

it("A connection that the server ends within a transaction fails what comes next as worth repeating", async () => {
  const { url } = await createPostgresDatabase();
  const { kysely } = await openForTest({ location: url });
  const failed = kysely.transaction().execute(async (transaction) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(transaction);
    const sessions = sql`select from pg_stat_activity where pid = ${rows[0]?.pid}`;
    await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(kysely);
    await vi.waitFor(async () => expect((await sessions.execute(kysely)).rows).toEqual([]));
    await sql`select 1`.execute(transaction);
  });
  const error = await failed.catch((thrown: unknown) => thrown);
  expect(asDatabaseError(error)).toMatchObject({ code: "database-unavailable", retryable: true });
});

it("A password is in no error and no location", async () => {
  const { url } = await createPostgresDatabase();
  const { password } = new URL(url);
  const database = await openForTest({ location: url });
  expect(database.location).not.toContain(password);

  const changed = (change: (url: URL) => void): string => {
    const copy = new URL(url);
    copy.password = "hidden";
    change(copy);
    return copy.href;
  };
  const locations = {
    "wrong password": changed(() => undefined),
    "unknown database": url.replace(/[^/]+$/, "unknown"),
    "nobody there": changed((copy) => (copy.port = "1")),
    "unknown host": changed((copy) => (copy.hostname = "unknown.invalid")),
    "cut in two": "postgres://user:123/hidden@127.0.0.1/catalogue",
    "not a URL": "postgres://user:hidden/part@127.0.0.1/catalogue",
    "another scheme": "mysql://user:hidden@127.0.0.1/catalogue",
  };
  for (const [reason, location] of Object.entries(locations)) {
    const error = await refusal(openDatabase({ location, connectionTimeout: 5_000 }));
    const text = inspect(error, { depth: 10, showHidden: true });
    for (const secret of ["hidden", "123", password, decodeURIComponent(password)]) {
      expect(text, reason).not.toContain(secret);
    }
  }
  expect(await refusal(openDatabase({ location: locations["wrong password"] }))).toMatchObject({
    code: "configuration-invalid",
  });
  expect(inject("postgresUrl")).toContain(password);
});
