import { sql, type Transaction } from "kysely";
import { z } from "zod";
import { itemId } from "../engine/item.ts";
import type { Decision, Store, StoreTransaction } from "../engine/store.ts";
import { claimIdentities } from "./claim-identities.ts";
import type { Database } from "./database.ts";
import { asked, repeatUndone } from "./database-error.ts";
import * as queries from "./item-queries.ts";
import * as writes from "./item-writes.ts";
import * as redirects from "./redirects.ts";
import type { Tables } from "./tables.ts";
import { noteRuns, writeRows } from "./write-rows.ts";

const decisionRow = z.object({
  scope: z.string(),
  scheme: z.string(),
  value: z.string(),
  verdict: z.enum(["accepted", "rejected"]),
});
const lockedRow = z.object({ id: itemId, merged_into: itemId.nullable() });

/** The engine's store on an open database, PGlite or PostgreSQL. */
export function createStore(opened: Database): Store {
  // Every statement below names its schema; the plugin that would add it walks through each of them for nothing.
  const database = { ...opened, kysely: opened.kysely.withoutPlugins() };
  const { kysely, schema } = database;
  return {
    findByIdentifiers: (identifiers) => asked(queries.itemsByIdentifiers(kysely, schema, identifiers)),
    findByName: (kind, key, limit) => asked(queries.itemsByName(kysely, schema, kind, key, limit)),
    load: (ids) => asked(queries.itemsById(kysely, schema, ids)),
    search: (text, options) => asked(queries.searchItems(kysely, schema, text, options)),
    contributions: (id) => asked(queries.contributionsOf(kysely, schema, id)),
    async decisions(scopes) {
      const { rows } = await asked(
        sql`select scope, scheme, value, verdict from ${sql.table(`${schema}.decision`)}
          where scope = any(${[...scopes]}::text[]) order by decided_at`.execute(kysely),
      );
      return rows.map((row): Decision => decisionRow.parse(row));
    },
    recordDecisions: (decisions) => asked(writes.putDecisions(kysely, schema, decisions)),
    recordRuns: (id, runs) => asked(noteRuns(kysely, schema, id, runs)),
    transaction: (work) => repeatUndone(() => runTransaction(database, work)),
  };
}

async function runTransaction<Result>(
  { kysely, schema }: Database,
  work: (transaction: StoreTransaction) => Promise<{ readonly commit: boolean; readonly result: Result }>,
): Promise<Result> {
  const transaction = await kysely.startTransaction().execute();
  try {
    const { commit, result } = await work(storeTransaction(transaction, schema));
    await (commit ? transaction.commit() : transaction.rollback()).execute();
    return result;
  } catch (thrown) {
    // A connection that is gone cannot be rolled back, and need not be: what was thrown says what happened.
    if (!transaction.isCommitted && !transaction.isRolledBack)
      await transaction
        .rollback()
        .execute()
        .catch(() => {});
    throw thrown;
  }
}

function storeTransaction(transaction: Transaction<Tables>, schema: string): StoreTransaction {
  return {
    handle: transaction.withoutPlugins(),
    async lock(id) {
      const { rows } = await sql`
        select id, merged_into from ${sql.table(`${schema}.item`)} where id = ${id}::uuid
        for no key update`.execute(transaction);
      const [locked] = rows.map((row) => lockedRow.parse(row));
      return locked?.merged_into ? this.lock(locked.merged_into) : locked?.id;
    },
    async load(id) {
      const [stored] = await queries.itemsById(transaction, schema, [id]);
      return stored;
    },
    contributions: (id) => queries.contributionsOf(transaction, schema, id),
    claim: async (claims, expected) =>
      claims.length === 0 ? [] : claimIdentities(transaction, schema, claims, expected),
    async reassign(from, to) {
      await sql`update ${sql.table(`${schema}.identifier`)} set item_id = ${to}::uuid
        where item_id = ${from}::uuid`.execute(transaction);
    },
    write: (rows) => writeRows(transaction, schema, rows),
    removeContributions: (id, providers) => writes.removeContributions(transaction, schema, id, providers),
    noteRuns: (id, runs) => noteRuns(transaction, schema, id, runs),
    removeRuns: (id, providers) => writes.removeRuns(transaction, schema, id, providers),
    redirect: (drop, keep) => redirects.redirect(transaction, schema, drop, keep),
    undoRedirect: (drop) => redirects.undoRedirect(transaction, schema, drop),
    relatedTo: (id) => redirects.relatedTo(transaction, schema, id),
  };
}
