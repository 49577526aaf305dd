import { sql } from "kysely";
import type { ItemId } from "../engine/item.ts";
import type { Decision } from "../engine/store.ts";
import { type Executor, family } from "./item-queries.ts";

/** Takes away what providers said of an item and of those merged into it. */
export async function removeContributions(
  executor: Executor,
  schema: string,
  id: ItemId,
  providers: readonly string[],
): Promise<void> {
  if (providers.length === 0) return;
  await sql`
    delete from ${sql.table(`${schema}.contribution`)}
    where item_id in (${family(schema, id)}) and provider = any(${[...providers]}::text[])`.execute(executor);
}

/** Strikes providers from an item's ledger, so that they count as never asked. */
export async function removeRuns(
  executor: Executor,
  schema: string,
  id: ItemId,
  providers: readonly string[],
): Promise<void> {
  if (providers.length === 0) return;
  await sql`
    delete from ${sql.table(`${schema}.provider_run`)}
    where item_id = ${id}::uuid and provider = any(${[...providers]}::text[])`.execute(executor);
}

/** Remembers what a person said about matches; the latest word on a candidate counts. */
export async function putDecisions(executor: Executor, schema: string, decisions: readonly Decision[]): Promise<void> {
  if (decisions.length === 0) return;
  await sql`
    with said as (
      select distinct on (scope, scheme, value) * from json_to_recordset(${JSON.stringify(decisions)}::json)
        as r(scope text, scheme text, value text, verdict text)
    ), outdated as (
      delete from ${sql.table(`${schema}.decision`)} d using said s
      where s.verdict = 'accepted' and d.scope = s.scope and d.verdict = 'accepted'
        and (d.scheme, d.value) <> (s.scheme, s.value)
    )
    insert into ${sql.table(`${schema}.decision`)} (scope, scheme, value, verdict)
    select scope, scheme, value, verdict from said
    on conflict (scope, scheme, value) do update set verdict = excluded.verdict, decided_at = now()`.execute(executor);
}

/** Hands what was claimed for items that turned out to exist to those items. */
export async function reassignClaims(
  executor: Executor,
  schema: string,
  moves: readonly { readonly from: ItemId; readonly to: ItemId }[],
): Promise<void> {
  if (moves.length === 0) return;
  await sql`
    update ${sql.table(`${schema}.identifier`)} x set item_id = m."to"
    from jsonb_to_recordset(${JSON.stringify(moves)}::jsonb) as m("from" uuid, "to" uuid)
    where x.item_id = m."from"`.execute(executor);
}

/** Gives up what was claimed for items that are not made after all. */
export async function removeClaims(executor: Executor, schema: string, ids: readonly ItemId[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`delete from ${sql.table(`${schema}.identifier`)} where item_id = any(${[...ids]}::uuid[])`.execute(
    executor,
  );
}
