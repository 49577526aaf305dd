import { sql } from "kysely";
import { z } from "zod";
import { itemId } from "../engine/item.ts";
import { identifierText } from "../engine/scheme.ts";
import type { Claim, Owner } from "../engine/store.ts";
import type { Executor } from "./item-queries.ts";

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
 * Gives each identity to its claimant unless an item has it already. What is there is only read, so that a re-run writes
 * nothing; the rest is inserted in one order, so that two claims of the same identities wait for each other rather than
 * deadlock. `on conflict do update` rather than `do nothing`: it alone returns the row that another transaction has just
 * committed.
 */
export async function claimIdentities(
  executor: Executor,
  schema: string,
  claims: readonly Claim[],
): Promise<readonly Owner[]> {
  const identifier = sql.table(`${schema}.identifier`);
  const each = new Map(claims.toReversed().map((claim) => [identifierText(claim), claim]));
  const wanted = [...each.values()].map(({ scheme, value, itemId: item, provider, position }) => ({
    scheme,
    value,
    item_id: item,
    provider,
    position,
  }));
  const { rows } = await sql`
    with wanted as materialized (
      select * from json_to_recordset(${JSON.stringify(wanted)}::json)
        as w(scheme text, value text, item_id uuid, provider text, position int)
      limit ${wanted.length} -- else the planner expects a hundred, and reads whole tables rather than indexes
    ), present as materialized (
      select x.scheme, x.value, x.item_id from wanted w
      join ${identifier} x on x.scheme = w.scheme and x.value = w.value and x.identity
    ), taken as (
      insert into ${identifier} (item_id, scheme, value, identity, provider, position)
      select w.item_id, w.scheme, w.value, true, w.provider, w.position from wanted w
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
