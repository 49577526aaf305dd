import { type RawBuilder, sql } from "kysely";
import { z } from "zod";
import type { Condition } from "../engine/condition.ts";
import { type ItemId, itemId } from "../engine/item.ts";
import type { JsonValue } from "../engine/json.ts";
import type { ItemListing, ListedItem, ListingOrder, ListingPlace } from "../engine/item-listing.ts";
import { isRelated, mayMeet } from "./conditions.ts";
import { sqlOrderOf } from "./item-order.ts";
import type { Executor } from "./item-queries.ts";

const placeRow = z.object({ id: itemId, keys: z.array(z.string()) });
const listedRow = placeRow.extend({
  attributes: z.record(z.string(), z.custom<JsonValue>()),
  categories: z.array(z.object({ type: z.string(), name: z.string() })),
});
const countRow = z.object({ count: z.int() });

/** A page of items of a kind, with what the conditions are about, which some of them may not meet. */
export async function listItems(
  executor: Executor,
  schema: string,
  { kind, conditions, related, order, after, size }: ItemListing,
): Promise<readonly ListedItem[]> {
  const { joined, keys, orderBy, beyond } = sqlOrderOf(order);
  const { rows } = await sql`
    select i.id, ${keys} as keys, ${whatIsAsked(conditions)}
    from ${sql.table(`${schema}.item`)} i ${joined}
    where i.kind = ${kind} and i.merged_into is null and ${after ? beyond(after) : sql`true`} and ${mayMeet(conditions)}
      and ${isRelated(schema, related)}
    order by ${orderBy}
    limit ${size}`.execute(executor);
  return rows.map((row) => listedRow.parse(row));
}

/** Where an item stands in an order, also one that was merged into another; undefined for one that there is not. */
export async function placeOf(
  executor: Executor,
  schema: string,
  id: ItemId,
  order: ListingOrder,
): Promise<ListingPlace | undefined> {
  const { joined, keys } = sqlOrderOf(order);
  const { rows } = await sql`
    select i.id, ${keys} as keys from ${sql.table(`${schema}.item`)} i ${joined} where i.id = ${id}::uuid`.execute(
    executor,
  );
  return rows[0] === undefined ? undefined : placeRow.parse(rows[0]);
}

/** How many items of a kind there are. */
export async function countItems(executor: Executor, schema: string, kind: string): Promise<number> {
  const { rows } = await sql`
    select count(*)::integer as count from ${sql.table(`${schema}.item`)} where kind = ${kind} and merged_into is null`.execute(
    executor,
  );
  return countRow.parse(rows[0]).count;
}

/** What conditions are about, of the item. Nothing is looked for where there are none. */
function whatIsAsked(conditions: readonly Condition[]): RawBuilder<unknown> {
  if (conditions.length === 0) return sql`'{}'::jsonb as attributes, '[]'::jsonb as categories`;
  const fields = [...new Set(conditions.map(({ field }) => field))];
  const named = sql.lit("$[*] ? (@.type == $fields[*])");
  return sql`coalesce((select jsonb_object_agg(f, i.attributes -> f)
      from unnest(${fields}::text[]) f where i.attributes -> f is not null), '{}') as attributes,
    jsonb_path_query_array(i.categories, ${named}, jsonb_build_object('fields', ${fields}::text[])) as categories`;
}
