import { openAsBlob } from "node:fs";
import type { PGlite, Results, Transaction } from "@electric-sql/pglite";
import { Kysely, PGliteDialect, type PGliteDialectConfig } from "kysely";
import { AccessionError } from "../../engine/errors.ts";
import { openCatalogueFolder } from "../catalogue-folder.ts";
import { findSeed, unpackSeed } from "../seed.ts";
import type { Tables } from "../tables.ts";
import { columnParsers } from "./column-parsers.ts";
import type { Connection, StatementObserver } from "./connection.ts";
import { copiesOf, type Copy, statementsOf } from "./copy.ts";
import { prefetchPgliteFiles, readPgliteFiles } from "./pglite-files.ts";

type GuardedPglite = Extract<PGliteDialectConfig["pglite"], { waitReady: unknown }>;

/** Where PGlite keeps its data. */
export interface PgliteOptions {
  /** A folder, made where there is none; undefined keeps everything in memory. */
  readonly folder: string | undefined;
  /** Characters and bytes of statements after which it makes a checkpoint. Default: 256 MiB. */
  readonly checkpointAfter?: number | undefined;
  /** MiB of PostgreSQL's page cache. PGlite's own 128 are zeroed at each start, which takes longer than all else in it. */
  readonly pageCache: number;
  readonly onStatement: StatementObserver | undefined;
}

/**
 * Opens PGlite, PostgreSQL inside this process, on a locked folder or in memory.
 *
 * @throws AccessionError as {@link openCatalogueFolder}; `database-failed` where PGlite cannot start on its files.
 */
export async function openPglite(options: PgliteOptions): Promise<Connection> {
  const { folder: location, pageCache, onStatement, checkpointAfter = 256 * 1024 ** 2 } = options;
  prefetchPgliteFiles();
  const folder = location === undefined ? undefined : await openCatalogueFolder(location);
  try {
    const { PGlite } = await import("@electric-sql/pglite");
    const seed = folder?.fresh === false ? undefined : await findSeed();
    if (seed && folder) await unpackSeed(seed, folder.dataFolder);
    const pglite = await PGlite.create({
      ...(await readPgliteFiles()),
      ...(folder && { dataDir: folder.dataFolder }),
      ...(seed && !folder && { loadDataDir: await openAsBlob(seed) }),
      startParams: [...PGlite.defaultStartParams, "-c", `shared_buffers=${pageCache}MB`],
      parsers: columnParsers,
    });
    if (folder?.fresh) await folder.settle();
    const guarded = guard(pglite, checkpointAfter, onStatement);
    const kysely = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite: guarded }) });
    return {
      engine: "pglite",
      location: folder?.path ?? "memory:",
      kysely,
      driver: { engine: "pglite", pglite },
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
 * PGlite as kysely uses it, with five differences: each statement is observed, one without parameters may hold several
 * (as with PostgreSQL), COPYs take their rows as parameters, there are checkpoints, and once its WASM has broken off, nothing
 * reaches it any more. It would still answer, but outside of any sound transaction, and half a save would stay.
 */
function guard(pglite: PGlite, checkpointAfter: number, observe: StatementObserver = () => undefined): GuardedPglite {
  let fatal: AccessionError | undefined;
  let sent = 0;
  const brokenOff = Promise.withResolvers<never>();
  brokenOff.promise.catch(() => undefined);

  function breakOff(reason: string, cause?: unknown): AccessionError {
    const message = `PGlite broke off (${reason}); close the catalogue and open it again`;
    fatal ??= new AccessionError("database-failed", message, { cause });
    brokenOff.reject(fatal);
    return fatal;
  }

  function check(thrown: unknown): unknown {
    return fatal ?? (isAbort(thrown) ? breakOff(thrown.message, thrown) : thrown);
  }

  async function run<Row>(target: PGlite | Transaction, sql: string, parameters: unknown[]): Promise<Results<Row>> {
    if (fatal) throw fatal;
    for (const statement of statementsOf(sql)) observe(statement);
    sent += sql.length + parameters.reduce<number>((sum, one) => sum + lengthOf(one), 0);
    try {
      const copies = copiesOf(sql, parameters);
      const results = copies
        ? await copyToPglite<Row>(target, copies)
        : parameters.length > 0
          ? [await target.query<Row>(sql, parameters)]
          : await target.exec(sql);
      // PGlite swallows a trap in its WASM, such as a stack exhausted by deeply nested JSON: the statement then ends
      // without its command tag, and would pass for one that found nothing.
      const last = results.at(-1);
      if (last?.command === undefined) throw breakOff("a statement came to no end");
      return last as Results<Row>;
    } catch (error) {
      throw check(error);
    }
  }

  /**
   * PostgreSQL has a process for checkpoints, and PGlite is but one: it makes them when it is closed, and until then its log
   * would grow, and be gone through as a whole by whoever opens what was left by a crash.
   */
  async function checkpoint(): Promise<void> {
    if (sent < checkpointAfter) return;
    sent = 0;
    // What was asked for is done, whatever becomes of this: the log stays as it is, until the next.
    await run(pglite, "checkpoint", []).catch(() => undefined);
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
        // Returning would make PGlite send a rollback to what has broken off.
        if (fatal) await new Promise<never>(() => undefined);
        observe("rollback");
        throw error;
      }
    });
    try {
      const result = await Promise.race([inside, brokenOff.promise]);
      await checkpoint();
      return result;
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
    async query<Row>(sql: string, parameters: unknown[] = []) {
      const result = await run<Row>(pglite, sql, parameters);
      await checkpoint();
      return result;
    },
    transaction: transact,
  };
}

/** Runs COPYs until one comes to no end. PGlite has no stdin, and a file for what is copied. */
async function copyToPglite<Row>(target: PGlite | Transaction, copies: readonly Copy[]): Promise<Results<Row>[]> {
  const results: Results<Row>[] = [];
  for (const { statement, rows } of copies) {
    const blob = new Blob([rows]);
    const result = await target.query<Row>(statement.replace(/from stdin$/, "from '/dev/blob'"), [], { blob });
    results.push(result);
    if (result.command === undefined) break;
  }
  return results;
}

/** How much of a statement a parameter is, roughly. */
function lengthOf(parameter: unknown): number {
  return typeof parameter === "string" || parameter instanceof Uint8Array ? parameter.length : 0;
}

/** Whether the WASM itself broke off, as against PostgreSQL in it refusing a statement. */
function isAbort(thrown: unknown): thrown is Error {
  return thrown instanceof Error && (thrown.name === "RuntimeError" || thrown.name === "ExitStatus");
}
