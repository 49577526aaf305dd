import { sql } from "kysely";
import { z } from "zod";
import { type ItemId, itemId } from "../engine/item.ts";
import type { RunRow, SaveRows } from "../engine/store.ts";
import type { Executor } from "./item-queries.ts";

const insertedRow = z.object({ id: itemId });
const unchanged = { put: [], gone: [] };
const nothing: Omit<SaveRows, "runs"> = {
  insert: [],
  update: [],
  contributions: [],
  identifiers: unchanged,
  categories: unchanged,
  relations: unchanged,
  links: unchanged,
  images: unchanged,
};

/**
 * Writes all that saves change in one statement, the function `write_rows` of the migrations: a round trip for each table,
 * and planning each anew, would cost more than the rows do.
 *
 * @returns the ids of the items that were new: one that another transaction has just made of the same claim stays as it
 * is, and so does what was said of it.
 */
export async function writeRows(executor: Executor, schema: string, rows: SaveRows): Promise<readonly ItemId[]> {
  const called = sql`select id from ${sql.table(`${schema}.write_rows`)}(${JSON.stringify(rows)}::jsonb) as id`;
  return (await called.execute(executor)).rows.map((row) => insertedRow.parse(row).id);
}

/** Notes where providers stand for items, and nothing else. */
export async function noteRuns(executor: Executor, schema: string, runs: readonly RunRow[]): Promise<void> {
  if (runs.length > 0) await writeRows(executor, schema, { ...nothing, runs });
}
