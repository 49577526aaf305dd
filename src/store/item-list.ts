import { sql } from "kysely";
import { z } from "zod";
import { itemId } from "../engine/item.ts";
import type { JsonValue } from "../engine/json.ts";
import type { ItemListing, ListedItem } from "../engine/store.ts";
import { mayMeet } from "./conditions.ts";
import type { Executor } from "./item-queries.ts";

const listedRow = z.object({
  id: itemId,
  attributes: z.record(z.string(), z.custom<JsonValue>()),
  categories: z.array(z.object({ type: z.string(), name: z.string() })),
});
// Written as the index of titles has it.
const byTitle = (item: string) => sql`(coalesce(left(${sql.ref(`${item}.name_keys`)}[1], 80), '') collate "C")`;

/** A page of items of a kind, with what the conditions are about, which some of them may not meet. */
export async function listItems(
  executor: Executor,
  schema: string,
  { kind, conditions, orderBy, after, size }: ItemListing,
): Promise<readonly ListedItem[]> {
  const item = sql.table(`${schema}.item`);
  const fields = [...new Set(conditions.map(({ field }) => field))];
  const named = sql.lit("$[*] ? (@.type == $fields[*])");
  // Two values rather than a row of a subquery, which no index could be searched for.
  const beyond =
    after === undefined
      ? sql`true`
      : orderBy === "created"
        ? sql`i.id > ${after}::uuid`
        : sql`(${byTitle("i")}, i.id) > ((select ${byTitle("a")} from ${item} a where a.id = ${after}::uuid), ${after}::uuid)`;
  const { rows } = await sql`
    select i.id, coalesce((select jsonb_object_agg(f, i.attributes -> f)
      from unnest(${fields}::text[]) f where i.attributes -> f is not null), '{}') as attributes,
      jsonb_path_query_array(i.categories, ${named}, jsonb_build_object('fields', ${fields}::text[])) as categories
    from ${item} i
    where i.kind = ${kind} and i.merged_into is null and ${beyond} and ${mayMeet(conditions)}
    order by ${orderBy === "created" ? sql`i.id` : sql`${byTitle("i")}, i.id`}
    limit ${size}`.execute(executor);
  return rows.map((row) => listedRow.parse(row));
}
