import { cp } from "node:fs/promises";
import { describe, inject } from "vitest";
import { createPostgresDatabase } from "./postgres-database.ts";
import { createTemporaryFolder } from "./temporary-folder.ts";

/** One of the two kinds of database that everything has to work on. */
export interface TestedDatabase {
  readonly name: "pglite" | "postgres";
  /** What `openDatabase` takes for a database of its own that holds nothing yet, removed after the test file. */
  readonly location: () => Promise<string>;
}

const databases: readonly TestedDatabase[] = [
  { name: "pglite", location: createCatalogueFolder },
  { name: "postgres", location: async () => (await createPostgresDatabase()).url },
];

/** Makes a folder with an empty catalogue, removed after the test file that called. */
export async function createCatalogueFolder(): Promise<string> {
  const folder = await createTemporaryFolder();
  await cp(inject("catalogueTemplate"), folder, { recursive: true });
  return folder;
}

/** Runs a suite of tests once on PGlite and once on PostgreSQL. */
export function describeOnDatabases(name: string, suite: (database: TestedDatabase) => void): void {
  for (const database of databases) {
    describe(`${name} (${database.name})`, () => {
      suite(database);
    });
  }
}
