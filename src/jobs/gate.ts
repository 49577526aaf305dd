import { sql } from "kysely";
import { z } from "zod";
import type { Provider } from "../engine/provider.ts";
import type { Database } from "../store/database.ts";
import type { Breakers } from "./breaker.ts";

/** Why a job may not run now, and when to come back. */
export interface Hold {
  readonly until: Date;
  readonly reason: string;
}

/** Seconds after which a job of a paused provider looks again. */
const pausedFor = 60;

const stateRow = z.object({
  paused: z.boolean(),
  requests: z.coerce.number(),
  microdollars: z.coerce.number(),
  tomorrow: z.coerce.date(),
});

/**
 * What may hold a provider's jobs back: a person who has paused it, a budget that is used up until tomorrow (UTC), a
 * source that is left alone. None of them costs an attempt.
 */
export function createGate({ kysely, schema }: Database, breakers: Breakers) {
  const executor = kysely.withoutPlugins();
  const table = (name: string) => sql.table(`${schema}.${name}`);
  return {
    /** Why a job of the provider may not run now; undefined where it may. */
    async hold(provider: Provider): Promise<Hold | undefined> {
      const { rows } = await sql`
        select exists (select from ${table("provider_pause")} where provider = ${provider.name}) as paused,
          coalesce(u.requests, 0) as requests, coalesce(u.microdollars, 0) as microdollars,
          ((today.day + 1)::timestamp at time zone 'utc') as tomorrow
        from (select (now() at time zone 'utc')::date as day) today
        left join ${table("provider_use")} u on u.provider = ${provider.name} and u.day = today.day`.execute(executor);
      const { paused, requests, microdollars, tomorrow } = stateRow.parse(rows[0]);
      if (paused) return { until: new Date(Date.now() + pausedFor * 1000), reason: `${provider.name} is paused` };
      const { budget = {} } = provider;
      if (requests >= (budget.requests ?? Infinity))
        return { until: tomorrow, reason: `${provider.name} has made the ${budget.requests} requests of its day` };
      if (microdollars >= (budget.microdollars ?? Infinity)) {
        const dollars = ((budget.microdollars ?? 0) / 1_000_000).toFixed(2);
        return { until: tomorrow, reason: `${provider.name} has used up the ${dollars} dollars of its day` };
      }
      const held = provider.source && (await breakers.hold(provider.source.name));
      return held && { until: held.until, reason: `${provider.source?.name} is left alone: ${held.reason}` };
    },
  };
}
