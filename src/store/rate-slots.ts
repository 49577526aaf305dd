import { sql } from "kysely";
import { z } from "zod";
import type { RateSlots } from "../engine/source.ts";
import type { Database } from "./database.ts";
import { asked } from "./database-error.ts";

const slotRow = z.object({ wait: z.number() });

/**
 * One slot a host over every process on the database: one statement moves the host's next free moment on and tells how
 * long to wait for the one taken. By the database's clock, so that the processes need not agree on theirs.
 */
export function createRateSlots({ kysely, schema }: Database): RateSlots {
  return {
    async take(key, interval) {
      const taking = sql`
        insert into ${sql.table(`${schema}.rate_slot`)} as s (key, next_at)
        values (${key}, clock_timestamp() + make_interval(secs => ${interval / 1000}::float8))
        on conflict (key) do update
          set next_at = greatest(s.next_at, clock_timestamp()) + make_interval(secs => ${interval / 1000}::float8)
        returning greatest(0, extract(epoch from
          next_at - make_interval(secs => ${interval / 1000}::float8) - clock_timestamp()) * 1000)::float8 as wait`;
      const { rows } = await asked(taking.execute(kysely));
      return slotRow.parse(rows[0]).wait;
    },
  };
}
