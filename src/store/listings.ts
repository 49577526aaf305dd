import { sql } from "kysely";
import { z } from "zod";
import { type ItemId, itemId } from "../engine/item.ts";
import type { JsonValue } from "../engine/json.ts";
import type { ListedItems, ListingRecord } from "../engine/store.ts";
import type { Executor } from "./item-queries.ts";
import { moment } from "./moment.ts";

const listingRow = z
  .object({
    scope: z.string(),
    started_at: moment,
    position: z.custom<JsonValue>().nullable(),
    done: z.number(),
    refused: z.number(),
    seen: z.array(itemId),
  })
  .transform(({ started_at, position, ...row }): ListingRecord => ({
    ...row,
    startedAt: started_at,
    position: position ?? undefined,
  }));

/** How far a listing came that broke off no longer than `age` milliseconds ago. */
export async function readListing(
  executor: Executor,
  schema: string,
  scope: string,
  age: number,
): Promise<ListingRecord | undefined> {
  const { rows } = await sql`
    select scope, started_at, position, done, refused, to_json(seen) as seen
    from ${sql.table(`${schema}.listing`)}
    where scope = ${scope} and updated_at > now() - make_interval(secs => ${age / 1000})`.execute(executor);
  return rows.map((row) => listingRow.parse(row))[0];
}

/** Notes how far a listing has come. */
export async function putListing(executor: Executor, schema: string, listing: ListingRecord): Promise<void> {
  const { scope, startedAt, position, done, refused, seen } = listing;
  await sql`
    insert into ${sql.table(`${schema}.listing`)} (scope, started_at, position, done, refused, seen)
    values (${scope}, ${startedAt}::timestamptz, ${position === undefined ? null : JSON.stringify(position)}::jsonb,
      ${done}::integer, ${refused}::integer, ${[...seen]}::uuid[])
    on conflict (scope) do update
    set started_at = excluded.started_at, updated_at = now(), position = excluded.position, done = excluded.done,
      refused = excluded.refused, seen = excluded.seen`.execute(executor);
}

/** Forgets how far a listing has come. */
export async function removeListing(executor: Executor, schema: string, scope: string): Promise<void> {
  await sql`delete from ${sql.table(`${schema}.listing`)} where scope = ${scope}`.execute(executor);
}

/** Items of a kind with a relation of this type to an item, as this provider says. */
export async function listedItems(
  executor: Executor,
  schema: string,
  { kind, parent, relation, provider }: ListedItems,
): Promise<readonly ItemId[]> {
  const { rows } = await sql`
    select distinct i.id from ${sql.table(`${schema}.relation`)} r join ${sql.table(`${schema}.item`)} i on i.id = r.from_id
    where r.to_id = ${parent}::uuid and r.type = ${relation} and r.provider = ${provider}
      and i.kind = ${kind}`.execute(executor);
  return rows.map((row) => z.object({ id: itemId }).parse(row).id);
}
