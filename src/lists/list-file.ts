import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { AccessionError, type ErrorDetails } from "../engine/errors.ts";
import type { Kind } from "../engine/kind.ts";
import { questionOf } from "./brought-in.ts";
import { largestList } from "./encoding.ts";
import type { LineOutcome, ListLine } from "./list-line.ts";
import { type List, readList, type ReadListOptions } from "./read-list.ts";
import { openReport, type ReportFile, reportPath } from "./report-file.ts";

/** How a list's file is opened. */
export interface ListFileOptions extends Omit<ReadListOptions, "fileName"> {
  /** Where its report goes. Default: over the file where that is a report itself, else beside it: `best.report.csv`. */
  readonly report?: string | undefined;
}

/** What to do where there is no file to read: the query is none that could be corrected. */
const unreadable = "Give the path of a CSV, JSON or text file that can be read, such as ./best.csv.";

/**
 * Reads a list from a file and opens its report, which is written at once, so that a place where it cannot be is known
 * before anything is asked.
 *
 * @throws AccessionError `query-invalid` for a file that cannot be read, as {@link readList}, and for a report that would be
 * written over the list, over something else, or over choices of a person that no run has taken yet.
 */
export async function openListFile<K extends Kind>(
  kind: K,
  file: string,
  options: ListFileOptions = {},
): Promise<{ readonly list: List<K>; readonly report: ReportFile }> {
  const read = readList(kind, await readBytes(file), { fileName: file, map: options.map });
  const beside = reportPath(file, read.extension);
  const path = options.report ?? (read.isReport ? file : beside);
  const isOver = resolve(path) === resolve(file);
  if (isOver && !read.isReport) throw invalid(`The report would be written over the list ${file}; name another file`);
  const replaced = isOver ? undefined : await readReplaced(kind, path, options);
  // What the report in the usual place says is no less true where the new one goes elsewhere.
  const left = path === beside ? undefined : await readAgain(kind, beside, options);
  const list = [replaced, left].reduce<List<K>>((one, earlier) => goOnFrom(kind, one, earlier), read);
  const report = await openReport(path);
  try {
    await report.write(list.report([]));
  } catch (error) {
    throw invalid(`The report ${path} cannot be written: ${reasonOf(error)}`, { cause: error });
  }
  return { list, report };
}

async function readBytes(file: string): Promise<Uint8Array> {
  if (file === "-")
    throw invalid("A list cannot be read from standard input: save it to a file, and give its path", {
      remedy: unreadable,
    });
  try {
    const { size } = await stat(file);
    if (size > largestList) throw invalid(`The list ${file} is larger than 50 MB; divide it into several files`);
    return await readFile(file);
  } catch (cause) {
    if (cause instanceof AccessionError) throw cause;
    throw invalid(whyUnreadable(file, cause), { cause, remedy: unreadable });
  }
}

function whyUnreadable(file: string, thrown: unknown): string {
  switch (thrown instanceof Error && "code" in thrown ? thrown.code : undefined) {
    case "ENOENT":
      return `There is no file ${file}`;
    case "EISDIR":
      return `${file} is a folder, and no list`;
    case "EACCES":
    case "EPERM":
      return `Nobody lets us read the list ${file}`;
    default:
      return `The list ${file} cannot be read: ${reasonOf(thrown)}`;
  }
}

/** The report that is to be replaced, if there is one; the list itself knows nothing of what a person has put there. */
async function readReplaced<K extends Kind>(
  kind: K,
  path: string,
  options: ListFileOptions,
): Promise<List<K> | undefined> {
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (size === 0) return undefined;
  const earlier = await readAgain(kind, path, options);
  if (earlier?.isReport !== true)
    throw invalid(`${path} is there already, and is no report on a list; name another file`);
  const choices = earlier.lines.filter((line) => line.answer !== undefined && line.isSettled !== true).length;
  if (choices === 0) return earlier;
  throw invalid(
    `The report ${path} holds ${choices} ${choices === 1 ? "id" : "ids"} in accession_id that no run has taken yet. Import the report instead of the list, or name another file for the new one`,
  );
}

/**
 * The list with what an earlier report says of its lines, so that what was ambiguous stays so. Lines are told by what they
 * ask: a list may have been sorted since.
 */
function goOnFrom<K extends Kind>(kind: K, list: List<K>, report: List<K> | undefined): List<K> {
  if (report?.isReport !== true) return list;
  // Of lines that are the same, the first says whether it was the list that brought their item in.
  const earlierOf = new Map(report.lines.toReversed().map((line) => [questionOf(kind, line), line.earlier]));
  const lines = list.lines.map((line) => ({ ...line, earlier: line.earlier ?? earlierOf.get(questionOf(kind, line)) }));
  return {
    ...list,
    lines,
    report: (outcomes) => list.report(lines.map((line, index) => reached(outcomes[index]) ?? unreached(line))),
  };
}

function reached<K extends Kind>(outcome: LineOutcome<K> | undefined): LineOutcome<K> | undefined {
  return outcome?.status === "pending" ? undefined : outcome;
}

/** The new report replaces the earlier one before the line's turn: should the run end before that, nothing is forgotten. */
function unreached({ earlier }: ListLine): LineOutcome<never> | undefined {
  return earlier?.status === "ambiguous" ? { status: "ambiguous", candidates: [] } : undefined;
}

/** The list that a report's file holds; undefined where it holds none, or cannot be read. */
async function readAgain<K extends Kind>(
  kind: K,
  path: string,
  { map }: ListFileOptions,
): Promise<List<K> | undefined> {
  const bytes = await readFile(path).catch(() => undefined);
  if (bytes === undefined) return undefined;
  try {
    return readList(kind, bytes, { fileName: path, map });
  } catch (error) {
    if (error instanceof AccessionError && error.code === "query-invalid") return undefined;
    throw error;
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function invalid(message: string, details: ErrorDetails = {}): AccessionError {
  return new AccessionError("query-invalid", `${message}.`, details);
}
