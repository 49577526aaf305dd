import { sql } from "kysely";
import { z } from "zod";
import { type ItemId, itemId } from "../engine/item.ts";
import type { StoredContribution } from "../engine/merge.ts";
import type { Decision, ItemRow, RunRecord } from "../engine/store.ts";
import { type Executor, family } from "./item-queries.ts";
import { recordset } from "./recordset.ts";

const insertedRow = z.object({ id: itemId });

const itemColumns = {
  id: "uuid",
  kind: "text",
  title: "text",
  attributes: "jsonb",
  nameKeys: "text[]",
  savedAt: "timestamptz",
};
const contributionColumns = {
  itemId: "uuid",
  provider: "text",
  data: "jsonb",
  partial: "boolean",
  fetchedAt: "timestamptz",
};
const runColumns = {
  provider: "text",
  state: "text",
  error: "jsonb",
  requests: "int",
  startedAt: "timestamptz",
  finishedAt: "timestamptz",
  jobId: "text",
};

/** Writes new items; one that another transaction has made of the same claim in the meantime stays as it is. */
export async function insertItems(
  executor: Executor,
  schema: string,
  rows: readonly ItemRow[],
): Promise<readonly ItemId[]> {
  if (rows.length === 0) return [];
  const inserted = await sql`
    insert into ${sql.table(`${schema}.item`)} (id, kind, title, attributes, name_keys, created_at, updated_at)
    select r.id, r.kind, r.title, r.attributes, r."nameKeys", r."savedAt", r."savedAt"
    from ${recordset("r", itemColumns, rows)}
    on conflict (id) do nothing
    returning id`.execute(executor);
  return inserted.rows.map((row) => insertedRow.parse(row).id);
}

/** Writes what an item has become. */
export async function updateItem(executor: Executor, schema: string, row: ItemRow): Promise<void> {
  await sql`
    update ${sql.table(`${schema}.item`)} set title = ${row.title}, attributes = ${JSON.stringify(row.attributes)}::jsonb,
      name_keys = ${[...row.nameKeys]}::text[], version = version + 1, updated_at = ${row.savedAt}::timestamptz
    where id = ${row.id}::uuid`.execute(executor);
}

/** Writes what providers say; what was said in passing never replaces what was said outright. */
export async function putContributions(
  executor: Executor,
  schema: string,
  contributions: readonly StoredContribution[],
): Promise<void> {
  if (contributions.length === 0) return;
  await sql`
    insert into ${sql.table(`${schema}.contribution`)} as c (item_id, provider, data, partial, fetched_at)
    select r."itemId", r.provider, r.data, r.partial, r."fetchedAt"
    from ${recordset("r", contributionColumns, contributions)}
    on conflict (item_id, provider) do update
      set data = excluded.data, partial = excluded.partial, fetched_at = excluded.fetched_at
      where c.partial or not excluded.partial`.execute(executor);
}

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

/** Notes where providers stand for an item; a try after a failure is the next attempt. */
export async function putRuns(
  executor: Executor,
  schema: string,
  id: ItemId,
  runs: readonly RunRecord[],
): Promise<void> {
  if (runs.length === 0) return;
  await sql`
    insert into ${sql.table(`${schema}.provider_run`)} as p
      (item_id, provider, state, error, requests, started_at, finished_at, job_id)
    select ${id}::uuid, r.provider, r.state, r.error, r.requests, r."startedAt", r."finishedAt", r."jobId"
    from ${recordset("r", runColumns, runs)}
    on conflict (item_id, provider) do update set state = excluded.state, error = excluded.error,
      attempt = case when p.state = 'failed' then p.attempt + 1 else 1 end,
      requests = excluded.requests, started_at = excluded.started_at, finished_at = excluded.finished_at,
      job_id = excluded.job_id`.execute(executor);
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
