import { sql } from "kysely";
import { z } from "zod";
import { type ItemId, itemId } from "../engine/item.ts";
import type { RowChanges, RunRow, SaveRows } from "../engine/store.ts";
import { copyRows } from "./copy-rows.ts";
import type { Executor } from "./item-queries.ts";

const insertedRow = z.object({ id: itemId });
const unchanged = { added: [], changed: [], gone: [] };
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

/** New items from which on COPY takes less than one statement for all tables, though it takes one for each. */
const fewestCopied = 50;

/**
 * Writes all that saves change.
 *
 * @returns the ids of the items that were new: one that another transaction has just made of the same claim stays as it
 * is, and so does what was said of it.
 * @throws AccessionError as {@link copyRows}.
 */
export async function writeRows(executor: Executor, schema: string, rows: SaveRows): Promise<readonly ItemId[]> {
  if (rows.insert.length < fewestCopied) return putRows(executor, schema, rows);
  const rest = await copyRows(executor, schema, rows);
  if (!isEmpty(rest)) await putRows(executor, schema, rest);
  return rows.insert.map((one) => one.id);
}

/** Notes where providers stand for items, and nothing else. */
export async function noteRuns(executor: Executor, schema: string, runs: readonly RunRow[]): Promise<void> {
  if (runs.length > 0) await putRows(executor, schema, { ...nothing, runs });
}

/**
 * Writes rows in one statement, the function `write_rows` of the migrations: a round trip for each table, and planning each
 * anew, would cost more than the rows do.
 */
async function putRows(executor: Executor, schema: string, rows: SaveRows): Promise<readonly ItemId[]> {
  const put = <Row>({ added, changed, gone }: RowChanges<Row>) => ({ put: [...added, ...changed], gone });
  const { identifiers, categories, relations, links, images } = rows;
  const written = JSON.stringify({
    ...rows,
    identifiers: put(identifiers),
    categories: put(categories),
    relations: put(relations),
    links: put(links),
    images: put(images),
  });
  const called = sql`select id from ${sql.table(`${schema}.write_rows`)}(${written}::jsonb) as id`;
  return (await called.execute(executor)).rows.map((row) => insertedRow.parse(row).id);
}

function isEmpty({ insert, update, contributions, runs, ...tables }: SaveRows): boolean {
  const lists = [insert, update, contributions, runs];
  return [...lists, ...Object.values(tables).flatMap((one) => [one.added, one.changed, one.gone])].every(
    (list) => list.length === 0,
  );
}
