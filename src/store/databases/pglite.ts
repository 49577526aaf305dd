import type { PGlite, Transaction } from "@electric-sql/pglite";
import { Kysely, PGliteDialect, type PGliteDialectConfig } from "kysely";
import { AccessionError } from "../../engine/errors.ts";
import { openCatalogueFolder } from "../catalogue-folder.ts";
import { readSeed } from "../seed.ts";
import type { Tables } from "../tables.ts";
import { columnParsers } from "./column-parsers.ts";
import type { Connection, StatementObserver } from "./connection.ts";

type GuardedPglite = Extract<PGliteDialectConfig["pglite"], { waitReady: unknown }>;

/** Where PGlite keeps its data. */
export interface PgliteOptions {
  /** A folder, made where there is none; undefined keeps everything in memory. */
  readonly folder: string | undefined;
  readonly onStatement: StatementObserver | undefined;
}

/**
 * Opens PGlite, PostgreSQL inside this process, on a locked folder or in memory.
 *
 * @throws AccessionError as {@link openCatalogueFolder}; `database-failed` where PGlite cannot start on its files.
 */
export async function openPglite({ folder: location, onStatement }: PgliteOptions): Promise<Connection> {
  const folder = location === undefined ? undefined : await openCatalogueFolder(location);
  try {
    const { PGlite } = await import("@electric-sql/pglite");
    const seed = folder?.fresh === false ? undefined : await readSeed();
    const pglite = await PGlite.create({
      ...(folder && { dataDir: folder.dataFolder }),
      ...(seed && { loadDataDir: seed }),
      parsers: columnParsers,
    });
    if (folder?.fresh) await folder.settle();
    const guarded = guard(pglite, onStatement);
    const kysely = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite: guarded }) });
    return {
      engine: "pglite",
      location: folder?.path ?? "memory:",
      kysely,
      async close() {
        try {
          await kysely.destroy();
          // Without a statement in between, kysely has never taken over PGlite.
          if (!guarded.closed) await guarded.close();
        } finally {
          folder?.release();
        }
      },
    };
  } catch (error) {
    folder?.release();
    if (error instanceof AccessionError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    const message = `PGlite cannot start on ${folder?.path ?? "memory"}: ${reason}`;
    throw new AccessionError("database-failed", message, { cause: error });
  }
}

/**
 * PGlite as kysely uses it, with three differences: each statement is observed, one without parameters may hold several
 * (as with PostgreSQL), and once its WASM has aborted, nothing reaches it any more. It would still answer, but outside
 * of the transaction that the abort ended, and half a save would stay.
 */
function guard(pglite: PGlite, observe: StatementObserver = () => undefined): GuardedPglite {
  let fatal: AccessionError | undefined;
  const aborted = Promise.withResolvers<never>();
  aborted.promise.catch(() => undefined);

  function check(thrown: unknown): unknown {
    if (fatal) return fatal;
    if (!isAbort(thrown)) return thrown;
    const message = `PGlite aborted (${thrown.message}); close the catalogue and open it again`;
    fatal = new AccessionError("database-failed", message, { cause: thrown });
    aborted.reject(fatal);
    return fatal;
  }

  async function run<T>(target: PGlite | Transaction, sql: string, parameters: unknown[]) {
    if (fatal) throw fatal;
    observe(sql);
    try {
      if (parameters.length > 0) return await target.query<T>(sql, parameters);
      const results = await target.exec(sql);
      // A script's own results are of no use to anybody: as with pg, only those of a single statement come back.
      return (results.length === 1 ? results[0] : { rows: [], fields: [] }) as Awaited<
        ReturnType<typeof target.query<T>>
      >;
    } catch (error) {
      throw check(error);
    }
  }

  async function transact<T>(work: (transaction: Pick<Transaction, "query" | "rollback">) => Promise<T>): Promise<T> {
    let begun = false;
    const inside = pglite.transaction(async (transaction) => {
      begun = true;
      observe("begin");
      try {
        const result = await work({
          query: (sql, parameters = []) => run(transaction, sql, parameters),
          rollback: () => transaction.rollback(),
        });
        if (!fatal) observe("commit");
        return result;
      } catch (error) {
        // Returning would make PGlite send a rollback to what has aborted.
        if (fatal) await new Promise<never>(() => undefined);
        observe("rollback");
        throw error;
      }
    });
    try {
      return await Promise.race([inside, aborted.promise]);
    } catch (error) {
      const reason = check(error);
      // kysely waits for its callback, whether or not there is a transaction for it to run in.
      if (!begun) await work({ query: () => Promise.reject(reason), rollback: () => Promise.resolve() });
      throw reason;
    }
  }

  return {
    get closed() {
      return fatal !== undefined || pglite.closed;
    },
    get ready() {
      return pglite.ready;
    },
    waitReady: pglite.waitReady,
    close: () => (fatal ? Promise.resolve() : pglite.close()),
    query: (sql, parameters = []) => run(pglite, sql, parameters),
    transaction: transact,
  };
}

/** Whether the WASM itself broke off, as against PostgreSQL in it refusing a statement. */
function isAbort(thrown: unknown): thrown is Error {
  return thrown instanceof Error && (thrown.name === "RuntimeError" || thrown.name === "ExitStatus");
}
