import { type RawBuilder, sql } from "kysely";
import type { ItemId } from "../engine/item.ts";
import type { RelationRow, RowChanges, SaveRows } from "../engine/store.ts";
import { recordset } from "./recordset.ts";

/** How the rows of one of an item's association tables are written; each column with its SQL type. */
interface Association {
  readonly table: string;
  /** The column that holds the item. */
  readonly owner: string;
  /** The rest of the primary key. */
  readonly key: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, string>>;
}

const identifiers: Association = {
  table: "identifier",
  owner: "item_id",
  key: { scheme: "text", value: "text" },
  values: { identity: "boolean", provider: "text", position: "int" },
};

const categories: Association = {
  table: "category",
  owner: "item_id",
  key: { type: "text", key: "text" },
  values: { name: "text", weight: "float8", position: "int", provider: "text" },
};

const relations: Association = {
  table: "relation",
  owner: "from_id",
  key: { type: "text", position: "int", to_id: "uuid" },
  values: { attributes: "jsonb", provider: "text" },
};

const links: Association = {
  table: "link",
  owner: "item_id",
  key: { type: "text", url: "text" },
  values: { attributes: "jsonb", position: "int", provider: "text" },
};

/** The parts of a statement that bring an item's associations up to date; none for a table that stays as it is. */
export function associationWrites(schema: string, rows: SaveRows): readonly RawBuilder<unknown>[] {
  const toColumns = ({ toId, ...row }: RelationRow) => ({ ...row, to_id: toId });
  return [
    ...writes(schema, identifiers, rows.id, rows.identifiers),
    ...writes(schema, categories, rows.id, rows.categories),
    ...writes(schema, relations, rows.id, {
      put: rows.relations.put.map(toColumns),
      gone: rows.relations.gone.map(toColumns),
    }),
    ...writes(schema, links, rows.id, rows.links),
  ];
}

function writes(
  schema: string,
  { table, owner, key, values }: Association,
  id: ItemId,
  changes: RowChanges<object>,
): readonly RawBuilder<unknown>[] {
  const target = sql.table(`${schema}.${table}`);
  const columns = { ...key, ...values };
  const names = (list: readonly string[]): string => list.map((column) => `"${column}"`).join(", ");
  const matches = Object.keys(key).map((column) => `t."${column}" = r."${column}"`);
  const updates = Object.keys(values).map((column) => `"${column}" = excluded."${column}"`);
  const gone = sql`${sql.raw(`${table}_gone`)} as (
    delete from ${target} t using ${recordset("r", key, changes.gone)}
    where t.${sql.id(owner)} = ${id}::uuid and ${sql.raw(matches.join(" and "))})`;
  const put = sql`${sql.raw(`${table}_put`)} as (
    insert into ${target} (${sql.raw(names([owner, ...Object.keys(columns)]))})
    select ${id}::uuid, r.* from ${recordset("r", columns, changes.put)}
    on conflict (${sql.raw(names([owner, ...Object.keys(key)]))}) do update set ${sql.raw(updates.join(", "))})`;
  return [...(changes.gone.length > 0 ? [gone] : []), ...(changes.put.length > 0 ? [put] : [])];
}
