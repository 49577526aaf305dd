import { sql } from "kysely";
import { z } from "zod";
import { AccessionError } from "../engine/errors.ts";
import { type ItemId, itemId } from "../engine/item.ts";
import type { ClaimMove, Decision } from "../engine/store.ts";
import { type Executor, family } from "./item-queries.ts";

const idRow = z.object({ id: itemId });

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

/**
 * Hands what was claimed under one id to the item of another, in the table as well where it stands there already. The items
 * are not locked against saves, which such a claim leaves as they are, but held: whoever deletes one waits, and sees the claim.
 *
 * @throws AccessionError `database-failed` (retryable) where a found item has been deleted since.
 */
export async function reassignClaims(executor: Executor, schema: string, moves: readonly ClaimMove[]): Promise<void> {
  if (moves.length === 0) return;
  const { rows } = await sql`
    with held as (
      select id from ${sql.table(`${schema}.item`)} where id = any(${moves.map((move) => move.to)}::uuid[])
      order by id for key share
    ), moved as (
      update ${sql.table(`${schema}.identifier`)} x set item_id = m."to"
      from jsonb_to_recordset(${JSON.stringify(moves)}::jsonb) as m("from" uuid, "to" uuid)
      where x.item_id = m."from"
    )
    select id from held`.execute(executor);
  const held = new Set(rows.map((row) => idRow.parse(row).id));
  const gone = moves.find((move) => move.found && !held.has(move.to));
  if (gone) throw new AccessionError("database-failed", `Item ${gone.to} has just been deleted`, { retryable: true });
}

/** Gives up what was claimed for items that are not made after all. */
export async function removeClaims(executor: Executor, schema: string, ids: readonly ItemId[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`delete from ${sql.table(`${schema}.identifier`)} where item_id = any(${[...ids]}::uuid[])`.execute(
    executor,
  );
}
