/**
 * Writes `src/store/schema.sql`: the tables, views, functions and triggers as the migrations leave them, for people to read in
 * one piece and for reviewers to see what a migration changes.
 */
import { writeFile } from "node:fs/promises";
import { type Kysely, sql } from "kysely";
import { openDatabase } from "../src/store/database.ts";

/** Describes a database schema as SQL, the same for the same schema on every engine. */
export async function dumpSchema<Tables>(kysely: Kysely<Tables>, schema: string): Promise<string> {
  const tables = await sql<{ name: string; columns: string[]; constraints: string[] | null; indexes: string[] | null }>`
    select table_.relname as name,
      (select array_agg(column_.attname || ' ' || format_type(column_.atttypid, column_.atttypmod)
          || case when column_.attnotnull then ' not null' else '' end
          || coalesce(' default ' || pg_get_expr(default_.adbin, default_.adrelid), '') order by column_.attnum)
        from pg_attribute column_
        left join pg_attrdef default_ on default_.adrelid = column_.attrelid and default_.adnum = column_.attnum
        where column_.attrelid = table_.oid and column_.attnum > 0 and not column_.attisdropped) as columns,
      (select array_agg('constraint ' || conname || ' ' || pg_get_constraintdef(oid) order by contype = 'p' desc, conname collate "C")
        from pg_constraint
        where conrelid = table_.oid and contype <> 'n') as constraints, -- since 18, "not null" is a constraint too
      (select array_agg(pg_get_indexdef(index_.indexrelid) order by pg_get_indexdef(index_.indexrelid) collate "C")
        from pg_index index_
        where index_.indrelid = table_.oid
          and not exists (select from pg_constraint where conindid = index_.indexrelid and conrelid = table_.oid)) as indexes
    from pg_class table_
    where table_.relnamespace = to_regnamespace(${schema}) and table_.relkind = 'r'
    order by table_.relname collate "C"`.execute(kysely);
  const views = await sql<{ definition: string }>`
    select 'create view ' || ${schema} || '.' || viewname || ' as' || chr(10) || definition as definition
    from pg_views where schemaname = ${schema} order by viewname collate "C"`.execute(kysely);
  const functions = await sql<{ definition: string }>`
    select pg_get_functiondef(oid) as definition from pg_proc
    where pronamespace = to_regnamespace(${schema})
    order by proname collate "C"`.execute(kysely);
  const triggers = await sql<{ definition: string }>`
    select pg_get_triggerdef(trigger_.oid) as definition
    from pg_trigger trigger_ join pg_class table_ on table_.oid = trigger_.tgrelid
    where table_.relnamespace = to_regnamespace(${schema}) and not trigger_.tgisinternal
    order by trigger_.tgname collate "C"`.execute(kysely);
  const created = tables.rows.map(({ name, columns, constraints, indexes }) => {
    const lines = [...columns, ...(constraints ?? [])].map((line) => `  ${line}`).join(",\n");
    const statements = (indexes ?? []).map((index) => `${index};\n`).join("");
    return `create table ${schema}.${name} (\n${lines}\n);\n${statements}`;
  });
  return [
    ...created,
    ...views.rows.map(({ definition }) => `${definition}\n`),
    ...[...functions.rows, ...triggers.rows].map(
      ({ definition }) => `${definition.replaceAll(`"${schema}".`, `${schema}.`)};\n`,
    ),
  ].join("\n");
}

if (import.meta.main) {
  const database = await openDatabase({ location: "memory:" });
  const header = "-- What the migrations make. Written by scripts/dump-schema.ts; do not edit.\n\n";
  await writeFile(
    new URL("../src/store/schema.sql", import.meta.url),
    header + (await dumpSchema(database.kysely, database.schema)),
  );
  await database.close();
}
