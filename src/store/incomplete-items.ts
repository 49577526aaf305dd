import { type RawBuilder, sql } from "kysely";
import { z } from "zod";
import { type ItemId, itemId } from "../engine/item.ts";
import type { Lacking, StubItem } from "../engine/store.ts";
import { runStates } from "../engine/run.ts";
import type { Executor } from "./item-queries.ts";

const idRow = z.object({ id: itemId });
const stubRow = z.object({
  id: itemId,
  kind: z.string(),
  schemes: z.array(z.string()),
  runs: z.array(z.object({ provider: z.string(), state: z.enum(runStates) })),
});
const countRow = z.object({ total: z.coerce.number() });

/** Items that lack a provider, those with the lowest ids beyond `after` first. */
export async function incompleteItems(
  executor: Executor,
  schema: string,
  lacking: Lacking,
  after: ItemId | undefined,
  limit: number,
): Promise<readonly ItemId[]> {
  const beyond = after === undefined ? sql`true` : sql`i.id > ${after}::uuid`;
  const { rows } = await sql`
    select i.id ${lackingItems(schema, lacking)} and ${beyond} order by i.id limit ${limit}`.execute(executor);
  return rows.map((row) => idRow.parse(row).id);
}

/** How many items lack a provider. */
export async function countIncompleteItems(executor: Executor, schema: string, lacking: Lacking): Promise<number> {
  const { rows } = await sql`select count(*) as total ${lackingItems(schema, lacking)}`.execute(executor);
  return countRow.parse(rows[0]).total;
}

/** Of these items, those of which nobody has said anything outright, nor of those merged into them; the lowest ids first. */
export async function stubItems(
  executor: Executor,
  schema: string,
  ids: readonly ItemId[],
): Promise<readonly StubItem[]> {
  const table = (name: string) => sql.table(`${schema}.${name}`);
  const { rows } = await sql`
    with recursive member(root, id) as (
      select r.id, r.id from unnest(${[...ids]}::uuid[]) as r(id)
      union
      select f.root, m.id from member f join ${table("item")} m on m.merged_into = f.id
    )
    select i.id, i.kind,
      (select coalesce(json_agg(distinct x.scheme), '[]') from ${table("identifier")} x where x.item_id = i.id) as schemes,
      (select coalesce(json_agg(json_build_object('provider', p.provider, 'state', p.state)), '[]')
        from ${table("provider_run")} p where p.item_id = i.id) as runs
    from ${table("item")} i
    where i.id = any(${[...ids]}::uuid[]) and i.merged_into is null and i.id not in (
      select f.root from member f join ${table("contribution")} c on c.item_id = f.id where not c.partial)
    order by i.id`.execute(executor);
  return rows.map((row) => stubRow.parse(row));
}

function lackingItems(schema: string, { providers, settled, before }: Lacking): RawBuilder<unknown> {
  const table = (name: string) => sql.table(`${schema}.${name}`);
  const kinds = [...new Set(providers.map((one) => one.kind))];
  const wanted = JSON.stringify(providers.map(({ kind, provider }) => ({ kind, provider })));
  return sql`
    from ${table("item")} i
    where i.kind = any(${kinds}::text[]) and i.merged_into is null and i.created_at <= ${before}::timestamptz
      and exists (
        select from jsonb_to_recordset(${wanted}::jsonb) as w(kind text, provider text)
        where w.kind = i.kind and not exists (
          select from ${table("provider_run")} p
          where p.item_id = i.id and p.provider = w.provider and p.state = any(${[...settled]}::text[])
        )
      )`;
}
