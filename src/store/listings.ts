import { sql } from "kysely";
import { z } from "zod";
import { type ItemId, itemId } from "../engine/item.ts";
import type { JsonValue } from "../engine/json.ts";
import type { ListedItems, ListingRecord, SeenItems } from "../engine/listing-record.ts";
import type { Executor } from "./item-queries.ts";
import { moment } from "./moment.ts";

const idRow = z.object({ id: itemId });
const listingRow = z
  .object({
    id: z.string(),
    scope: z.string(),
    started_at: moment,
    position: z.custom<JsonValue>().nullable(),
    done: z.number(),
    refused: z.number(),
  })
  .transform(({ started_at, position, ...row }): ListingRecord => ({
    ...row,
    startedAt: started_at,
    position: position ?? undefined,
  }));

/** How far a listing came that broke off no longer than `age` milliseconds ago; one that is older is removed. */
export async function readListing(
  executor: Executor,
  schema: string,
  scope: string,
  age: number,
): Promise<ListingRecord | undefined> {
  const table = sql.table(`${schema}.listing`);
  const longest = sql`make_interval(secs => ${age / 1000})`;
  const { rows } = await sql`
    with outdated as (delete from ${table} where scope = ${scope} and updated_at <= now() - ${longest})
    select id, scope, started_at, position, done, refused
    from ${table} where scope = ${scope} and updated_at > now() - ${longest}`.execute(executor);
  return rows.map((row) => listingRow.parse(row))[0];
}

/**
 * Notes how far a listing has come, and adds the items that a page has brought to those of the pages before. Where the record
 * has an id and is there no more, nothing is noted: under a new one, the items of the pages before would be missing.
 *
 * @returns the record's id; undefined where it is there no more.
 */
export async function putListing(
  executor: Executor,
  schema: string,
  { id, scope, startedAt, position, done, refused }: ListingRecord,
  items: readonly ItemId[],
): Promise<string | undefined> {
  const table = sql.table(`${schema}.listing`);
  const place = sql`${position === undefined ? null : JSON.stringify(position)}::jsonb`;
  const noted =
    id === undefined
      ? sql`
        insert into ${table} (scope, started_at, position, done, refused)
        values (${scope}, ${startedAt}::timestamptz, ${place}, ${done}::integer, ${refused}::integer)
        on conflict (scope) do update
        set started_at = excluded.started_at, updated_at = now(), position = excluded.position, done = excluded.done,
          refused = excluded.refused
        returning id`
      : sql`
        update ${table} set updated_at = now(), position = ${place}, done = ${done}::integer, refused = ${refused}::integer
        where id = ${id}::uuid
        returning id`;
  const { rows } = await sql<{ id: string }>`
    with noted as (${noted}),
      added as (
        insert into ${sql.table(`${schema}.listing_item`)} (listing_id, item_id)
        select n.id, i.id from noted n cross join unnest(${[...items]}::uuid[]) as i(id)
        on conflict do nothing
      )
    select id from noted`.execute(executor);
  return rows[0]?.id;
}

/** Forgets how far a listing has come, and what it has brought. @param id only where it is still this record. */
export async function removeListing(executor: Executor, schema: string, scope: string, id?: string): Promise<void> {
  const isMeant = id === undefined ? sql`true` : sql`id = ${id}::uuid`;
  await sql`delete from ${sql.table(`${schema}.listing`)} where scope = ${scope} and ${isMeant}`.execute(executor);
}

/**
 * Items of a kind with a relation of this type to an item, as this provider says, that a run of a listing has not seen; none
 * where what it has noted is there no more.
 */
export async function unseenItems(
  executor: Executor,
  schema: string,
  { kind, parent, relation, provider }: ListedItems,
  { id, unnoted }: SeenItems,
): Promise<readonly ItemId[]> {
  const table = (name: string) => sql.table(`${schema}.${name}`);
  const isUnnoted =
    id === undefined
      ? sql`true`
      : sql`exists (select from ${table("listing")} l where l.id = ${id}::uuid)
        and not exists (
          select from ${table("listing_item")} s where s.listing_id = ${id}::uuid and s.item_id = i.id)`;
  const { rows } = await sql`
    select distinct i.id from ${table("relation")} r join ${table("item")} i on i.id = r.from_id
    where r.to_id = ${parent}::uuid and r.type = ${relation} and r.provider = ${provider} and i.kind = ${kind}
      and i.id <> all (${[...unnoted]}::uuid[]) and ${isUnnoted}`.execute(executor);
  return rows.map((row) => idRow.parse(row).id);
}
