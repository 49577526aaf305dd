import { parseRows } from "./csv-rows.ts";
import { stringify } from "csv-stringify/sync";
import {
  isReportColumn,
  type ListTable,
  markCells,
  pendingMarks,
  reportColumns,
  unsafeCell,
  valuesOf,
} from "./list-table.ts";

const delimiters = [",", ";", "\t"] as const;

/**
 * Reads CSV whose first row names the columns. The separator is the one that the first row has most of. A row that is
 * broken (a quote that is never closed, more cells than columns) has a fault; the others are read all the same. Rows without
 * anything in them are left out.
 */
export function readCsv(text: string): ListTable {
  const delimiter = delimiterOf(text);
  const [head, ...rows] = parseRows(text, delimiter);
  const headers = (head?.cells ?? []).map((header) => header.trim());
  const isReport = headers.some(isReportColumn);
  const own = headers.flatMap((header, index) => (isReportColumn(header) ? [] : [index]));
  return {
    extension: delimiter === "\t" ? "tsv" : "csv",
    headers,
    rows: rows.map(({ cells, fault }) => ({
      values: valuesOf(headers, isReport ? cells.map(unsafeCell) : cells),
      ...(fault !== undefined && { fault }),
    })),
    write(marks) {
      // The list's own cells stay as they were: the report holds nothing of them that the list did not hold before.
      const body = rows.map(({ cells }, index) => {
        const kept = reportColumns.map((column) => cells[headers.indexOf(column)] ?? "");
        const isMarked = kept.some((cell) => cell !== "");
        const mark = marks[index] ?? (isMarked ? undefined : pendingMarks);
        return [...own.map((at) => cells[at] ?? ""), ...(mark ? markCells(mark) : kept)];
      });
      const newline = /\r?\n/.exec(text)?.[0] ?? "\n";
      return writeCsv([...own.map((at) => headers[at] ?? ""), ...reportColumns], body, { delimiter, newline });
    },
  };
}

/** Writes CSV. The cells are written as they are: what comes from outside is for the caller to make safe. */
export function writeCsv(
  headers: readonly string[],
  rows: readonly (readonly string[])[],
  { delimiter = ",", newline = "\n" }: { readonly delimiter?: string; readonly newline?: string } = {},
): string {
  return stringify([[...headers], ...rows.map((row) => [...row])], { delimiter, record_delimiter: newline });
}

/** The columns that a text has, should it be CSV. */
export function headersOf(text: string): readonly string[] {
  const line = firstLine(text);
  return (parseRows(line, delimiterOf(line))[0]?.cells ?? []).map((header) => header.trim());
}

function delimiterOf(text: string): string {
  const bare = firstLine(text).replaceAll(/"[^"]*"/g, "");
  const counted = delimiters.map((delimiter) => ({ delimiter, count: bare.split(delimiter).length }));
  return counted.toSorted((left, right) => right.count - left.count)[0]?.delimiter ?? ",";
}

function firstLine(text: string): string {
  return /^[^\r\n]*/.exec(text.replace(/^[\r\n]+/, ""))?.[0] ?? "";
}
