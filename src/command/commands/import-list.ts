import { basename, resolve } from "node:path";
import type { z } from "zod";
import { AccessionError, type Item, type Kind } from "../../index.ts";
import { list as musicList } from "../../music/index.ts";
import { importList, type LineEvent, type ListImportResult } from "../../lists/import-list.ts";
import { countLines, type LineCounts, type LineOutcome } from "../../lists/list-line.ts";
import { openListFile } from "../../lists/list-file.ts";
import { checkSettledLines } from "../../lists/settled-lines.ts";
import { onOneLine } from "../../lists/marks.ts";
import { checkRankedList, type RankedList } from "../../lists/ranked-list.ts";
import type { List } from "../../lists/read-list.ts";
import { openCatalogue } from "../catalogue.ts";
import { commandText } from "../command-text.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { listenForInterruption } from "../interruption.ts";
import type { Invocation } from "../invocation.ts";
import { kindNamed, kindWord, readKind } from "../kinds.ts";
import { errorLines } from "../output/failure.ts";
import { documentOfError } from "../output/item-document.ts";
import { createLineProgress } from "../output/line-progress.ts";
import type { listDocument } from "../output/list-documents.ts";
import type { Output } from "../output/output.ts";
import { counted, printable } from "../output/printable.ts";

/** The flags of `import list`. */
export interface ListImportFlags {
  /** A series of MusicBrainz, instead of a file. */
  readonly mbid?: string | undefined;
  /** Default: `album`. */
  readonly kind?: string | undefined;
  readonly name?: string | undefined;
  /** `title=Album,artist=By`. */
  readonly map?: string | undefined;
  readonly report?: string | undefined;
  readonly limit?: number | undefined;
  readonly dryRun?: boolean | undefined;
}

/** `accession import list`: imports the items of a list, one line after another, and reports what became of each. */
export async function importListFile(
  invocation: Invocation,
  file: string | undefined,
  flags: ListImportFlags,
): Promise<ExitCode> {
  if (file === undefined)
    throw new AccessionError("query-invalid", "Give a FILE, or --mbid with a series of MusicBrainz.");
  const { output } = invocation;
  const kind = listedKind(flags.kind ?? "album");
  const dryRun = flags.dryRun ?? false;
  const { list, report } = await openListFile(kind, file, { map: readMap(flags.map), report: flags.report });
  const ranked = rankedListOf(kind, list, file, flags.name);
  const interruption = listenForInterruption();
  invocation.closeAtEnd(interruption);
  const catalog = await openCatalogue(invocation);
  await checkSettledLines(catalog, kind, list.lines);
  const progress = createLineProgress(output, list.lines.length);
  const outcomes: (LineOutcome | undefined)[] = list.lines.map(() => undefined);
  let worked = 0;
  let result: ListImportResult;
  try {
    result = await importList(catalog, kind, list.lines, {
      dryRun,
      limit: flags.limit,
      signal: interruption.signal,
      list: ranked,
      onLine(event) {
        outcomes[event.index] = event.outcome;
        worked += event.line.isSettled === true ? 0 : 1;
        const told = lineText(event);
        if (told !== undefined) progress.remark(told);
        progress.tell(event.done, worked, countLines(outcomes));
        report.writeSoon(() => list.report(outcomes));
      },
    });
  } finally {
    progress.end();
    await report.write(list.report(outcomes));
  }
  const path = report.path();
  const goOn = commandText(invocation.flags, {
    words: ["import", "list"],
    operands: [path],
    // The list by its name, which the report's own would not be where somebody has chosen another path for it.
    flags: { kind: kindWord(kind.name), name: ranked?.name, map: flags.map },
  });
  output.document(documentOf(kind, result, { report: path, dryRun, goOn }));
  for (const line of resultLines(output, result, { path, goOn, dryRun })) output.line(line);
  if (result.status === "given-up") for (const line of errorLines(output, result.error)) output.complain(`${line}\n`);
  if (result.status === "stopped") output.remark("Broken off after the line under way; nothing is lost.\n");
  return exitCodeOf(result);
}

/** The kind of the list's items: one that a list can hold. */
function listedKind(text: string): Kind {
  const kind = kindNamed(readKind(text));
  const listed = Object.values(musicList.relations);
  if (listed.some(({ name }) => name === kind.name)) return kind;
  const known = listed.map(({ name }) => kindWord(name)).join(", ");
  throw new AccessionError(
    "query-invalid",
    `The lines of a list are no ${kindWord(kind.name)}s; --kind takes ${known}.`,
  );
}

/** A map as it is typed; a comma belongs to a column's name unless another field follows it. */
function readMap(text: string | undefined): Readonly<Record<string, string>> {
  if (text === undefined) return {};
  const pairs = text.split(/,(?=\s*\w+\s*=)/).map((pair) => {
    const [, field, header] = /^\s*(\w+)\s*=(.*)$/s.exec(pair) ?? [];
    if (field !== undefined && header !== undefined) return [field, header.trim()] as const;
    throw new AccessionError("query-invalid", `"${pair.slice(0, 100)}" does not read field=Column.`);
  });
  return Object.fromEntries(pairs);
}

/** The ranked list to store: where a name is given, and of numbered lines under the file's own name. */
function rankedListOf(kind: Kind, list: List, file: string, name: string | undefined): RankedList | undefined {
  if (name === undefined && !list.isNumbered) return undefined;
  // A report is called after its list, `best.report.csv`, and `best.report.2.csv` where that one had been changed.
  const bare = basename(file).replace(/(?:\.report(?:\.\d+)?)?\.[a-z]+$/i, "");
  const ranked = { kind: musicList, name: name ?? bare.replaceAll(/[-_\s]+/g, " ").trim() };
  checkRankedList(ranked, kind);
  return ranked;
}

/** A line of which a person may want to know. */
function lineText({ index, line, outcome }: LineEvent): string | undefined {
  const asked = Object.values((line.query ?? {}) as Record<string, unknown>).join(", ");
  const what = `line ${index + 1}${asked === "" ? "" : `, ${printable(onOneLine(asked).slice(0, 100))}`}`;
  switch (outcome.status) {
    case "ambiguous":
      return `${what}: ambiguous between ${counted(outcome.candidates.length, "candidate")}`;
    case "not-found":
      return `${what}: not found`;
    case "failed":
      return `${what}: failed, ${printable(onOneLine(outcome.error.message))}`;
    case "invalid":
      return `${what}: ${printable(onOneLine(outcome.reason).slice(0, 300))}`;
    case "found":
    case "created":
    case "updated":
    case "pending":
      return undefined;
  }
}

function resultLines(
  output: Output,
  { counts, outcomes, requests, list }: ListImportResult,
  { path, goOn, dryRun }: { readonly path: string; readonly goOn: string; readonly dryRun: boolean },
): readonly string[] {
  const settled = settledOf(counts);
  const parts = (["found", "created", "updated"] as const).filter((status) => counts[status] > 0);
  const told = parts.map((status) => `${counts[status]} ${status}`).join(", ");
  const row = (word: string, text: string): string => `${word.padEnd(9)}  ${text}`;
  const lines = [
    row(
      output.paint("green", "imported"),
      `${settled} of ${counted(outcomes.length, "line")}${told === "" ? "" : `: ${told}`}; ${counted(requests, "request")}`,
    ),
  ];
  const open = [
    ["ambiguous", "put the id of the right candidate into the report's accession_id"],
    ["not-found", "correct them in the report, or put a MusicBrainz id into accession_id"],
    ["failed", "the report says why; they are tried again by the next run"],
    ["invalid", "the report says why; correct them there"],
    ["pending", "not reached yet"],
  ] as const;
  for (const [status, remedy] of open) {
    if (counts[status] > 0) lines.push(row(status.replace("-", " "), `${counts[status]}: ${remedy}`));
  }
  if (list) lines.push(row("list", `${printable(list.title)}  ${list.id}  ${entriesOf(list)} in it`));
  lines.push(row("report", printable(path)));
  if (dryRun) lines.push("A dry run: nothing but the report was stored.");
  if (settled < outcomes.length) lines.push(`Go on with: ${output.paint("cyan", goOn)}`);
  return lines;
}

function documentOf(
  kind: Kind,
  result: ListImportResult,
  { report, dryRun, goOn }: { readonly report: string; readonly dryRun: boolean; readonly goOn: string },
): z.input<typeof listDocument> {
  const { status, counts, requests, outcomes, list } = result;
  const isSettled = settledOf(counts) === outcomes.length;
  return {
    status,
    kind: kind.name,
    lines: outcomes.length,
    counts,
    requests,
    report: resolve(report),
    ...(list && { list: { id: list.id, kind: list.kind, title: list.title, entries: entriesOf(list) } }),
    dryRun,
    ...(!isSettled && { resume: goOn }),
    ...(result.status === "given-up" && { error: documentOfError(result.error) }),
  };
}

/** Lines that led to an item. */
function settledOf(counts: LineCounts): number {
  return counts.found + counts.created + counts.updated;
}

function entriesOf(list: Item): number {
  return list.relations.length;
}

/** What most needs doing: to run it again, to choose, to correct the list. Lines that a limit left out need nothing. */
function exitCodeOf({ status, counts }: { readonly status: string; readonly counts: LineCounts }): ExitCode {
  if (status === "stopped") return exitCodes.interrupted;
  if (status === "given-up" || counts.failed > 0) return exitCodes.failed;
  if (counts.ambiguous > 0) return exitCodes.ambiguous;
  return counts["not-found"] + counts.invalid > 0 ? exitCodes.notFound : exitCodes.done;
}
