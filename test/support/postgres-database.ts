import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { afterAll, inject } from "vitest";

/** A database of its own on the run's PostgreSQL server. */
export interface PostgresDatabase {
  readonly url: string;
  /** Removes it, whoever is still connected; happens by itself after the test file. */
  drop(): Promise<void>;
}

const open = new Set<PostgresDatabase>();
afterAll(async () => {
  for (const database of open) await database.drop();
});

/** Makes an empty database, removed after the test file that called. */
export async function createPostgresDatabase(): Promise<PostgresDatabase> {
  const server = inject("postgresUrl");
  const name = `test_${randomBytes(6).toString("hex")}`;
  await administer(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const database: PostgresDatabase = {
    url: url.href,
    async drop() {
      if (open.delete(database)) await administer(server, `drop database ${name} with (force)`);
    },
  };
  open.add(database);
  return database;
}

async function administer(server: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
