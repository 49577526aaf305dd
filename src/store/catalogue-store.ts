import { sql, type Transaction } from "kysely";
import { z } from "zod";
import type { Decision, Store, StoreTransaction } from "../engine/store.ts";
import { identityOwners } from "./claim-identities.ts";
import type { Database } from "./database.ts";
import { asked, repeatUndone } from "./database-error.ts";
import * as incomplete from "./incomplete-items.ts";
import * as queries from "./item-queries.ts";
import { countItems, listItems, placeOf } from "./item-list.ts";
import { searchItems } from "./item-search.ts";
import * as writes from "./item-writes.ts";
import * as listings from "./listings.ts";
import { lockItems } from "./lock-items.ts";
import { sortWordsIn } from "./pending-words.ts";
import * as redirects from "./redirects.ts";
import type { Tables } from "./tables.ts";
import { createTransactionClaims } from "./transaction-claims.ts";
import { noteRuns, writeRows } from "./write-rows.ts";

const decisionRow = z.object({
  scope: z.string(),
  scheme: z.string(),
  value: z.string(),
  verdict: z.enum(["accepted", "rejected"]),
});

/** Transactions that claim identities by writing them at once, after one had to run again. */
const cautious = 20;

/** The engine's store on an open database, PGlite or PostgreSQL. */
export function createStore(opened: Database): Store {
  // Every statement below names its schema; the plugin that would add it walks through each of them for nothing.
  const database = { ...opened, kysely: opened.kysely.withoutPlugins() };
  const { kysely, schema } = database;
  /** Where several transactions want the same identities, one that only looks whether they are free works in vain. */
  let cautiously = 0;
  return {
    concurrency: opened.driver.engine === "pglite" ? 1 : 4,
    findByIdentifiers: (identifiers) => asked(queries.itemsByIdentifiers(kysely, schema, identifiers)),
    findByName: (kind, key, limit) => asked(queries.itemsByName(kysely, schema, kind, key, limit)),
    load: (ids) => asked(queries.itemsById(kysely, schema, ids)),
    search: (text, options) => asked(searchItems(kysely, schema, text, options)),
    list: (listing) => asked(listItems(kysely, schema, listing)),
    place: (id, order) => asked(placeOf(kysely, schema, id, order)),
    count: (kind) => asked(countItems(kysely, schema, kind)),
    incomplete: (lacking, after, limit) => asked(incomplete.incompleteItems(kysely, schema, lacking, after, limit)),
    countIncomplete: (lacking) => asked(incomplete.countIncompleteItems(kysely, schema, lacking)),
    contributions: async (id) => (await asked(queries.contributionsOf(kysely, schema, [id]))).get(id) ?? [],
    async decisions(scopes) {
      const { rows } = await asked(
        sql`select scope, scheme, value, verdict from ${sql.table(`${schema}.decision`)}
          where scope = any(${[...scopes]}::text[]) order by decided_at`.execute(kysely),
      );
      return rows.map((row): Decision => decisionRow.parse(row));
    },
    recordDecisions: (decisions) => asked(writes.putDecisions(kysely, schema, decisions)),
    recordRuns: (itemId, runs) =>
      asked(
        noteRuns(
          kysely,
          schema,
          runs.map((run) => ({ ...run, itemId })),
        ),
      ),
    listing: (scope, age) => asked(listings.readListing(kysely, schema, scope, age)),
    async recordListing(listing) {
      await asked(listings.putListing(kysely, schema, listing, []));
    },
    forgetListing: (scope) => asked(listings.removeListing(kysely, schema, scope)),
    unseen: (which, seen) => asked(listings.unseenItems(kysely, schema, which, seen)),
    transaction: (work, { isOneOfMany = false } = {}) =>
      repeatUndone((attempt) => {
        if (attempt > 1) cautiously = cautious;
        const reserves = cautiously === 0;
        if (!reserves) cautiously -= 1;
        return runTransaction(database, work, { reserves, isOneOfMany });
      }),
    sortWordsIn: () => asked(sortWordsIn(kysely, schema)),
  };
}

/** How a transaction saves. */
interface SavingOptions {
  /** As {@link createTransactionClaims} takes it. */
  readonly reserves: boolean;
  /** As `transaction` of {@link Store} takes it. */
  readonly isOneOfMany: boolean;
}

async function runTransaction<Result>(
  { kysely, schema }: Database,
  work: (transaction: StoreTransaction) => Promise<{ readonly commit: boolean; readonly result: Result }>,
  options: SavingOptions,
): Promise<Result> {
  const transaction = await kysely.startTransaction().execute();
  try {
    const { commit, result } = await work(storeTransaction(transaction, schema, options));
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

function storeTransaction(
  transaction: Transaction<Tables>,
  schema: string,
  { reserves, isOneOfMany }: SavingOptions,
): StoreTransaction {
  const { take, ...claims } = createTransactionClaims(transaction, schema, reserves);
  return {
    handle: transaction.withoutPlugins(),
    lock: (ids) => lockItems(transaction, schema, ids),
    load: (ids) => queries.itemsById(transaction, schema, ids),
    contributions: (ids) => queries.contributionsOf(transaction, schema, ids),
    ...claims,
    async owners(identities) {
      if (identities.length === 0) return [];
      return [...(await identityOwners(transaction, schema, identities)).values()].map((owner) => owner.itemId);
    },
    write: (rows) => writeRows(transaction, schema, rows, { claimed: take(), isOneOfMany }),
    removeContributions: (id, providers) => writes.removeContributions(transaction, schema, id, providers),
    noteRuns: (runs) => noteRuns(transaction, schema, runs),
    removeRuns: (id, providers) => writes.removeRuns(transaction, schema, id, providers),
    noteListing: (listing, items) => listings.putListing(transaction, schema, listing, items),
    endListing: (scope, id) => listings.removeListing(transaction, schema, scope, id),
    stubs: async (ids) => (ids.length === 0 ? [] : incomplete.stubItems(transaction, schema, ids)),
    redirect: (drop, keep) => redirects.redirect(transaction, schema, drop, keep),
    undoRedirect: (drop) => redirects.undoRedirect(transaction, schema, drop),
    relatedTo: (id) => redirects.relatedTo(transaction, schema, id),
  };
}
