import type { z } from "zod";
import { AccessionError } from "../../engine/errors.ts";
import { type RunState, runStates } from "../../engine/run.ts";
import type { Catalog, JobFilter } from "../../index.ts";
import { openCatalogue } from "../catalogue.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Invocation } from "../invocation.ts";
import { findItem } from "../item-reference.ts";
import { readKind } from "../kinds.ts";
import type { jobsChangedDocument, jobsDocument, providerHeldDocument } from "../output/job-documents.ts";
import { countLines, documentOfHolds, documentOfJob, holdLines, jobLine } from "../output/job-lines.ts";
import { counted, grouped } from "../output/printable.ts";

/** The flags of `jobs`. */
export interface JobFlags {
  readonly provider?: string | undefined;
  readonly kind?: string | undefined;
  readonly state?: string | undefined;
  readonly limit?: number | undefined;
  readonly all?: boolean | undefined;
}

/** States in which somebody may want to do something about a run. */
const unfinished: readonly RunState[] = ["queued", "running", "failed", "dead"];

/** `accession jobs`: the runs that are not over well, or all of an item's, and what holds jobs back. */
export async function listRuns(
  invocation: Invocation,
  reference: string | undefined,
  flags: JobFlags,
): Promise<ExitCode> {
  const { output } = invocation;
  const catalog = await openCatalogue(invocation);
  const narrowed = await filterOf(catalog, reference, flags);
  const filter = { ...narrowed, states: narrowed.states ?? (reference === undefined ? unfinished : runStates) };
  const jobs = await catalog.jobs.list(filter);
  const counts = await catalog.jobs.count(filter);
  const total = counts.reduce((sum, { runs }) => sum + runs, 0);
  const holds = await catalog.jobs.holds();
  output.document({
    jobs: jobs.map(documentOfJob),
    total,
    counts: [...counts],
    holds: documentOfHolds(holds),
  } satisfies z.input<typeof jobsDocument>);
  for (const line of holdLines(output, holds)) output.line(line);
  for (const job of jobs) output.line(jobLine(output, job));
  // Runs go on while they are counted.
  const more = Math.max(0, total - jobs.length);
  if (more > 0) output.line(`… and ${grouped(more)} more`);
  // At the end, where a person who has seen a hundred lines go by still sees it.
  const isLong = jobs.length > 1 && reference === undefined;
  for (const line of isLong ? ["", ...countLines(output, counts)] : []) output.line(line);
  if (jobs.length === 0) output.remark("No run waits, has failed, or was given up.\n");
  return exitCodes.done;
}

/** `accession jobs retry` and `accession jobs cancel`. */
export async function changeRuns(
  invocation: Invocation,
  change: "retry" | "cancel",
  reference: string | undefined,
  flags: JobFlags,
): Promise<ExitCode> {
  const narrowed = reference !== undefined || flags.provider !== undefined || flags.kind !== undefined;
  if (!narrowed && flags.all !== true && flags.state === undefined) {
    const message = `Say which runs to ${change}: an item, --provider, --kind or --state, or all of them with --all.`;
    throw new AccessionError("query-invalid", message);
  }
  const { output } = invocation;
  const catalog = await openCatalogue(invocation);
  const filter = await filterOf(catalog, reference, flags);
  const count = await (change === "retry" ? catalog.jobs.retry(filter) : catalog.jobs.cancel(filter));
  const status = change === "retry" ? "retried" : "cancelled";
  output.document({ status, count } satisfies z.input<typeof jobsChangedDocument>);
  output.line(`${status} ${counted(count, "run")}`);
  return exitCodes.done;
}

/** `accession jobs pause` and `accession jobs resume`. */
export async function holdProvider(
  invocation: Invocation,
  change: "pause" | "resume",
  provider: string,
): Promise<ExitCode> {
  const { output } = invocation;
  const catalog = await openCatalogue(invocation);
  await (change === "pause" ? catalog.jobs.pause(provider) : catalog.jobs.resume(provider));
  const status = change === "pause" ? "paused" : "resumed";
  output.document({ status, provider } satisfies z.input<typeof providerHeldDocument>);
  output.line(`${status} ${provider}`);
  return exitCodes.done;
}

async function filterOf(catalog: Catalog, reference: string | undefined, flags: JobFlags): Promise<JobFilter> {
  const { provider, kind, state, limit } = flags;
  return {
    ...(reference !== undefined && { itemId: (await findItem(catalog, reference)).id }),
    ...(provider !== undefined && { provider }),
    ...(kind !== undefined && { kind: readKind(kind) }),
    ...(state !== undefined && { states: state.split(",").map(readState) }),
    ...(limit !== undefined && { limit }),
  };
}

function readState(text: string): RunState {
  const found = runStates.find((one) => one === text.trim());
  if (found) return found;
  throw new AccessionError("query-invalid", `A run is never "${text.slice(0, 100)}"; it is ${runStates.join(", ")}.`);
}
