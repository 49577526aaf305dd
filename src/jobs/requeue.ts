import { sql } from "kysely";
import type { PgBoss } from "pg-boss";
import { z } from "zod";
import type { Engine } from "../engine/engine.ts";
import { itemId } from "../engine/item.ts";
import type { Database } from "../store/database.ts";
import { enqueueAll } from "./enqueue-all.ts";
import { jobsSchema } from "./open-boss.ts";
import { providersByName } from "./queues.ts";

const lostRow = z.object({ itemId, kind: z.string(), provider: z.string() });

/** How many runs are looked at in one go. */
const batch = 1000;

/**
 * Makes a job for every run that the ledger has as queued or running and that has none. A run can have none where it was
 * noted by a catalogue without jobs; nothing else loses one, and this is the proof against it. One whose job has failed
 * has killed its workers, and is about to be given up.
 *
 * @returns how many there were.
 */
export async function requeueLost(database: Database, boss: PgBoss, engine: Engine): Promise<number> {
  const { kysely, schema } = database;
  const providers = [...providersByName(engine.registry).keys()];
  let requeued = 0;
  for (;;) {
    const { rows } = await sql`
      select p.item_id as "itemId", i.kind, p.provider
      from ${sql.table(`${schema}.provider_run`)} p
      join ${sql.table(`${schema}.item`)} i on i.id = p.item_id and i.merged_into is null
      where p.state in ('queued', 'running') and p.provider = any(${providers}::text[])
        and not exists (
          select from ${sql.table(`${jobsSchema(database)}.job`)} j
          where j.name = p.provider and j.id = p.job_id::uuid and (j.state < 'completed' or j.state = 'failed')
        )
      limit ${batch}`.execute(kysely.withoutPlugins());
    const runs = rows.map((row) => ({ ...lostRow.parse(row), fresh: false }));
    if (runs.length === 0) return requeued;
    const made = await enqueueAll(database, boss, runs);
    if (made === 0) return requeued;
    requeued += made;
  }
}
