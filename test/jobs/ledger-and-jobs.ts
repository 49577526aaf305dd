import { sql } from "kysely";
import { expect } from "vitest";
import type { Catalog } from "../../src/index.ts";

/**
 * Waits until ledger and job queue say the same: every run that is queued or running has a job that is alive, and every
 * job that is alive has its run. What a crash left behind a worker has to find first; all else is so from the commit on.
 *
 * @param within milliseconds. Default: 0, it has to be so at once.
 */
export async function expectLedgerMatchesJobs(catalog: Pick<Catalog, "kysely">, within = 0): Promise<void> {
  if (within === 0) expect(await contradictions(catalog)).toEqual([]);
  else await expect.poll(() => contradictions(catalog), { timeout: within, interval: 200 }).toEqual([]);
}

async function contradictions({ kysely }: Pick<Catalog, "kysely">): Promise<readonly unknown[]> {
  const { rows } = await sql`
    select 'a run without its job' as what, p.item_id::text as item, p.provider, p.state, p.job_id as job
    from accession.provider_run p
    where p.state in ('queued', 'running') and not exists (
      select from accession_jobs.job j
      where j.name = p.provider and j.id = p.job_id::uuid and j.state < 'completed' and j.singleton_key = p.item_id::text
    )
    union all
    select 'a job without its run', j.singleton_key, j.name, j.state::text, j.id::text
    from accession_jobs.job j
    where j.name <> 'dead.letters' and j.state < 'completed' and not exists (
      select from accession.provider_run p
      where p.provider = j.name and p.job_id = j.id::text and p.state in ('queued', 'running')
    )`.execute(kysely);
  return rows;
}
