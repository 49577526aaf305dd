import type { z } from "zod";
import { runStates } from "../../engine/run.ts";
import { AccessionError, type ListedJob } from "../../index.ts";
import { openCatalogue } from "../catalogue.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Invocation } from "../invocation.ts";
import { findItem } from "../item-reference.ts";
import type { jobsShownDocument } from "../output/job-documents.ts";
import { documentOfJob, runLines } from "../output/job-lines.ts";
import { titleLine } from "../output/item-lines.ts";
import { printable } from "../output/printable.ts";

/** More providers than an item can have. */
const all = 1_000;

/**
 * `accession jobs show`: all that the ledger has of an item's runs, or of one provider's.
 *
 * @throws AccessionError `item-unknown`, and `provider-unknown` for one that has no run for the item.
 */
export async function showRuns(
  invocation: Invocation,
  reference: string,
  provider: string | undefined,
): Promise<ExitCode> {
  const { output } = invocation;
  const catalog = await openCatalogue(invocation);
  const item = await findItem(catalog, reference);
  const runs = await catalog.jobs.list({ itemId: item.id, states: runStates, limit: all });
  const jobs = provider === undefined ? runs : runsOf(runs, provider, item.title);
  output.document({
    status: "found",
    item: { id: item.id, kind: item.kind, title: item.title },
    jobs: jobs.map(documentOfJob),
  } satisfies z.input<typeof jobsShownDocument>);
  output.line(titleLine(output, item));
  for (const job of jobs) for (const line of ["", ...runLines(output, job)]) output.line(line);
  if (jobs.length === 0) output.remark(`No provider was asked yet; \`accession enrich ${item.id}\` asks them.\n`);
  return exitCodes.done;
}

function runsOf(runs: readonly ListedJob[], provider: string, title: string): readonly ListedJob[] {
  const found = runs.filter((run) => run.provider === provider);
  if (found.length > 0) return found;
  const asked = runs.length === 0 ? "none" : runs.map((run) => run.provider).join(", ");
  throw new AccessionError(
    "provider-unknown",
    `${printable(title)} has no run of "${printable(provider.slice(0, 100))}". It has runs of: ${asked}.`,
  );
}
