import { type RawBuilder, sql } from "kysely";
import { z } from "zod";
import { type ItemId, itemId } from "../engine/item.ts";
import type { SaveRows } from "../engine/store.ts";
import { associationWrites } from "./association-writes.ts";
import type { Executor } from "./item-queries.ts";
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

/**
 * Writes all that a save changes in one statement, whose parts are the tables: a round trip for each would cost more than
 * the rows do. PostgreSQL checks references at the end of a statement, so the order of the parts does not matter.
 *
 * @returns the ids of the items that were new: one that another transaction has just made of the same claim stays as it
 * is, and so does what was said of it.
 */
export async function writeRows(executor: Executor, schema: string, rows: SaveRows): Promise<readonly ItemId[]> {
  const parts = [
    ...itemWrites(schema, rows),
    ...contributionWrites(schema, rows),
    ...associationWrites(schema, rows),
    ...runWrites(schema, rows),
  ];
  if (parts.length === 0) return [];
  const inserted = rows.insert.length > 0 ? sql`select id from inserted` : sql`select null::uuid as id where false`;
  const result = await sql`with ${sql.join(parts)} ${inserted}`.execute(executor);
  return result.rows.map((row) => insertedRow.parse(row).id);
}

const unchanged = { put: [], gone: [] };
const nothing = { insert: [], contributions: [] };
const noAssociations = { identifiers: unchanged, categories: unchanged, relations: unchanged, links: unchanged };

/** Notes where providers stand for an item, and nothing else. */
export async function noteRuns(executor: Executor, schema: string, id: ItemId, runs: SaveRows["runs"]): Promise<void> {
  await writeRows(executor, schema, { ...nothing, ...noAssociations, id, runs });
}

function itemWrites(schema: string, { insert, update }: SaveRows): readonly RawBuilder<unknown>[] {
  const item = sql.table(`${schema}.item`);
  const inserted = sql`inserted as (
    insert into ${item} (id, kind, title, attributes, name_keys, created_at, updated_at)
    select r.id, r.kind, r.title, r.attributes, r."nameKeys", r."savedAt", r."savedAt"
    from ${recordset("r", itemColumns, insert)}
    on conflict (id) do nothing
    returning id)`;
  const updated = sql`updated as (
    update ${item} i set title = r.title, attributes = r.attributes, name_keys = r."nameKeys",
      version = i.version + 1, updated_at = r."savedAt"
    from ${recordset("r", itemColumns, update ? [update] : [])} where i.id = r.id)`;
  return [...(insert.length > 0 ? [inserted] : []), ...(update ? [updated] : [])];
}

/** What was said in passing never replaces what was said outright, and is kept only with the stub that it makes. */
function contributionWrites(schema: string, { insert, contributions }: SaveRows): readonly RawBuilder<unknown>[] {
  if (contributions.length === 0) return [];
  const isWanted =
    insert.length > 0 ? sql`not r.partial or r."itemId" in (select id from inserted)` : sql`not r.partial`;
  return [
    sql`contributed as (
      insert into ${sql.table(`${schema}.contribution`)} as c (item_id, provider, data, partial, fetched_at)
      select r."itemId", r.provider, r.data, r.partial, r."fetchedAt"
      from ${recordset("r", contributionColumns, contributions)}
      where ${isWanted}
      on conflict (item_id, provider) do update
        set data = excluded.data, partial = excluded.partial, fetched_at = excluded.fetched_at
        where c.partial or not excluded.partial)`,
  ];
}

/** A try after a failure is the next attempt. */
function runWrites(schema: string, { id, runs }: SaveRows): readonly RawBuilder<unknown>[] {
  if (runs.length === 0) return [];
  return [
    sql`noted as (
      insert into ${sql.table(`${schema}.provider_run`)} as p
        (item_id, provider, state, error, requests, started_at, finished_at, job_id)
      select ${id}::uuid, r.provider, r.state, r.error, r.requests, r."startedAt", r."finishedAt", r."jobId"
      from ${recordset("r", runColumns, runs)}
      on conflict (item_id, provider) do update set state = excluded.state, error = excluded.error,
        attempt = case when p.state = 'failed' then p.attempt + 1 else 1 end,
        requests = excluded.requests, started_at = excluded.started_at, finished_at = excluded.finished_at,
        job_id = excluded.job_id)`,
  ];
}
