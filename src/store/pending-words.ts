import { sql } from "kysely";
import type { Executor } from "./item-queries.ts";

/**
 * Kilobytes of names that may wait to be sorted into the index of words. Each search reads all of them, so they are few: the
 * function `write_rows` says the same. A load saves faster where they are many, since it goes through fewer pages of the index.
 */
const mostWaiting = { usually: 64, inLoad: 4_096 };

/** Says, for what follows in a transaction, how many names may wait; whoever saves one more sorts all of them in. */
export async function limitWaitingWords(executor: Executor, isOneOfMany: boolean): Promise<void> {
  const kilobytes = isOneOfMany ? mostWaiting.inLoad : mostWaiting.usually;
  await sql.raw(`set local gin_pending_list_limit = ${kilobytes}`).execute(executor);
}

/**
 * Sorts in all names that wait. Only the owner of the index may; for anybody else nothing happens, and the next save of a name,
 * whoever does it, does the same.
 */
export async function sortWordsIn(executor: Executor, schema: string): Promise<void> {
  await sql`select gin_clean_pending_list(oid) from pg_class
    where oid = to_regclass(${`"${schema}".item_by_word`}) and pg_has_role(relowner, 'usage')`.execute(executor);
}
