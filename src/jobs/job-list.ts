import { type RawBuilder, sql } from "kysely";
import { z } from "zod";
import { itemId } from "../engine/item.ts";
import { type RunState, runStates } from "../engine/run.ts";
import type { Database } from "../store/database.ts";
import { moment } from "../store/moment.ts";

/** Which runs are meant; every part narrows them. */
export interface JobFilter {
  readonly provider?: string | undefined;
  readonly kind?: string | undefined;
  readonly itemId?: string | undefined;
  /** Default: those that are not over well: queued, running, failed and dead. */
  readonly states?: readonly RunState[] | undefined;
  /** Default: 100. */
  readonly limit?: number | undefined;
}

const listedRow = z.object({
  itemId,
  kind: z.string(),
  title: z.string(),
  provider: z.string(),
  state: z.enum(runStates),
  attempt: z.number(),
  requests: z.number(),
  microdollars: z.number(),
  tokens: z.number(),
  startedAt: moment,
  finishedAt: moment.nullable(),
  nextAt: moment.nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  jobId: z.string().nullable(),
});

/** A provider's run for an item, as the ledger has it. Absent parts are null. */
export type ListedJob = z.output<typeof listedRow>;

const countRow = z.object({ provider: z.string(), state: z.enum(runStates), runs: z.coerce.number() });

/** How many runs a provider has in a state. */
export type RunCount = z.output<typeof countRow>;

/** States in which somebody may want to do something about a run. */
const unfinished: readonly RunState[] = ["queued", "running", "failed", "dead"];

/** The runs that a filter means, those that began last first. */
export async function listJobs(database: Database, filter: JobFilter = {}): Promise<readonly ListedJob[]> {
  const { rows } = await selectJobs(database, filter).execute(database.kysely.withoutPlugins());
  return rows.map((row) => listedRow.parse(row));
}

/** How many runs a filter means, whatever its limit, by provider and state. */
export async function countJobs(database: Database, filter: JobFilter = {}): Promise<readonly RunCount[]> {
  const { rows } = await sql`
    select p.provider, p.state, count(*) as runs ${meant(database, filter)}
    group by p.provider, p.state order by p.provider, p.state`.execute(database.kysely.withoutPlugins());
  return rows.map((row) => countRow.parse(row));
}

function selectJobs(database: Database, filter: JobFilter): RawBuilder<unknown> {
  return sql`
    select p.item_id as "itemId", i.kind, i.title, p.provider, p.state, p.attempt, p.requests, p.microdollars, p.tokens,
      p.started_at as "startedAt", p.finished_at as "finishedAt", p.next_at as "nextAt", p.error, p.job_id as "jobId"
    ${meant(database, filter)}
    order by p.started_at desc, p.item_id, p.provider
    limit ${filter.limit ?? 100}`;
}

/** The runs that a filter means, and their items. */
function meant({ schema }: Database, filter: JobFilter): RawBuilder<unknown> {
  const { provider, kind, itemId: item, states = unfinished } = filter;
  return sql`
    from ${sql.table(`${schema}.provider_run`)} p join ${sql.table(`${schema}.item`)} i on i.id = p.item_id
    where p.state = any(${[...states]}::text[])
      and ${provider === undefined ? sql`true` : sql`p.provider = ${provider}`}
      and ${kind === undefined ? sql`true` : sql`i.kind = ${kind}`}
      and ${item === undefined ? sql`true` : sql`p.item_id = ${item}::uuid`}`;
}
