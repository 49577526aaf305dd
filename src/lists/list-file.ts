import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { AccessionError } from "../engine/errors.ts";
import type { Kind } from "../engine/kind.ts";
import { largestList } from "./encoding.ts";
import { type List, readList, type ReadListOptions } from "./read-list.ts";
import { openReport, type ReportFile, reportPath } from "./report-file.ts";

/** How a list's file is opened. */
export interface ListFileOptions extends Omit<ReadListOptions, "fileName"> {
  /** Where its report goes. Default: over the file where that is a report itself, else beside it: `best.report.csv`. */
  readonly report?: string | undefined;
}

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
  const list = readList(kind, await readBytes(file), { fileName: file, map: options.map });
  const path = options.report ?? (list.isReport ? file : reportPath(file, list.extension));
  if (resolve(path) !== resolve(file)) await refuseLoss(kind, path, options);
  else if (!list.isReport) throw invalid(`The report would be written over the list ${file}; name another file`);
  const report = await openReport(path);
  try {
    await report.write(list.report([]));
  } catch (error) {
    throw invalid(`The report ${path} cannot be written: ${reasonOf(error)}`, error);
  }
  return { list, report };
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(file);
    if (size > largestList) throw invalid(`The list ${file} is larger than 50 MB; divide it into several files`);
    return await readFile(file);
  } catch (error) {
    if (error instanceof AccessionError) throw error;
    throw invalid(`The list ${file} cannot be read: ${reasonOf(error)}`, error);
  }
}

/** A list that is read anew knows nothing of what a person has put into its earlier report. */
async function refuseLoss(kind: Kind, path: string, { map }: ListFileOptions): Promise<void> {
  const bytes = await readFile(path).catch(() => undefined);
  if (bytes === undefined || bytes.length === 0) return;
  const earlier = readAgain(kind, bytes, path, map);
  if (earlier?.isReport !== true)
    throw invalid(`${path} is there already, and is no report on a list; name another file`);
  const choices = earlier.lines.filter((line) => line.answer !== undefined && line.isSettled !== true).length;
  if (choices === 0) return;
  throw invalid(
    `The report ${path} holds ${choices} ids in accession_id that no run has taken yet. Import the report instead of the list, or name another file for the new one`,
  );
}

function readAgain(kind: Kind, bytes: Uint8Array, path: string, map: ListFileOptions["map"]): List | undefined {
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

function invalid(message: string, cause?: unknown): AccessionError {
  return new AccessionError("query-invalid", `${message}.`, { cause });
}
