import type { z } from "zod";
import type { Catalog, ImportOptions, ImportResult, MatchCandidate } from "../index.ts";
import { type Awaited, awaitRuns } from "./await-runs.ts";
import { commandText } from "./command-text.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import type { AskFlags } from "./import-flags.ts";
import { listenForInterruption } from "./interruption.ts";
import type { Invocation } from "./invocation.ts";
import { relatedItems } from "./listed-relations.ts";
import { backgroundRemarks } from "./output/background-remarks.ts";
import type { Output } from "./output/output.ts";
import type { changedDocument } from "./output/document-schema.ts";
import {
  documentOfCandidate,
  documentOfDifference,
  documentOfError,
  documentOfItem,
  documentOfOutcome,
  documentOfRun,
} from "./output/item-document.ts";
import { resultLines, showFailure } from "./output/result-lines.ts";
import { createProgress } from "./output/progress.ts";

/** An import or enrichment, as a command asks for it. */
export interface Question {
  readonly open: () => Promise<Catalog>;
  readonly ask: (catalog: Catalog, options: ImportOptions) => Promise<ImportResult>;
  /** The command line that picks a candidate. */
  readonly commandFor: (candidate: MatchCandidate) => string;
}

/**
 * Asks the catalogue, lets a person choose where the answer is ambiguous and somebody is there, and tells what came of
 * it.
 */
export async function askCatalogue(invocation: Invocation, flags: AskFlags, question: Question): Promise<ExitCode> {
  const { output } = invocation;
  const interruption = listenForInterruption();
  invocation.closeAtEnd(interruption);
  const catalog = await question.open();
  const dryRun = flags.dryRun ?? false;
  const progress = createProgress(output);
  const told = new Set<string>();
  const options: ImportOptions = {
    forceProviders: flags.force ?? false,
    ...(flags.providers !== undefined && { providers: flags.providers.split(",").map((name) => name.trim()) }),
    ...(flags.match !== undefined && { match: flags.match }),
    ...(flags.reject !== undefined && { reject: flags.reject }),
    dryRun,
    signal: interruption.signal,
    onProgress(step) {
      if (step.type === "answered") told.add(step.outcome.provider);
      progress(step);
    },
  };
  let result = await question.ask(catalog, options);
  let rejected = flags.reject ?? [];
  while (result.status === "ambiguous" && output.isInteractive) {
    const { pickCandidate } = await import("./picker.ts");
    const choice = await pickCandidate(result.candidates);
    if (choice.type === "cancelled") {
      output.complain("Nothing was stored.\n");
      return exitCodes.interrupted;
    }
    if (choice.type === "none") rejected = [...rejected, ...result.candidates.map((candidate) => candidate.id)];
    const { match: _match, ...rest } = options;
    result = await question.ask(catalog, {
      ...rest,
      ...(rejected.length > 0 && { reject: rejected }),
      ...(choice.type === "candidate" && { match: choice.id }),
    });
  }
  const awaited = await awaitWhere(flags.wait === true && !dryRun, catalog, result, output, interruption.signal);
  output.document(documentOf(result, dryRun, awaited));
  if (awaited) result = { ...result, item: awaited.item } as ImportResult;
  const shown = result.status === "created" && !output.json ? result.item : undefined;
  const related = shown ? await relatedItems(catalog, shown) : new Map();
  const lines = resultLines(output, result, { dryRun, commandFor: question.commandFor, related });
  for (const line of lines) output.line(line);
  showFailure(output, result);
  const work = commandText(invocation.flags, { words: ["work"], operands: [], flags: {} });
  if (!dryRun) {
    const remarks = backgroundRemarks(result, { told, awaited, work });
    for (const line of remarks) output.remark(`${line}\n`);
  }
  return awaited?.isBrokenOff === true ? exitCodes.interrupted : exitCodeOf(result);
}

/** Runs what is queued for the item, where that is wanted and there is any. */
async function awaitWhere(
  isWanted: boolean,
  catalog: Catalog,
  result: ImportResult,
  output: Output,
  signal: AbortSignal,
): Promise<Awaited | undefined> {
  if (!isWanted || !("item" in result) || !result.item) return undefined;
  const providers = result.providers.filter(({ status }) => status === "queued").map(({ provider }) => provider);
  return providers.length === 0 ? undefined : awaitRuns(catalog, { item: result.item, providers, signal }, output);
}

function documentOf(
  result: ImportResult,
  dryRun: boolean,
  awaited: Awaited | undefined,
): z.input<typeof changedDocument> {
  const { status, providers, requests } = result;
  const item = awaited?.item ?? ("item" in result ? result.item : undefined);
  const runs = new Map(awaited?.runs.map((run) => [run.provider, run]));
  return {
    status,
    ...(item && { item: documentOfItem(item) }),
    ...(result.status === "ambiguous" && { candidates: result.candidates.map(documentOfCandidate) }),
    ...("difference" in result && { difference: documentOfDifference(result.difference) }),
    ...(result.status === "failed" && { error: documentOfError(result.error) }),
    providers: providers.map((outcome) => {
      const run = outcome.status === "queued" ? runs.get(outcome.provider) : undefined;
      return run ? documentOfRun(run) : documentOfOutcome(outcome);
    }),
    requests,
    dryRun,
  };
}

function exitCodeOf(result: ImportResult): ExitCode {
  switch (result.status) {
    case "created":
    case "updated":
    case "unchanged":
      return exitCodes.done;
    case "ambiguous":
      return exitCodes.ambiguous;
    case "not-found":
      return exitCodes.notFound;
    case "failed": {
      // A provider that lacks a setting was never asked anything: that is for its user to correct, not to wait for.
      const failures = result.providers.filter((outcome) => outcome.status === "failed");
      const isSetting = failures.every((outcome) => outcome.error.code === "configuration-invalid");
      return isSetting ? exitCodes.usage : exitCodes.failed;
    }
  }
}
