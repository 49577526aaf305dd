import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { Client } from "pg";
import { pgliteVersion } from "../src/store/seed.ts";
import { startPostgresServer } from "../test/support/postgres-server.ts";

/** One of the two kinds of database that everything is measured on. */
export interface BenchedEngine {
  readonly name: "PGlite" | "PostgreSQL";
  readonly version: string;
  /** A place for a new, empty catalogue: what `openCatalog` takes. */
  location(): Promise<string>;
  /** A connection of the driver's own to a catalogue that nobody has open. */
  connect(location: string): Promise<PlainConnection>;
}

/** A driver's own connection, as hand-written SQL uses it. */
export interface PlainConnection {
  query(sql: string, values?: readonly unknown[]): Promise<readonly unknown[]>;
  /** Runs statements between `begin` and `commit`. */
  transaction(work: (query: PlainConnection["query"]) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** The engines; closing them stops the server and removes every catalogue. */
export interface BenchedEngines extends AsyncDisposable {
  readonly all: readonly BenchedEngine[];
}

/** PostgreSQL as it comes. */
const itsOwn = { shared_buffers: "128MB" };

/**
 * Starts a PostgreSQL server of our own beside PGlite in a temporary folder.
 *
 * @param settings of the server, by name. Default: as PostgreSQL comes.
 */
export async function startEngines(settings: Readonly<Record<string, string>> = itsOwn): Promise<BenchedEngines> {
  const folder = await mkdtemp(join(tmpdir(), "accession-bench-"));
  const server = await startPostgresServer(settings);
  return {
    all: [
      {
        name: "PGlite",
        version: await pgliteVersion(),
        location: async () => join(folder, newName()),
        connect: (location) => connectPglite(location),
      },
      {
        name: "PostgreSQL",
        version: await serverVersion(server.url),
        location: () => createDatabase(server.url),
        connect: (location) => connectPostgres(location),
      },
    ],
    async [Symbol.asyncDispose]() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function connectPglite(location: string): Promise<PlainConnection> {
  const pglite = await PGlite.create({ dataDir: join(location, "pgdata") });
  return {
    query: async (sql, values = []) => (await pglite.query(sql, [...values])).rows,
    transaction: (work) =>
      pglite.transaction((transaction) =>
        work(async (sql, values = []) => (await transaction.query(sql, [...values])).rows),
      ),
    close: () => pglite.close(),
  };
}

async function connectPostgres(location: string): Promise<PlainConnection> {
  const client = new Client({ connectionString: location });
  await client.connect();
  const query: PlainConnection["query"] = async (sql, values = []) =>
    (await client.query<Record<string, unknown>>(sql, [...values])).rows;
  return {
    query,
    async transaction(work) {
      await client.query("begin");
      await work(query);
      await client.query("commit");
    },
    close: () => client.end(),
  };
}

async function createDatabase(server: string): Promise<string> {
  const name = newName();
  const client = await connectPostgres(server);
  await client.query(`create database ${name}`);
  await client.close();
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

async function serverVersion(url: string): Promise<string> {
  const client = await connectPostgres(url);
  const [row] = (await client.query("show server_version")) as readonly { readonly server_version: string }[];
  await client.close();
  return row?.server_version ?? "unknown";
}

function newName(): string {
  return `bench_${randomBytes(6).toString("hex")}`;
}
