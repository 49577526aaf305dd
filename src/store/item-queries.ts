import { type Kysely, sql, type Transaction } from "kysely";
import type { ItemId } from "../engine/item.ts";
import type { StoredContribution } from "../engine/merge.ts";
import type { Identifier } from "../engine/scheme.ts";
import type { StoredItem } from "../engine/store.ts";
import { readContributions, readItems, selectItems } from "./item-rows.ts";
import { namedQuery, namesMeet } from "./search-words.ts";
import type { Tables } from "./tables.ts";

/** A connection, or the transaction on it. */
export type Executor = Kysely<Tables> | Transaction<Tables>;

/** Items that have any of these identifiers; merging two items moves theirs, so no redirect is in the way. */
export async function itemsByIdentifiers(
  executor: Executor,
  schema: string,
  identifiers: readonly Identifier[],
): Promise<readonly StoredItem[]> {
  if (identifiers.length === 0) return [];
  // On its own: most look-ups of an import find nothing, and merely planning to load an item costs as much as a save.
  const pairs = identifiers.map(({ scheme, value }) => sql`(${scheme}, ${value})`);
  const { rows } = await sql<{ item_id: ItemId }>`
    select item_id from ${sql.table(`${schema}.identifier`)} where (scheme, value) in (${sql.join(pairs)})`.execute(
    executor,
  );
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.item_id);
  return readItems((await selectItems(schema, sql`i.id = any(${ids}::uuid[])`).execute(executor)).rows);
}

/** Items of a kind with this name key, among as many of their names as are indexed. */
export async function itemsByName(
  executor: Executor,
  schema: string,
  kind: string,
  key: string,
  limit: number,
): Promise<readonly StoredItem[]> {
  const where = sql`i.id in (
    select n.id from ${sql.table(`${schema}.item`)} n
    where ${namesMeet(schema, "n", namedQuery([key]))}
      and n.name_keys @> array[${key}]::text[] and n.kind = ${kind} and n.merged_into is null limit ${limit})`;
  return readItems((await selectItems(schema, where).execute(executor)).rows);
}

/** Items by id; an item that was merged into another is that other. */
export async function itemsById(
  executor: Executor,
  schema: string,
  ids: readonly ItemId[],
): Promise<readonly StoredItem[]> {
  const item = sql.table(`${schema}.item`);
  const where = sql`i.id in (
    with recursive redirect(id, next) as (
      select a.id, a.merged_into from ${item} a where a.id = any(${[...ids]}::uuid[])
      union
      select b.id, b.merged_into from redirect d join ${item} b on b.id = d.next
    )
    select id from redirect where next is null)`;
  return readItems((await selectItems(schema, where).execute(executor)).rows);
}

/** All that was said of items, and of the items merged into each. */
export async function contributionsOf(
  executor: Executor,
  schema: string,
  ids: readonly ItemId[],
): Promise<ReadonlyMap<ItemId, readonly StoredContribution[]>> {
  const { rows } = await sql`
    with recursive member(root, id) as (
      select r.id, r.id from unnest(${[...ids]}::uuid[]) as r(id)
      union
      select f.root, m.id from member f join ${sql.table(`${schema}.item`)} m on m.merged_into = f.id
    )
    select f.root, c.item_id, c.provider, c.partial, c.fetched_at, c.data
    from member f join ${sql.table(`${schema}.contribution`)} c on c.item_id = f.id`.execute(executor);
  const found = new Map<ItemId, StoredContribution[]>();
  for (const { root, contribution } of readContributions(rows)) {
    found.set(root, [...(found.get(root) ?? []), contribution]);
  }
  return found;
}

/** The ids of an item and of all that were merged into it. */
export function family(schema: string, id: ItemId) {
  return sql`
    with recursive member(id) as (
      select ${id}::uuid
      union
      select m.id from member f join ${sql.table(`${schema}.item`)} m on m.merged_into = f.id
    )
    select id from member`;
}
