import { resolve } from "node:path";
import type { Kysely } from "kysely";
import { AccessionError } from "../engine/errors.ts";
import type { Connection, Driver, StatementObserver } from "./databases/connection.ts";
import { openPglite } from "./databases/pglite.ts";
import { openPostgres } from "./databases/postgres.ts";
import { migrate } from "./migrate.ts";
import { isPostgresUrl } from "./postgres-url.ts";
import type { Tables } from "./tables.ts";

export { asked, repeatUndone } from "./database-error.ts";

/** Where the catalogue is kept, and how to get there. */
export interface DatabaseOptions {
  /** A folder (PGlite), a `postgres://` URL (PostgreSQL 15 or newer), or `memory:` (PGlite, gone when closed). */
  readonly location: string;
  /** The database schema that holds the catalogue; lower-case letters, digits and `_`. Default: `accession`. */
  readonly schema?: string;
  /** Called with the text of every statement, `begin`, `commit` and `rollback` included; never with its values. */
  readonly onStatement?: StatementObserver;
  /** MiB of PostgreSQL's page cache, PGlite only. Default: 16. */
  readonly pageCache?: number;
  /** Most connections open at once, PostgreSQL only. Default: 10. */
  readonly poolSize?: number;
  /** Milliseconds to wait for a connection, PostgreSQL only. Default: 10,000. */
  readonly connectionTimeout?: number;
}

/** An open database whose schema is up to date. */
export interface Database {
  readonly engine: "pglite" | "postgres";
  readonly schema: string;
  /** For messages: an absolute path, `memory:`, or a URL without its password. */
  readonly location: string;
  /** Typed statements on the catalogue's tables, in its schema. */
  readonly kysely: Kysely<Tables>;
  /** What stands behind kysely, for the job queue, which brings statements of its own. */
  readonly driver: Driver;
  /** Waits for what runs, then lets go of everything; may be called repeatedly. */
  readonly close: () => Promise<void>;
}

/**
 * Opens the database, making the folder, the schema and the tables where there are none and migrating older ones.
 *
 * @throws AccessionError
 *   `configuration-invalid`: the location, schema or page cache is not usable, or the server is older than PostgreSQL 15.
 *   `database-unavailable` (retryable): the server cannot be reached.
 *   `database-locked`: another process, which the message names, has the folder open.
 *   `database-newer`: a newer version of this project has migrated it.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const schema = requireSchema(options.schema ?? "accession");
  const connection = await connect(options);
  try {
    await migrate(connection.kysely, schema);
  } catch (error) {
    await connection.close();
    throw error;
  }
  let closing: Promise<void> | undefined;
  return {
    engine: connection.engine,
    schema,
    location: connection.location,
    kysely: connection.kysely.withSchema(schema),
    driver: connection.driver,
    close: () => (closing ??= connection.close()),
  };
}

function connect(options: DatabaseOptions): Promise<Connection> {
  const { location, onStatement } = options;
  const pageCache = requirePageCache(options.pageCache ?? 16);
  if (isPostgresUrl(location)) {
    const { poolSize = 10, connectionTimeout = 10_000 } = options;
    return openPostgres({ url: location, poolSize, connectionTimeout, onStatement });
  }
  if (location === "memory:") return openPglite({ folder: undefined, pageCache, onStatement });
  // Two letters at least, so that a Windows drive is a folder.
  if (location.trim() === "" || /^[a-z][a-z0-9+.-]+:/i.test(location)) {
    // Not repeated in the message: a URL may hold a password.
    const message = "The database location is neither a folder nor a postgres:// URL";
    throw new AccessionError("configuration-invalid", message);
  }
  return openPglite({ folder: resolve(location), pageCache, onStatement });
}

function requirePageCache(pageCache: number): number {
  if (Number.isInteger(pageCache) && pageCache >= 1 && pageCache <= 1024) return pageCache;
  throw new AccessionError(
    "configuration-invalid",
    `The page cache is a whole number of MiB, 1 to 1024, not ${pageCache}`,
  );
}

function requireSchema(schema: string): string {
  if (/^(?!pg_)[a-z_][a-z0-9_]{0,62}$/.test(schema) && schema !== "information_schema") return schema;
  const message = `"${schema}" cannot be the schema: it takes lower-case letters, digits and _, and must not begin with pg_`;
  throw new AccessionError("configuration-invalid", message);
}
