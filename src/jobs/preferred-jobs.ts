import type { PgBoss } from "pg-boss";
import type { ItemId } from "../engine/item.ts";
import type { Database } from "../store/database.ts";
import { listJobs } from "./job-list.ts";

/**
 * Lets the jobs go first that items have waiting: somebody waits for them. Gives the priority that tells them from all
 * others: the second in which this was asked, so that whoever comes last is served first, and all before what fills a
 * provider over a catalogue.
 */
export async function preferJobs(database: Database, boss: PgBoss, items: readonly ItemId[]): Promise<number> {
  const priority = Math.floor(Date.now() / 1000);
  for (const itemId of items) {
    for (const { provider, jobId } of await listJobs(database, { itemId, states: ["queued"] })) {
      if (jobId !== null) await boss.update(provider, undefined, { id: jobId, priority });
    }
  }
  return priority;
}
