import { sql } from "kysely";
import type { ItemId } from "../engine/item.ts";
import type { CategoryRow, IdentifierRow, LinkRow, RelationRow, RowChanges } from "../engine/store.ts";
import type { Executor } from "./item-queries.ts";
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

/** Brings an item's identifiers up to date; none of them may be an identity of another item. */
export async function changeIdentifiers(
  executor: Executor,
  schema: string,
  id: ItemId,
  changes: RowChanges<IdentifierRow>,
): Promise<void> {
  await change(executor, schema, identifiers, id, changes);
}

/** Brings an item's categories up to date. */
export async function changeCategories(
  executor: Executor,
  schema: string,
  id: ItemId,
  changes: RowChanges<CategoryRow>,
): Promise<void> {
  await change(executor, schema, categories, id, changes);
}

/** Brings an item's relations up to date. */
export async function changeRelations(
  executor: Executor,
  schema: string,
  id: ItemId,
  changes: RowChanges<RelationRow>,
): Promise<void> {
  const toColumns = ({ toId, ...row }: RelationRow) => ({ ...row, to_id: toId });
  await change(executor, schema, relations, id, { put: changes.put.map(toColumns), gone: changes.gone.map(toColumns) });
}

/** Brings an item's links up to date. */
export async function changeLinks(
  executor: Executor,
  schema: string,
  id: ItemId,
  changes: RowChanges<LinkRow>,
): Promise<void> {
  await change(executor, schema, links, id, changes);
}

async function change(
  executor: Executor,
  schema: string,
  association: Association,
  id: ItemId,
  changes: RowChanges<object>,
): Promise<void> {
  const { owner, key, values } = association;
  const table = sql.table(`${schema}.${association.table}`);
  if (changes.gone.length > 0) {
    const matches = Object.keys(key).map((column) => sql`t.${sql.id(column)} = r.${sql.id(column)}`);
    await sql`
      delete from ${table} t using ${recordset("r", key, changes.gone)}
      where t.${sql.id(owner)} = ${id}::uuid and ${sql.join(matches, sql` and `)}`.execute(executor);
  }
  if (changes.put.length > 0) {
    const columns = { ...key, ...values };
    const updates = Object.keys(values).map((column) => sql`${sql.id(column)} = excluded.${sql.id(column)}`);
    await sql`
      insert into ${table} (${sql.join([owner, ...Object.keys(columns)].map((column) => sql.id(column)))})
      select ${id}::uuid, r.* from ${recordset("r", columns, changes.put)}
      on conflict (${sql.join([owner, ...Object.keys(key)].map((column) => sql.id(column)))})
      do update set ${sql.join(updates)}`.execute(executor);
  }
}
