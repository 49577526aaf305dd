import { sql } from "kysely";
import { z } from "zod";
import type { Provider } from "../engine/provider.ts";
import { type Database, repeatUndone } from "../store/database.ts";
import type { FetchedJob } from "./job.ts";
import { sourceOf } from "./breaker.ts";
import { together } from "./together.ts";

/** What became of a job that was to be taken up. */
export type TakenUp =
  | {
      readonly status: "taken";
      /** Which try it is, from 1; it is charged. */
      readonly attempt: number;
      /** Whether it is the one that tries a source which was left alone. */
      readonly probes: boolean;
      /** Whether anything is held against the provider's source. */
      readonly isSuspect: boolean;
    }
  | Held
  /** The run is no longer this job's: it has settled, has another job, or its item is gone. */
  | { readonly status: "gone" };

/** What may not run before a moment. Nothing was charged. */
interface Held {
  readonly status: "held";
  readonly until: Date;
  readonly reason: string;
  /** Milliseconds in which no other job of the provider need try. Default: each is held until its own moment. */
  readonly others?: number | undefined;
}

/** Seconds after which a job of a paused provider looks again. */
const pausedFor = 60;

/** Seconds that the one job which tries an open source has for it, before another one may. */
const probe = 60;

/** Seconds after which others look for what it has found, or whether a pause is over. */
const look = 5;

const row = z.object({
  attempt: z.number().nullable(),
  paused: z.boolean(),
  requests: z.coerce.number(),
  microdollars: z.coerce.number(),
  tomorrow: z.coerce.date(),
  probes: z.boolean(),
  suspect: z.boolean(),
  openUntil: z.coerce.date().nullable(),
  reason: z.string().nullable(),
});

/**
 * Where every job has to pass. What may hold a provider's jobs back: a person who has paused it, a budget that is used up
 * until tomorrow (UTC), a source that is left alone. None of them costs an attempt.
 */
export interface Gate {
  /**
   * Charges the next attempt to a job's run, unless something holds its provider back. One statement for all jobs of a
   * provider that come at once.
   */
  takeUp(job: FetchedJob, provider: Provider | undefined): Promise<TakenUp>;
}

/** The gate of the catalogue in this database. */
export function createGate({ kysely, schema }: Database): Gate {
  const executor = kysely.withoutPlugins();
  const table = (name: string) => sql.table(`${schema}.${name}`);

  /** Of several that come to a source whose time is over, the first, if it can write itself down as its probe, tries it. */
  async function takeUpAll(
    name: string,
    provider: Provider | undefined,
    jobs: readonly FetchedJob[],
  ): Promise<readonly TakenUp[]> {
    const { requests = Number.MAX_SAFE_INTEGER, microdollars = Number.MAX_SAFE_INTEGER } = provider?.budget ?? {};
    const source = (provider && sourceOf(provider)) ?? null;
    const taking = sql`
      with state as (
        select exists (select from ${table("provider_pause")} where provider = ${name}) as paused,
          coalesce(u.requests, 0) as requests, coalesce(u.microdollars, 0) as microdollars,
          ((today.day + 1)::timestamp at time zone 'utc') as tomorrow
        from (select (now() at time zone 'utc')::date as day) today
        left join ${table("provider_use")} u on u.provider = ${name} and u.day = today.day
      ), open as (
        select from state where not paused and requests < ${requests} and microdollars < ${microdollars}
      ), probe as (
        update ${table("source_breaker")} set probe_until = now() + make_interval(secs => ${probe})
        where source = ${source} and open_until <= now() and coalesce(probe_until <= now(), true)
          and exists (select from open)
        returning source
      ), wanted as (
        select * from unnest(
          ${jobs.map(({ run }) => run.itemId)}::uuid[], ${jobs.map(({ id }) => id)}::text[]
        ) with ordinality as w(item, job, place)
      ), taken as (
        update ${table("provider_run")} p
        set state = 'running', attempt = p.attempt + 1, started_at = now(), finished_at = null, next_at = null
        from wanted w
        where p.item_id = w.item and p.provider = ${name} and p.job_id = w.job
          and p.state in ('queued', 'running') and exists (select from open)
          and (w.place = 1 and exists (select from probe) or not exists (
            select from ${table("source_breaker")} where source = ${source} and open_until is not null
          ))
        returning w.job, p.attempt
      )
      select taken.attempt, state.*, w.place = 1 and exists (select from probe) as probes, b.source is not null as suspect,
        b.open_until as "openUntil", b.reason
      from wanted w cross join state left join taken on taken.job = w.job
      left join ${table("source_breaker")} b on b.source = ${source}
      order by w.place`;
    const { rows } = await repeatUndone(() => taking.execute(executor));
    return rows.map((one) => takenUp(row.parse(one), provider));
  }

  const takingUp = new Map<string, (job: FetchedJob) => Promise<TakenUp>>();
  return {
    takeUp(job, provider) {
      const { provider: name, kind } = job.run;
      const takeUp = takingUp.get(`${name} ${kind}`) ?? together((jobs) => takeUpAll(name, provider, jobs));
      takingUp.set(`${name} ${kind}`, takeUp);
      return takeUp(job);
    },
  };
}

function takenUp(found: z.output<typeof row>, provider: Provider | undefined): TakenUp {
  if (found.attempt !== null)
    return { status: "taken", attempt: found.attempt, probes: found.probes, isSuspect: found.suspect };
  return (provider && holdOf(found, provider)) ?? { status: "gone" };
}

/** Why nothing was taken, where that is the provider's state and not the run's. */
function holdOf(
  { paused, requests, microdollars, tomorrow, probes, openUntil, reason }: z.output<typeof row>,
  provider: Provider,
): Held | undefined {
  const status = "held";
  const { name, budget = {} } = provider;
  // However many wait, a few of them tell when the pause is over, and the others are there for it at once.
  if (paused) {
    const until = new Date(Date.now() + pausedFor * 1000);
    return { status, until, reason: `${name} is paused`, others: look * 1000 };
  }
  if (requests >= (budget.requests ?? Infinity))
    return {
      status,
      until: tomorrow,
      reason: `${name} has made the ${budget.requests} ${budget.requests === 1 ? "request" : "requests"} of its day`,
    };
  if (microdollars >= (budget.microdollars ?? Infinity)) {
    // A budget may be less than a cent.
    const dollars = ((budget.microdollars ?? 0) / 1_000_000).toFixed(6).replace(/0{1,4}$/, "");
    return { status, until: tomorrow, reason: `${name} has used up the ${dollars} dollars of its day` };
  }
  if (openUntil === null || probes) return undefined;
  // One whose time is over is being tried by another job.
  const until = openUntil.getTime() > Date.now() ? openUntil : new Date(Date.now() + look * 1000);
  return { status, until, reason: `${sourceOf(provider)} is left alone: ${reason ?? "it has failed"}` };
}
