import { type RawBuilder, sql, type Transaction } from "kysely";
import { z } from "zod";
import type { Kind } from "../engine/kind.ts";
import type { Database } from "./database.ts";
import { asDatabaseError } from "./database-error.ts";
import type { Tables } from "./tables.ts";

const viewRow = z.object({ name: z.string(), definition: z.string() });

/** A kind's view: its name, and what it is made of. */
interface KindView {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly string[];
  readonly select: RawBuilder<unknown>;
  /** Changes whenever the view would. */
  readonly definition: string;
}

/**
 * Gives each kind a plain SQL view with typed columns, `music.artist`, so that a catalogue can be queried like any
 * database: the id and title, a column for each attribute and each identity scheme, in snake case. In a catalogue whose
 * schema is not the default, the views' schema is named after both: `library_music`.
 *
 * Costs one statement where all views are as their kinds say.
 */
export async function createKindViews(database: Database, kinds: readonly Kind[]): Promise<void> {
  const wanted = kinds.map((kind) => viewOf(database.schema, kind));
  try {
    if (outdated(wanted, await existing(database.kysely, database.schema)).length === 0) return;
    await database.kysely.transaction().execute(async (transaction) => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${`accession.views ${database.schema}`}, 0))`.execute(
        transaction,
      );
      for (const view of outdated(wanted, await existing(transaction, database.schema))) {
        await replaceView(transaction, database.schema, view);
      }
    });
  } catch (thrown) {
    throw asDatabaseError(thrown);
  }
}

async function existing(executor: Database["kysely"], schema: string): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql`select name, definition from ${sql.table(`${schema}.kind_view`)}`.execute(executor);
  return new Map(rows.map((row) => viewRow.parse(row)).map((view) => [view.name, view.definition]));
}

function outdated(wanted: readonly KindView[], known: ReadonlyMap<string, string>): readonly KindView[] {
  return wanted.filter((view) => known.get(`${view.schema}.${view.name}`) !== view.definition);
}

async function replaceView(transaction: Transaction<Tables>, schema: string, view: KindView): Promise<void> {
  const name = `${view.schema}.${view.name}`;
  await sql`create schema if not exists ${sql.id(view.schema)}`.execute(transaction);
  await sql`drop view if exists ${sql.table(name)}`.execute(transaction);
  await sql`create view ${sql.table(name)} as ${view.select}`.execute(transaction);
  await sql`insert into ${sql.table(`${schema}.kind_view`)} (name, definition) values (${name}, ${view.definition})
    on conflict (name) do update set definition = excluded.definition`.execute(transaction);
}

function viewOf(schema: string, kind: Kind): KindView {
  const [pack = "", name = ""] = kind.name.split(".");
  const attributes = Object.entries(kind.fields).map(([field, type]) => ({
    column: snakeCase(field),
    as: attributeColumn(field, type),
  }));
  const identities = kind.identifiers
    .filter((scheme) => scheme.uniqueness === "identity")
    .map((scheme) => ({ column: snakeCase(scheme.name), as: identityColumn(schema, scheme.name) }));
  const own = ["id", "title", "version", "created_at", "updated_at"].map((column) => ({
    column,
    as: sql`i.${sql.id(column)}`,
  }));
  const taken = new Set<string>();
  const columns = [...own.slice(0, 1), ...attributes, ...identities, ...own.slice(1)].filter(({ column }) => {
    const isFree = !taken.has(column);
    taken.add(column);
    return isFree;
  });
  const list = sql.join(columns.map(({ column, as }) => sql`${as} as ${sql.id(column)}`));
  return {
    schema: schema === "accession" ? pack : `${schema}_${pack}`,
    name,
    columns: columns.map(({ column }) => column),
    select: sql`select ${list} from ${sql.table(`${schema}.item`)} i
      where i.kind = ${sql.lit(kind.name)} and i.merged_into is null`,
    definition: JSON.stringify([1, ...columns.map(({ column }) => column), ...Object.values(kind.fields).map(sqlType)]),
  };
}

function attributeColumn(field: string, type: z.ZodType): RawBuilder<unknown> {
  const asSql = sqlType(type);
  if (asSql === "jsonb") return sql`i.attributes -> ${sql.lit(field)}`;
  return sql`(i.attributes ->> ${sql.lit(field)})::${sql.raw(asSql)}`;
}

function identityColumn(schema: string, scheme: string): RawBuilder<unknown> {
  return sql`(select x.value from ${sql.table(`${schema}.identifier`)} x
    where x.item_id = i.id and x.scheme = ${sql.lit(scheme)} order by x.position limit 1)`;
}

/** The SQL type of an attribute: lists and objects stay JSON. */
function sqlType(type: z.ZodType): "text" | "double precision" | "bigint" | "boolean" | "jsonb" {
  const { type: json } = z.toJSONSchema(type, { unrepresentable: "any" });
  switch (json) {
    case "string":
      return "text";
    case "number":
      return "double precision";
    case "integer":
      return "bigint";
    case "boolean":
      return "boolean";
    default:
      return "jsonb";
  }
}

function snakeCase(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replaceAll(/[^A-Za-z0-9]+/g, "_")
    .toLowerCase();
}
