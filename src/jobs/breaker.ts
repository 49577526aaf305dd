import { sql } from "kysely";
import { z } from "zod";
import type { Database } from "../store/database.ts";

/** Failures in a row that open the breaker. */
const patience = 5;

/** For how many seconds a source is left alone, each time in a row that it is tried again in vain. */
const steps = [60, 300, 1_800, 7_200, 86_400] as const;

/** Seconds for which the one job that tries an open source holds the others back. */
const probe = 60;

const openedRow = z.object({ source: z.string(), open_until: z.coerce.date(), opened: z.boolean() });
const heldRow = z.object({ open_until: z.coerce.date(), reason: z.string().nullable() });

/** Why a source is left alone, and until when. */
export interface SourceHold {
  readonly until: Date;
  readonly reason: string;
}

/**
 * The circuit breakers of all sources, shared by every process on the database: a source that fails five times in a row is
 * left alone for a minute, then five, half an hour, two hours, a day. When the time is over, one job tries it, and the
 * others wait for what it finds.
 */
export interface Breakers {
  /** Why the source may not be asked now; undefined where it may, be it as the one that tries it. */
  hold(source: string): Promise<SourceHold | undefined>;
  /** It answered: whatever was held against it is forgotten. Tells whether it was open. */
  succeeded(source: string): Promise<boolean>;
  /** It failed; gives until when it is left alone, or undefined where it is not. */
  failed(source: string, reason: string): Promise<Date | undefined>;
  /** It asked to be left alone until then. */
  asked(source: string, until: Date, reason: string): Promise<void>;
}

/** The breakers of the catalogue in this database. */
export function createBreakers({ kysely, schema }: Database): Breakers {
  const executor = kysely.withoutPlugins();
  const table = sql.table(`${schema}.source_breaker`);
  return {
    async hold(source) {
      // Whoever moves the end of an overdue hold on is the one that tries the source.
      const tried = await sql`
        update ${table} set open_until = now() + make_interval(secs => ${probe})
        where source = ${source} and open_until <= now() returning source`.execute(executor);
      if (tried.rows.length > 0) return undefined;
      const { rows } = await sql`
        select open_until, reason from ${table} where source = ${source} and open_until is not null`.execute(executor);
      const [held] = rows.map((row) => heldRow.parse(row));
      return held && { until: held.open_until, reason: held.reason ?? "it has failed" };
    },
    async succeeded(source) {
      const { rows } = await sql`
        with was as (select openings > 0 as opened from ${table} where source = ${source}), gone as (
          delete from ${table} where source = ${source}
        )
        select opened from was where opened`.execute(executor);
      return rows.length > 0;
    },
    async failed(source, reason) {
      const { rows } = await sql`
        insert into ${table} as b (source, failures, openings, open_until, reason)
        values (${source}, 1, 0, null, ${reason})
        on conflict (source) do update
        set failures = b.failures + 1, reason = excluded.reason,
          openings = case when b.failures + 1 >= ${patience} then b.openings + 1 else b.openings end,
          open_until = case
            when b.failures + 1 >= ${patience} then now() + make_interval(
              secs => (${sql.lit(`{${steps.join(",")}}`)}::int[])[least(b.openings + 1, ${steps.length})])
            else b.open_until
          end
        returning source, coalesce(open_until, now()) as open_until, open_until > now() as opened`.execute(executor);
      const [row] = rows.map((one) => openedRow.safeParse(one));
      return row?.success === true && row.data.opened ? row.data.open_until : undefined;
    },
    async asked(source, until, reason) {
      await sql`
        insert into ${table} as b (source, failures, openings, open_until, reason)
        values (${source}, 0, 0, ${until.toISOString()}, ${reason})
        on conflict (source) do update
        set open_until = greatest(b.open_until, excluded.open_until), reason = excluded.reason`.execute(executor);
    },
  };
}
