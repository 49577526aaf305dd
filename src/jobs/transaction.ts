import type { Transaction } from "kysely";
import { type Database, asDatabaseError } from "../store/database.ts";
import type { Tables } from "../store/tables.ts";

/** How often a transaction that the database undid for another's sake is run again. */
const attempts = 6;

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
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await kysely.withoutPlugins().transaction().execute(work);
    } catch (thrown) {
      const error = asDatabaseError(thrown);
      if (error.code !== "database-failed" || !error.retryable || attempt >= attempts) throw error;
    }
  }
}
