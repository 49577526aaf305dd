import type { Transaction } from "kysely";
import { type Database, repeatUndone } from "../store/database.ts";
import type { Tables } from "../store/tables.ts";

/**
 * Runs `work` in a transaction of its own. One that the database undid for another's sake (a deadlock) is run again, so
 * `work` must be repeatable.
 *
 * @throws AccessionError with a `database-` code, or what `work` throws of its own.
 */
export async function inTransaction<Result>(
  { kysely }: Database,
  work: (transaction: Transaction<Tables>) => Promise<Result>,
): Promise<Result> {
  return repeatUndone(() => kysely.withoutPlugins().transaction().execute(work));
}
