import { sql } from "kysely";
import { z } from "zod";
import type { Provider } from "../engine/provider.ts";
import { asked, type Database } from "../store/database.ts";

/** Failures in a row that open the breaker. */
const patience = 5;

/** For how many seconds a source is left alone, each time in a row that it is tried again in vain. */
const steps = [60, 300, 1_800, 7_200, 86_400] as const;

const failedRow = z.object({ openUntil: z.coerce.date().nullable(), opens: z.boolean() });

/**
 * The circuit breakers of all sources, shared by every process on the database: a source that fails five times in a row is
 * left alone for a minute, then five, half an hour, two hours, a day. When the time is over, one job tries it, and the
 * others wait for what it finds. The gate is what they wait at.
 */
export interface Breakers {
  /** It answered: whatever was held against it is forgotten. Tells whether it was open. */
  succeeded(source: string): Promise<boolean>;
  /**
   * It failed; gives until when it is left alone if that is news. Those that were under way when it was opened change
   * nothing: only the job that tries it can open it for longer.
   */
  failed(source: string, reason: string, probes: boolean): Promise<Date | undefined>;
  /** It asked to be left alone until then. */
  asked(source: string, until: Date, reason: string): Promise<void>;
}

/**
 * What a provider's failures are held against: its source, or, where it has none and names images, wherever these are, by
 * the provider's name. Undefined where nothing outside is asked as far as is known.
 */
export function sourceOf({ source, images, name }: Pick<Provider, "source" | "images" | "name">): string | undefined {
  return source?.name ?? (images && name);
}

/** The breakers of the catalogue in this database. */
export function createBreakers({ kysely, schema }: Database): Breakers {
  const executor = kysely.withoutPlugins();
  const table = sql.table(`${schema}.source_breaker`);
  const rowsOf = async (statement: ReturnType<typeof sql>): Promise<readonly unknown[]> =>
    (await asked(statement.execute(executor))).rows;
  return {
    async succeeded(source) {
      const gone = await rowsOf(sql`
        with gone as (delete from ${table} where source = ${source} returning openings)
        select from gone where openings > 0`);
      return gone.length > 0;
    },
    async failed(source, reason, probes) {
      // The locked row says whether this failure opens it; the insert hands that on in its `openings`.
      const rows = await rowsOf(sql`
        with was as materialized (select failures, open_until from ${table} where source = ${source} for update),
        now as (
          select ${probes} or coalesce(was.failures + 1 >= ${patience} and was.open_until is null, false) as opens
          from (select) one left join was on true
        ), put as (
          insert into ${table} as b (source, failures, openings, open_until, reason)
          select ${source}, 1, opens::int, case when opens then now() + make_interval(secs => ${steps[0]}) end, ${reason}
          from now
          on conflict (source) do update
          set failures = b.failures + 1, reason = excluded.reason, openings = b.openings + excluded.openings,
            open_until = case
              when excluded.openings = 1 then now() + make_interval(
                secs => (${sql.lit(`{${steps.join(",")}}`)}::int[])[least(b.openings + 1, ${steps.length})])
              else b.open_until
            end,
            probe_until = case when excluded.openings = 1 then null else b.probe_until end
          returning open_until
        )
        select put.open_until as "openUntil", now.opens from put, now`);
      const { openUntil, opens } = failedRow.parse(rows[0]);
      return opens && openUntil !== null ? openUntil : undefined;
    },
    async asked(source, until, reason) {
      await rowsOf(sql`
        insert into ${table} as b (source, failures, openings, open_until, reason)
        values (${source}, 0, 0, ${until.toISOString()}, ${reason})
        on conflict (source) do update
        set open_until = greatest(b.open_until, excluded.open_until), probe_until = null, reason = excluded.reason`);
    },
  };
}
