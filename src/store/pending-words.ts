import { sql } from "kysely";
import type { Executor } from "./item-queries.ts";

/**
 * Kilobytes of names that wait to be sorted into the index of words. Each search reads all of them, so there are few: every
 * connection has this setting from its beginning, and whoever saves a name beyond it sorts all of them in.
 */
export const pendingWords = "gin_pending_list_limit=64";

/** Where so many items are saved one after the other that searches may take longer meanwhile: fewer pages of the index are read. */
const pendingWordsOfLoad = "gin_pending_list_limit=4096";

/** Lets more names wait, until the end of the transaction. */
export async function letWordsWait(executor: Executor): Promise<void> {
  await sql.raw(`set local ${pendingWordsOfLoad}`).execute(executor);
}

/**
 * Sorts in all names that wait. Only the owner of the index may; for anybody else nothing happens, and the next save of a name,
 * whoever does it, does the same.
 */
export async function sortWordsIn(executor: Executor, schema: string): Promise<void> {
  await sql`select gin_clean_pending_list(oid) from pg_class
    where oid = to_regclass(${`"${schema}".item_by_word`}) and pg_has_role(relowner, 'usage')`.execute(executor);
}
