import { Kysely, PostgresDialect, type PostgresPoolClient } from "kysely";
import type { PoolClient } from "pg";
import { AccessionError } from "../../engine/errors.ts";
import type { Tables } from "../tables.ts";
import { columnParsers } from "./column-parsers.ts";
import type { Connection, StatementObserver } from "./connection.ts";
import { copiesOf, statementsOf } from "./copy.ts";
import { copyToPostgres } from "./postgres-copy.ts";

/**
 * Milliseconds: a transaction in which nothing is said for so long is undone. Its process is frozen, or its machine gone,
 * and everybody else waits for its locks.
 */
const longestSilence = 30_000;

/** How to reach a PostgreSQL server. */
export interface PostgresOptions {
  /** A `postgres://` URL, with special characters of user and password percent-encoded. */
  readonly url: string;
  /** Most connections open at once. */
  readonly poolSize: number;
  /** Milliseconds to wait for a connection. */
  readonly connectionTimeout: number;
  readonly onStatement: StatementObserver | undefined;
}

/**
 * Opens a pool; the first statement is the first that the server hears of it.
 *
 * @throws AccessionError `configuration-invalid` where the URL is none.
 */
export async function openPostgres(options: PostgresOptions): Promise<Connection> {
  const { url, poolSize, connectionTimeout, onStatement } = options;
  const location = scrub(url);
  const { Pool, types } = await import("pg");
  const pool = new Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: connectionTimeout,
    keepAlive: true,
    // Awaited by the pool. Not a startup parameter: those are refused by some that stand between us and the server.
    // oxlint-disable-next-line typescript/no-misused-promises -- its types do not know that the pool awaits it
    onConnect: async (client) => {
      await client.query(`set idle_in_transaction_session_timeout = ${longestSilence}`);
    },
    application_name: "accession",
    types: { getTypeParser: (oid, format): unknown => columnParsers[oid] ?? types.getTypeParser(oid, format) },
  });
  // A connection that breaks between two statements says so by an event which, unheard, would end the process: the pool
  // says it of idle ones, and replaces them; one that is lent out says it itself, and its next statement fails.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  const kysely = new Kysely<Tables>({
    dialect: new PostgresDialect({
      pool: {
        options: pool.options,
        connect: async () => copying(await pool.connect()),
        end: () => pool.end(),
      },
    }),
    ...(onStatement && { log: (event) => statementsOf(event.query.sql).forEach((one) => onStatement(one)) }),
  });
  return {
    engine: "postgres",
    location,
    kysely,
    driver: { engine: "postgres", url },
    async close() {
      await kysely.destroy();
      // Without a statement in between, kysely has never taken over the pool.
      if (!pool.ending) await pool.end();
    },
  };
}

/**
 * A client to which COPYs are a statement like any other. It is of kysely's type but for cursors, which only streamed
 * queries take, and there are none.
 */
function copying(client: PoolClient): PostgresPoolClient {
  async function query(sql: string, parameters: readonly unknown[]): Promise<unknown> {
    const copies = copiesOf(sql, parameters);
    if (!copies) return client.query(sql, [...parameters]);
    await copyToPostgres(client, copies);
    return { command: "COPY", rowCount: 0, rows: [] };
  }
  return { query, release: (destroy?: boolean) => client.release(destroy) } as unknown as PostgresPoolClient;
}

/** The URL without its password and parameters, for messages. */
function scrub(url: string): string {
  const parsed = URL.parse(url);
  // An @ behind the host means that an unencoded password was cut in two, and its parts taken for host and database.
  if (parsed === null || `${parsed.pathname}${parsed.search}${parsed.hash}`.includes("@")) {
    const message =
      "The database URL is not valid: it reads postgres://user:password@host:port/database, with special characters of user and password percent-encoded";
    throw new AccessionError("configuration-invalid", message);
  }
  parsed.password = "";
  parsed.search = "";
  parsed.hash = "";
  return parsed.href;
}
