import { sql } from "kysely";
import { z } from "zod";
import { itemId } from "../engine/item.ts";
import { identifierText } from "../engine/scheme.ts";
import type { Claim, Owner } from "../engine/store.ts";
import type { Executor } from "./item-queries.ts";
import { recordset } from "./recordset.ts";

const claimColumns = { scheme: "text", value: "text", itemId: "uuid", provider: "text", position: "int" };

const ownerRow = z
  .object({
    scheme: z.string(),
    value: z.string(),
    item_id: itemId,
    kind: z.string().nullable(),
    title: z.string().nullable(),
  })
  .transform(({ scheme, value, item_id, kind, title }): Owner => ({
    scheme,
    value,
    itemId: item_id,
    ...(kind !== null && title !== null && { summary: { id: item_id, kind, title } }),
  }));

/**
 * Gives each identity to its claimant unless an item has it already. Inserted in one order, so that two claims of the same
 * identities wait for each other rather than deadlock.
 *
 * @param expected whether the identities are likely to be free; either is exact, and takes one statement where it is so.
 */
export async function claimIdentities(
  executor: Executor,
  schema: string,
  claims: readonly Claim[],
  expected: "free" | "taken",
): Promise<readonly Owner[]> {
  const wanted = new Map(claims.toReversed().map((claim) => [identifierText(claim), claim]));
  if (expected === "taken") return settleClaims(executor, schema, [...wanted.values()]);
  const { rows } = await sql`
    insert into ${sql.table(`${schema}.identifier`)} (item_id, scheme, value, identity, provider, position)
    select w."itemId", w.scheme, w.value, true, w.provider, w.position
    from ${recordset("w", claimColumns, [...wanted.values()])}
    order by w.scheme, w.value
    on conflict (scheme, value) where identity do nothing
    returning scheme, value, item_id, null as kind, null as title`.execute(executor);
  const free = rows.map((row) => ownerRow.parse(row));
  for (const owner of free) wanted.delete(identifierText(owner));
  return wanted.size === 0 ? free : [...free, ...(await settleClaims(executor, schema, [...wanted.values()]))];
}

/**
 * What is there is only read, so that a re-run writes nothing; the rest is inserted. `on conflict do update` rather than
 * `do nothing`: it alone returns the row that another transaction has just committed.
 */
async function settleClaims(executor: Executor, schema: string, wanted: readonly Claim[]): Promise<readonly Owner[]> {
  const identifier = sql.table(`${schema}.identifier`);
  const { rows } = await sql`
    with wanted as materialized (
      select * from ${recordset("w", claimColumns, wanted)}
    ), present as materialized (
      select x.scheme, x.value, x.item_id from wanted w
      join ${identifier} x on x.scheme = w.scheme and x.value = w.value and x.identity
    ), taken as (
      insert into ${identifier} (item_id, scheme, value, identity, provider, position)
      select w."itemId", w.scheme, w.value, true, w.provider, w.position from wanted w
      where not exists (select from present p where p.scheme = w.scheme and p.value = w.value)
      order by w.scheme, w.value
      on conflict (scheme, value) where identity do update set scheme = excluded.scheme
      returning scheme, value, item_id
    )
    select o.scheme, o.value, o.item_id, t.kind, t.title
    from (select * from present union all select * from taken) o
    left join ${sql.table(`${schema}.item`)} t on t.id = o.item_id`.execute(executor);
  return rows.map((row) => ownerRow.parse(row));
}
