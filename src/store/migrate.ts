import { readdir, readFile } from "node:fs/promises";
import { type Kysely, sql } from "kysely";
import { AccessionError } from "../engine/errors.ts";
import { packageFile } from "../package-file.ts";
import { asDatabaseError, databaseErrorCode, repeatUndone } from "./database-error.ts";
import type { Tables } from "./tables.ts";

// The oldest PostgreSQL that our SQL runs on, as server_version_num says it.
const oldestServer = 150_000;

/** One numbered SQL file of `migrations/`. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  /** SQL in which `accession.` stands for the schema. */
  readonly script: string;
}

const folder = packageFile("src/store/migrations/");
const undefinedTable = "42P01";
const undefinedSchema = "3F000";
const insufficientPrivilege = "42501";
const dependentObjects = "2BP01";

/** The migrations that this version knows, oldest first. */
export async function readMigrations(): Promise<readonly Migration[]> {
  const files = (await readdir(folder)).filter((file) => /^\d{4}_.+\.sql$/.test(file)).toSorted();
  return Promise.all(
    files.map(async (file) => ({
      version: Number(file.slice(0, 4)),
      name: file.slice(5, -".sql".length),
      script: await readFile(new URL(file, folder), "utf8"),
    })),
  );
}

/**
 * Brings the catalogue in `schema` up to the newest migration, making the schema where there is none. Any number of
 * processes may do so at once. Each migration is one transaction. Costs one statement where nothing is to be done.
 *
 * @throws AccessionError `database-newer` where a newer version has been here; `configuration-invalid` where the server
 *   is too old or forbids us to make the schema, or something of a reader's own is in the way; else as {@link asDatabaseError}.
 */
export async function migrate(kysely: Kysely<Tables>, schema: string): Promise<void> {
  const migrations = await readMigrations();
  try {
    let version = await appliedVersion(kysely, schema, migrations);
    while (version < latest(migrations)) {
      // A migration that locks tables may meet the saves of a process that is at work.
      version = await repeatUndone(() => applyNext(kysely, schema, migrations));
    }
  } catch (error) {
    const cause = error instanceof AccessionError ? error.cause : error;
    const code = databaseErrorCode(cause);
    if (code === dependentObjects) throw inTheWay(cause);
    if (code !== insufficientPrivilege) throw asDatabaseError(error);
    const reason = `${asDatabaseError(error).message}: let its user make the schema "${schema}", or make it for them`;
    throw new AccessionError("configuration-invalid", reason, { cause });
  }
}

/** That something of a reader's own stands on a table that a migration replaces: nothing was changed. */
function inTheWay(cause: unknown): AccessionError {
  const { detail } = { detail: undefined, ...(cause as object) } as { readonly detail: unknown };
  const named = typeof detail === "string" ? ` (${detail})` : "";
  return new AccessionError("configuration-invalid", `A view of yours is in the way of a migration${named}`, {
    cause,
    remedy:
      "Nothing was changed. Drop it, open the catalogue again, and make it anew: what it reads keeps its name and columns.",
  });
}

/** Refuses a server older than PostgreSQL 15, given its `server_version_num`. */
export function requireServer(versionNumber: number): void {
  if (versionNumber >= oldestServer) return;
  const found = Math.floor(versionNumber / 10_000);
  const message = `This is PostgreSQL ${found}; a catalogue needs PostgreSQL ${oldestServer / 10_000} or newer`;
  throw new AccessionError("configuration-invalid", message);
}

async function appliedVersion(
  kysely: Kysely<Tables>,
  schema: string,
  migrations: readonly Migration[],
): Promise<number> {
  const query = sql<{ server: number; version: number | null }>`
    select current_setting('server_version_num')::int as server,
      (select max(version) from ${sql.table(`${schema}.migration`)}) as version`;
  try {
    const { rows } = await query.execute(kysely);
    const [row] = rows;
    requireServer(row?.server ?? 0);
    const version = row?.version ?? 0;
    if (version > latest(migrations)) throw newer(schema, version, latest(migrations));
    return version;
  } catch (error) {
    const code = databaseErrorCode(error);
    if (code === undefinedTable || code === undefinedSchema) return 0;
    throw error;
  }
}

/** Applies the one migration that comes next, once all others who want to do the same have done so. */
async function applyNext(kysely: Kysely<Tables>, schema: string, migrations: readonly Migration[]): Promise<number> {
  return kysely.transaction().execute(async (transaction) => {
    const { rows } = await sql<{ server: number }>`
      select current_setting('server_version_num')::int as server,
        pg_advisory_xact_lock(hashtextextended(${`accession.migrate ${schema}`}, 0))`.execute(transaction);
    requireServer(rows[0]?.server ?? 0);
    const table = sql.table(`${schema}.migration`);
    // "if not exists" would ask for the right to make schemas even where this one is there already.
    const existing = await sql`select from pg_namespace where nspname = ${schema}`.execute(transaction);
    if (existing.rows.length === 0) await sql`create schema ${sql.id(schema)}`.execute(transaction);
    await sql`create table if not exists ${table} (
      version integer primary key,
      name text not null,
      applied_at timestamptz not null default now()
    )`.execute(transaction);
    const version = await appliedVersion(transaction, schema, migrations);
    const next = migrations.find((migration) => migration.version > version);
    if (next === undefined) return version;
    await sql.raw(next.script.replaceAll(/\baccession\./g, `"${schema}".`)).execute(transaction);
    await sql`insert into ${table} (version, name) values (${next.version}, ${next.name})`.execute(transaction);
    return next.version;
  });
}

function latest(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.version ?? 0;
}

function newer(schema: string, found: number, known: number): AccessionError {
  const message = `The schema "${schema}" is at migration ${found}; this installation knows only ${known}`;
  return new AccessionError("database-newer", message);
}
