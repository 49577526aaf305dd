import { concernsSource, patience } from "../../engine/patience.ts";
import type { z } from "zod";
import { AccessionError, type Catalog, type ImportResult, type ItemId } from "../../index.ts";
import { openCatalogue } from "../catalogue.ts";
import { commandText } from "../command-text.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { EnrichFlags } from "../import-flags.ts";
import { listenForInterruption } from "../interruption.ts";
import type { Invocation } from "../invocation.ts";
import { readKind } from "../kinds.ts";
import { errorLines } from "../output/failure.ts";
import { documentOfError } from "../output/item-document.ts";
import { countsText, createLineProgress } from "../output/line-progress.ts";
import type { completedDocument } from "../output/list-documents.ts";
import { nothingMissing, stillMissing } from "../output/missing-text.ts";
import { counted, printable } from "../output/printable.ts";
import { tellUnfinished } from "../output/unfinished.ts";

type Counts = z.input<typeof completedDocument>["counts"];
type Outcome = keyof Counts;

/**
 * `accession enrich --missing`: imports what items lack, of the whole catalogue, one item after another. What was imported is
 * no longer lacking, so that a repetition goes on where a run was broken off, which is at an item's end; an item is asked about
 * once in a run, and how many lack something at its end is told.
 */
export async function enrichMissing(invocation: Invocation, flags: EnrichFlags): Promise<ExitCode> {
  const { output } = invocation;
  const kind = flags.kind === undefined ? undefined : readKind(flags.kind);
  const interruption = listenForInterruption();
  invocation.closeAtEnd(interruption);
  const catalog = await openCatalogue(invocation);
  const incomplete = catalog.incomplete({ kind, limit: flags.limit });
  const total = await incomplete.count();
  const counts: Record<Outcome, number> = { updated: 0, unchanged: 0, ambiguous: 0, failed: 0 };
  if (flags.dryRun === true) {
    output.document({ status: "counted", total, counts, requests: 0 } satisfies z.input<typeof completedDocument>);
    output.line(total === 0 ? nothingMissing(kind) : `${counted(total, "item")} would be completed`);
    return exitCodes.done;
  }
  const progress = createLineProgress(output, total);
  let [requests, done] = [0, 0];
  let failures: AccessionError[] = [];
  let isBrokenOff = false;
  try {
    for await (const id of incomplete) {
      isBrokenOff = interruption.signal.aborted;
      if (isBrokenOff || failures.length >= patience) break;
      const { outcome, error, result } = await complete(catalog, id);
      counts[outcome] += 1;
      done += 1;
      requests += result?.requests ?? 0;
      if (error && concernsSource(error)) failures.push(error);
      else if ((result?.requests ?? 0) > 0) failures = [];
      const title = result && "item" in result ? (result.item?.title ?? id) : id;
      if (error) progress.remark(`${printable(title)}: failed, ${printable(error.message)}`);
      progress.tell(done, done, counts);
    }
  } finally {
    progress.end();
  }
  const [error] = failures.slice(patience - 1);
  const status = error ? "given-up" : isBrokenOff ? "stopped" : "complete";
  // What has failed is lacking as before, and is reached again.
  const resume = status === "complete" ? undefined : resumingCommand(invocation, flags, done - counts.failed);
  const left = status === "complete" ? await catalog.incomplete({ kind }).count() : undefined;
  output.document({
    status,
    total,
    counts,
    requests,
    ...(resume !== undefined && { resume }),
    ...(left !== undefined && { left }),
    ...(error && { error: documentOfError(error) }),
  } satisfies z.input<typeof completedDocument>);
  const told = countsText(counts);
  if (total > 0)
    output.line(
      `${done} of ${counted(total, "item")}${told === "" ? "" : `: ${told}`}; ${counted(requests, "request")}`,
    );
  if (left === 0) output.line(nothingMissing(kind));
  for (const line of error ? errorLines(output, error) : []) output.complain(`${line}\n`);
  if (status !== "complete") tellUnfinished(output, { isBrokenOff, resume });
  if (left !== undefined && left > 0) {
    // Where nothing but failures came of it, a repetition would reach the same items.
    const onward = done > counts.failed ? `Go on with: ${resumingCommand(invocation, flags, 0)}\n` : "";
    output.remark(`${stillMissing(left, Math.min(left, counts.failed))}\n${onward}`);
  }
  if (status === "stopped") return exitCodes.interrupted;
  return counts.failed > 0 ? exitCodes.failed : exitCodes.done;
}

/** The command line for the rest, which is what a limit leaves of it. */
function resumingCommand({ flags: globals }: Invocation, { kind, limit }: EnrichFlags, settled: number): string {
  const rest = limit === undefined ? undefined : String(limit - settled);
  return commandText(globals, { words: ["enrich", "--missing"], operands: [], flags: { kind, limit: rest } });
}

/** What is wrong with one item ends no other; where the catalogue itself cannot go on, none can. */
async function complete(
  catalog: Catalog,
  id: ItemId,
): Promise<{ readonly outcome: Outcome; readonly error?: AccessionError; readonly result?: ImportResult }> {
  try {
    const result = await catalog.enrich(id);
    for (const one of result.providers)
      if (one.status === "failed") return { outcome: "failed", error: one.error, result };
    const isAmbiguous = result.providers.some((one) => one.status === "ambiguous");
    return { outcome: isAmbiguous ? "ambiguous" : result.status === "updated" ? "updated" : "unchanged", result };
  } catch (thrown) {
    const isOfItem = thrown instanceof AccessionError && ["projection-failed", "item-unknown"].includes(thrown.code);
    if (!isOfItem) throw thrown;
    return { outcome: "failed", error: thrown };
  }
}
