import { sql } from "kysely";
import { z } from "zod";
import { type ItemId, itemId } from "../engine/item.ts";
import type { Executor } from "./item-queries.ts";

const idRow = z.object({ id: itemId });

/**
 * Turns an item into a redirect: its identifiers and the relations to it move to the other item, and what was derived
 * from its contributions goes, since the other item's next merge derives it anew.
 */
export async function redirect(executor: Executor, schema: string, drop: ItemId, keep: ItemId): Promise<void> {
  const table = (name: string) => sql.table(`${schema}.${name}`);
  await sql`
    insert into ${table("item_merge")} (dropped_id, kept_id, identifiers)
    select ${drop}::uuid, ${keep}::uuid, coalesce(json_agg(json_build_object('scheme', scheme, 'value', value)), '[]')
    from ${table("identifier")} where item_id = ${drop}::uuid and identity`.execute(executor);
  await sql`delete from ${table("identifier")} where item_id = ${drop}::uuid and not identity`.execute(executor);
  await sql`update ${table("identifier")} set item_id = ${keep}::uuid, position = position + 1000
    where item_id = ${drop}::uuid`.execute(executor);
  await renumber(executor, schema, [keep]);
  await sql`delete from ${table("image")} where item_id = ${drop}::uuid`.execute(executor);
  await sql`delete from ${table("relation")} where from_id = ${drop}::uuid`.execute(executor);
  // Where both were credited in one place, one relation is left.
  await sql`delete from ${table("relation")} r where r.to_id = ${drop}::uuid and exists (
    select from ${table("relation")} o where (o.from_id, o.type, o.position, o.to_id) = (r.from_id, r.type, r.position, ${keep}::uuid)
  )`.execute(executor);
  await sql`update ${table("relation")} set to_id = ${keep}::uuid where to_id = ${drop}::uuid`.execute(executor);
  await sql`update ${table("item")} set merged_into = ${keep}::uuid, categories = '[]', links = '[]', updated_at = now()
    where id = ${drop}::uuid`.execute(executor);
}

/**
 * Gives a redirect its identities back, as far as the item that it led to still has them; gives that item, at the end of
 * the chain of redirects, or undefined where there was none.
 */
export async function undoRedirect(executor: Executor, schema: string, drop: ItemId): Promise<ItemId | undefined> {
  const table = (name: string) => sql.table(`${schema}.${name}`);
  const { rows } = await sql`
    with recursive undone as (
      update ${table("item")} i set merged_into = null, updated_at = now()
      from ${table("item")} k where i.id = ${drop}::uuid and k.id = i.merged_into returning k.id, k.merged_into
    ), redirect(id, next) as (
      select id, merged_into from undone
      union
      select b.id, b.merged_into from redirect d join ${table("item")} b on b.id = d.next
    )
    select id from redirect where next is null`.execute(executor);
  const [kept] = rows.map((row) => idRow.parse(row).id);
  if (kept === undefined) return undefined;
  await sql`
    with undone as (delete from ${table("item_merge")} where dropped_id = ${drop}::uuid returning identifiers)
    update ${table("identifier")} x set item_id = ${drop}::uuid
    from undone, json_to_recordset(undone.identifiers::json) as r(scheme text, value text)
    where x.scheme = r.scheme and x.value = r.value and x.identity and x.item_id = ${kept}::uuid`.execute(executor);
  await renumber(executor, schema, [drop, kept]);
  return kept;
}

/** Makes positions count from 1 without gaps, as saving an item leaves them. */
async function renumber(executor: Executor, schema: string, ids: readonly ItemId[]): Promise<void> {
  const identifier = sql.table(`${schema}.identifier`);
  await sql`
    update ${identifier} x set position = n.position
    from (
      select item_id, scheme, value,
        row_number() over (partition by item_id order by position, scheme, value) as position
      from ${identifier} where item_id = any(${[...ids]}::uuid[])
    ) n
    where (x.item_id, x.scheme, x.value) = (n.item_id, n.scheme, n.value)`.execute(executor);
}

/** Items with a relation to this one. */
export async function relatedTo(executor: Executor, schema: string, id: ItemId): Promise<readonly ItemId[]> {
  const { rows } = await sql`
    select distinct from_id as id from ${sql.table(`${schema}.relation`)} where to_id = ${id}::uuid`.execute(executor);
  return rows.map((row) => idRow.parse(row).id);
}
