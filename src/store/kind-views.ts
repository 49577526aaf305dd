import { type RawBuilder, sql, type Transaction } from "kysely";
import { z } from "zod";
import { AccessionError } from "../engine/errors.ts";
import type { Kind, RelatedKind, RelationView } from "../engine/kind.ts";
import type { Database } from "./database.ts";
import { asDatabaseError } from "./database-error.ts";
import type { Tables } from "./tables.ts";

const viewRow = z.object({ name: z.string(), definition: z.string() });

/** A view: its name, and what it is made of. */
interface View {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly string[];
  readonly select: RawBuilder<unknown>;
  /** Changes whenever the view would. */
  readonly definition: string;
}

/**
 * Gives each kind a plain SQL view with typed columns, `music.artist`, so that a catalogue can be queried like any
 * database: the id and title, a column for each attribute and each identity scheme, in snake case. A relation may have
 * one beside them, `music.track`. In a catalogue whose schema is not the default, the views' schema is named after both:
 * `library_music`.
 *
 * Costs one statement where all views are as their kinds say.
 *
 * @throws AccessionError `definition-invalid` where two views would have one name.
 */
export async function createKindViews(database: Database, kinds: readonly Kind[]): Promise<void> {
  const wanted = kinds.flatMap((kind) => [viewOf(database.schema, kind), ...relationViewsOf(database.schema, kind)]);
  const twice = wanted.find(({ name, schema }, index) =>
    wanted.some((other, at) => at < index && other.name === name && other.schema === schema),
  );
  if (twice) {
    throw new AccessionError("definition-invalid", `Two views would be named "${twice.schema}.${twice.name}".`);
  }
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

function outdated(wanted: readonly View[], known: ReadonlyMap<string, string>): readonly View[] {
  return wanted.filter((view) => known.get(`${view.schema}.${view.name}`) !== view.definition);
}

async function replaceView(transaction: Transaction<Tables>, schema: string, view: View): Promise<void> {
  const name = `${view.schema}.${view.name}`;
  await sql`create schema if not exists ${sql.id(view.schema)}`.execute(transaction);
  await sql`drop view if exists ${sql.table(name)}`.execute(transaction);
  await sql`create view ${sql.table(name)} as ${view.select}`.execute(transaction);
  await sql`insert into ${sql.table(`${schema}.kind_view`)} (name, definition) values (${name}, ${view.definition})
    on conflict (name) do update set definition = excluded.definition`.execute(transaction);
}

function viewOf(schema: string, kind: Kind): View {
  const identities = kind.identifiers
    .filter((scheme) => scheme.uniqueness === "identity")
    .map((scheme) => ({ column: snakeCase(scheme.name), as: identityColumn(schema, scheme.name) }));
  const own = ["id", "title", "version", "created_at", "updated_at"].map((column) => ({
    column,
    as: sql`i.${sql.id(column)}`,
  }));
  const [, name = ""] = kind.name.split(".");
  return assemble(schema, kind, {
    name,
    columns: [...own.slice(0, 1), ...attributeColumns("i", kind.fields), ...identities, ...own.slice(1)],
    from: sql`${sql.table(`${schema}.item`)} i where i.kind = ${sql.lit(kind.name)} and i.merged_into is null`,
    version: 1,
    fields: kind.fields,
  });
}

function relationViewsOf(schema: string, kind: Kind): readonly View[] {
  return Object.entries(kind.relationViews).flatMap(([type, declared]) => {
    const target = kind.relations[type];
    return target ? [relationViewOf(schema, kind, type, target, declared)] : [];
  });
}

/** The ids and titles at both ends, named after their kinds, and what is said of the relation. */
function relationViewOf(schema: string, kind: Kind, type: string, target: RelatedKind, declared: RelationView): View {
  const word = (of: string): string => snakeCase(of.slice(of.indexOf(".") + 1));
  const [from, other] = [word(kind.name), word(target.name)];
  const to = from === other ? `related_${other}` : other;
  const ends = [
    { column: `${from}_id`, as: sql`r.from_id` },
    { column: `${to}_id`, as: sql`r.to_id` },
    { column: "position", as: sql`r.position` },
  ];
  const titles = [
    { column: `${from}_title`, as: sql`f.title` },
    { column: `${to}_title`, as: sql`t.title` },
  ];
  const item = sql.table(`${schema}.item`);
  return assemble(schema, kind, {
    name: declared.name,
    columns: [...ends, ...attributeColumns("r", declared.attributes.shape), ...titles],
    from: sql`${sql.table(`${schema}.relation`)} r join ${item} f on f.id = r.from_id join ${item} t on t.id = r.to_id
      where r.type = ${sql.lit(type)} and f.kind = ${sql.lit(kind.name)} and f.merged_into is null`,
    version: 2,
    fields: declared.attributes.shape,
  });
}

/** What a view is made of. Where two columns have one name, the first is kept. */
interface ViewParts {
  readonly name: string;
  readonly columns: readonly { readonly column: string; readonly as: RawBuilder<unknown> }[];
  readonly from: RawBuilder<unknown>;
  /** Another number where the same columns are to be made anew. */
  readonly version: number;
  readonly fields: Readonly<Record<string, z.ZodType>>;
}

function assemble(schema: string, kind: Kind, { name, columns, from, version, fields }: ViewParts): View {
  const [pack = ""] = kind.name.split(".");
  const kept = columns.filter(({ column }, index) => columns.findIndex((one) => one.column === column) === index);
  const names = kept.map(({ column }) => column);
  return {
    schema: schema === "accession" ? pack : `${schema}_${pack}`,
    name,
    columns: names,
    select: sql`select ${sql.join(kept.map(({ column, as }) => sql`${as} as ${sql.id(column)}`))} from ${from}`,
    definition: JSON.stringify([version, ...names, ...Object.values(fields).map(sqlType)]),
  };
}

function attributeColumns(of: string, fields: Readonly<Record<string, z.ZodType>>): ViewParts["columns"] {
  return Object.entries(fields).map(([field, type]) => {
    const attributes = sql.ref(`${of}.attributes`);
    const asSql = sqlType(type);
    const as =
      asSql === "jsonb"
        ? sql`${attributes} -> ${sql.lit(field)}`
        : sql`(${attributes} ->> ${sql.lit(field)})::${sql.raw(asSql)}`;
    return { column: snakeCase(field), as };
  });
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
