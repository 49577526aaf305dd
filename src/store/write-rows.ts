import { sql } from "kysely";
import { z } from "zod";
import { AccessionError } from "../engine/errors.ts";
import { type ItemId, itemId } from "../engine/item.ts";
import type { IdentifierRow, RowChanges, RunRow, SaveRows } from "../engine/save-rows.ts";
import { copyRows } from "./copy-rows.ts";
import { databaseErrorCode } from "./database-error.ts";
import type { Executor } from "./item-queries.ts";
import { limitWaitingWords } from "./pending-words.ts";

const insertedRow = z.object({ id: itemId });
const unchanged = { added: [], changed: [], gone: [] };
const nothing: Omit<SaveRows, "runs"> = {
  insert: [],
  update: [],
  contributions: [],
  identifiers: unchanged,
  relations: unchanged,
  images: unchanged,
};

/** New items from which on COPY takes less than one statement for all tables, though it takes one for each. */
const fewestCopied = 50;

const uniqueViolation = "23505";
/** What refuses an item, or an identity, that another transaction has made or claimed. */
const contested = new Set(["item_pkey", "identifier_pkey", "identifier_value"]);

/**
 * Writes all that saves change.
 *
 * @param options.claimed rows of identities that are taken to be free, since nobody is known to have them.
 * @param options.isOneOfMany whether many more such transactions follow, as `transaction` of the store takes it.
 * @returns the ids of the items that were new: one that another transaction has just made of the same claim stays as it
 * is, and so does what was said of it.
 * @throws AccessionError `database-failed` (retryable) where another transaction has just made one of the items, or claimed one
 * of its identities: it is there to be seen when the transaction is run again.
 */
export async function writeRows(
  executor: Executor,
  schema: string,
  rows: SaveRows,
  { claimed, isOneOfMany }: { readonly claimed: readonly IdentifierRow[]; readonly isOneOfMany: boolean },
): Promise<readonly ItemId[]> {
  const all = claimed.length === 0 ? rows : withClaimed(rows, claimed);
  try {
    if (rows.insert.length < fewestCopied) return await putRows(executor, schema, all);
    await limitWaitingWords(executor, isOneOfMany);
    const rest = await copyRows(executor, schema, all);
    if (!isEmpty(rest)) await putRows(executor, schema, rest);
    return rows.insert.map((one) => one.id);
  } catch (thrown) {
    if (!saysMadeMeanwhile(thrown)) throw thrown;
    const message = "Another transaction has just made the same item";
    throw new AccessionError("database-failed", message, { cause: thrown, retryable: true });
  }
}

function saysMadeMeanwhile(thrown: unknown): boolean {
  const { constraint } = { constraint: undefined, ...(thrown as object) } as { readonly constraint: unknown };
  return databaseErrorCode(thrown) === uniqueViolation && typeof constraint === "string" && contested.has(constraint);
}

/** In one order for everybody, so that of two transactions with the same identities one waits for the other. */
function withClaimed(rows: SaveRows, claimed: readonly IdentifierRow[]): SaveRows {
  const added = [...claimed, ...rows.identifiers.added].toSorted((left, right) =>
    left.scheme === right.scheme ? (left.value < right.value ? -1 : 1) : left.scheme < right.scheme ? -1 : 1,
  );
  return { ...rows, identifiers: { ...rows.identifiers, added } };
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
  const { identifiers, relations, images } = rows;
  const written = JSON.stringify({
    ...rows,
    identifiers: put(identifiers),
    relations: put(relations),
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
