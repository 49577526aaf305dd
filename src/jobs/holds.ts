import { sql } from "kysely";
import { z } from "zod";
import type { Database } from "../store/database.ts";
import { moment } from "../store/moment.ts";

const pauseRow = z.object({ provider: z.string(), pausedAt: moment });
const breakerRow = z.object({
  source: z.string(),
  failures: z.number(),
  openUntil: moment.nullable(),
  reason: z.string().nullable(),
});
const useRow = z.object({ provider: z.string(), requests: z.coerce.number(), microdollars: z.coerce.number() });

/** All that holds jobs back, or soon may. */
export interface Holds {
  /** Providers that a person has paused. */
  readonly paused: readonly z.output<typeof pauseRow>[];
  /** Sources that have failed of late; one with `openUntil` is left alone until then. */
  readonly sources: readonly z.output<typeof breakerRow>[];
  /** What providers have used up today (UTC), against their budgets. */
  readonly used: readonly z.output<typeof useRow>[];
}

/** What holds jobs back at present, in every process on the database. */
export async function readHolds({ kysely, schema }: Database): Promise<Holds> {
  const executor = kysely.withoutPlugins();
  const table = (name: string) => sql.table(`${schema}.${name}`);
  const paused = await sql`
    select provider, paused_at as "pausedAt" from ${table("provider_pause")} order by provider`.execute(executor);
  const sources = await sql`
    select source, failures, open_until as "openUntil", reason from ${table("source_breaker")}
    order by source`.execute(executor);
  const used = await sql`
    select provider, requests, microdollars from ${table("provider_use")}
    where day = (now() at time zone 'utc')::date order by provider`.execute(executor);
  return {
    paused: paused.rows.map((row) => pauseRow.parse(row)),
    sources: sources.rows.map((row) => breakerRow.parse(row)),
    used: used.rows.map((row) => useRow.parse(row)),
  };
}

/** Pauses a provider, in every process, until it is resumed; a run under way ends as usual. */
export async function pauseProvider({ kysely, schema }: Database, provider: string): Promise<void> {
  await sql`insert into ${sql.table(`${schema}.provider_pause`)} (provider) values (${provider})
    on conflict do nothing`.execute(kysely.withoutPlugins());
}

/**
 * Lets a paused provider go on: what waits within seconds, the few jobs that have met the pause in about a minute. Gives
 * whether it was paused.
 */
export async function resumeProvider({ kysely, schema }: Database, provider: string): Promise<boolean> {
  const { rows } = await sql`delete from ${sql.table(`${schema}.provider_pause`)} where provider = ${provider}
    returning provider`.execute(kysely.withoutPlugins());
  return rows.length > 0;
}
