import { sql } from "kysely";
import { expect, it, onTestFinished } from "vitest";
import type { Connection } from "../../src/store/databases/connection.ts";
import { openPglite } from "../../src/store/databases/pglite.ts";
import { createTemporaryFolder } from "../support/temporary-folder.ts";

const megabyte = "x".repeat(1024 ** 2);

async function openWithTable(checkpointAfter?: number) {
  const statements: string[] = [];
  const folder = await createTemporaryFolder();
  const onStatement = (statement: string): void => void statements.push(statement);
  const connection = await openPglite({ folder, pageCache: 16, checkpointAfter, onStatement });
  onTestFinished(() => connection.close());
  await sql`create table public.note (text text)`.execute(connection.kysely);
  return { ...connection, statements };
}

/** Where PostgreSQL would begin to go through its log after a crash. */
async function redo({ kysely }: Connection): Promise<string | undefined> {
  const { rows } = await sql<{ redo: string }>`select redo_lsn::text as redo from pg_control_checkpoint()`.execute(
    kysely,
  );
  return rows[0]?.redo;
}

it("PGlite's log is not gone through from its beginning, however long it is open and however much is written", async () => {
  const connection = await openWithTable(3 * 1024 ** 2);
  const { kysely, statements } = connection;
  const before = await redo(connection);
  const insert = (executor: typeof kysely) => sql`insert into public.note values (${megabyte})`.execute(executor);
  await insert(kysely);
  await insert(kysely);
  expect([await redo(connection), statements.includes("checkpoint")]).toEqual([before, false]);
  await kysely.transaction().execute(async (transaction) => {
    await insert(transaction);
    await insert(transaction);
    expect(statements).not.toContain("checkpoint");
  });
  expect(statements.slice(-2)).toEqual(["commit", "checkpoint"]);
  const after = await redo(connection);
  expect(after).not.toBe(before);
  for (let time = 0; time < 4; time += 1) await insert(kysely);
  expect(await redo(connection)).not.toBe(after);
  const { rows } = await sql`select count(*)::integer as count from public.note`.execute(kysely);
  expect(rows).toEqual([{ count: 8 }]);
});

it("PGlite makes no checkpoint for what is little", async () => {
  const { kysely, statements } = await openWithTable();
  for (let time = 0; time < 20; time += 1) await sql`insert into public.note values (${megabyte})`.execute(kysely);
  expect(statements).not.toContain("checkpoint");
});
