import { join } from "node:path";
import { describe } from "vitest";
import { createPostgresDatabase } from "./postgres-database.ts";
import { createTemporaryFolder } from "./temporary-folder.ts";

/** One of the two kinds of database that everything has to work on. */
export interface TestedDatabase {
  readonly name: "pglite" | "postgres";
  /** Makes a new, empty database, removed after the test file; what `openDatabase` takes as its location. */
  location(): Promise<string>;
}

const databases: readonly TestedDatabase[] = [
  { name: "pglite", location: async () => join(await createTemporaryFolder(), "catalogue") },
  { name: "postgres", location: async () => (await createPostgresDatabase()).url },
];

/** Runs a suite of tests once on PGlite and once on PostgreSQL. */
export function describeOnDatabases(name: string, suite: (database: TestedDatabase) => void): void {
  for (const database of databases) {
    describe(`${name} (${database.name})`, () => {
      suite(database);
    });
  }
}
