import type { PGlite } from "@electric-sql/pglite";
import type { Kysely } from "kysely";
import type { Tables } from "../tables.ts";

/** Called with the text of every statement sent to the database, `begin`, `commit` and `rollback` included. */
export type StatementObserver = (sql: string) => void;

/** The database below kysely. */
export type Driver =
  | { readonly engine: "pglite"; readonly pglite: PGlite }
  /** The URL with its password: never to be printed. */
  | { readonly engine: "postgres"; readonly url: string };

/** An open connection (or pool of connections) to one of the engines, before anybody has looked at the schema in it. */
export interface Connection {
  readonly engine: "pglite" | "postgres";
  /** Where the data is, for messages: an absolute path, `memory:`, or a URL without its password. */
  readonly location: string;
  /**
   * Typed statements; a statement without parameters may hold several statements separated by semicolons, and one that is made
   * of `copy … from stdin` ({@link copyStatements}) takes what each copies as its parameters.
   */
  readonly kysely: Kysely<Tables>;
  /** What stands behind kysely, for the job queue, which brings statements of its own. */
  readonly driver: Driver;
  /** Gives back everything that was taken; called once. */
  close(): Promise<void>;
}
