import { sql } from "kysely";
import { expect } from "vitest";
import type { Catalog } from "../../src/index.ts";

/**
 * Checks that ledger and job queue say the same. Every run that is queued or running has a job that is alive: nothing is
 * lost, at any moment, whatever has crashed. And every job that waits has its run; one that is at work may be about to end.
 */
export async function expectLedgerMatchesJobs(catalog: Pick<Catalog, "kysely">): Promise<void> {
  expect(await contradictions(catalog)).toEqual([]);
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
    where j.name <> 'dead.letters' and j.state < 'active' and not exists (
      select from accession.provider_run p
      where p.provider = j.name and p.job_id = j.id::text and p.state in ('queued', 'running')
    )`.execute(kysely);
  return rows;
}
