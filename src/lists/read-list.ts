import { AccessionError } from "../engine/errors.ts";
import type { Kind, QueryOf } from "../engine/kind.ts";
import { areColumnsOf, type Columns, rankField, readColumns } from "./columns.ts";
import { headersOf, readCsv } from "./csv.ts";
import { decodeList, encodeList } from "./encoding.ts";
import { type LineOutcome, lineStatuses, type ListLine } from "./list-line.ts";
import { readJsonList } from "./json.ts";
import { isReportColumn, type ListRow, type ListTable } from "./list-table.ts";
import { marksOf } from "./marks.ts";
import { fillForms, queryForms } from "./query-forms.ts";
import { type LineForm, readLines, readTextList } from "./text.ts";

/** How a list is to be read. */
export interface ReadListOptions {
  /** The file's name, whose extension tells the format. Default: the text itself tells. */
  readonly fileName?: string | undefined;
  /** Headers by field of the kind's query, or `rank`; an empty one: none. Default: the usual headers of each. */
  readonly map?: Readonly<Record<string, string>> | undefined;
}

/** A list that was read, and can be written again with what became of its lines. */
export interface List<K extends Kind = Kind> {
  readonly lines: readonly ListLine<K>[];
  /** Whether it is a report of an earlier run, which a further one goes on from. */
  readonly isReport: boolean;
  /** Whether every line that can be read has a rank. */
  readonly isNumbered: boolean;
  /** Which column fills which field of the query. */
  readonly columns: ReadonlyMap<string, string>;
  /** The extension that a report on it has: `csv`, `json`. */
  readonly extension: string;
  /**
   * The report as bytes, in the list's own format and encoding: the list with what became of each line beside it. A line
   * that was not reached keeps what an earlier report, or a person, has said of it.
   */
  report(outcomes: readonly (LineOutcome<K> | undefined)[]): Uint8Array;
}

/**
 * Reads a list of items to import: CSV (with commas, semicolons or tabs), JSON (an array of objects or texts, `{ items }`,
 * or NDJSON) or plain text. What cannot be read of it is a line's fault, and stops no other line.
 *
 * @throws AccessionError `query-invalid` for what is no list at all: more than 50 MB, no UTF-8 or UTF-16, no JSON, no column
 * that says what the items are.
 * @example
 * const list = readList(album, await readFile("best.csv"), { fileName: "best.csv", map: { title: "Album" } });
 * const { outcomes } = await importList(catalog, album, list.lines);
 * await writeFile("best.report.csv", list.report(outcomes));
 */
export function readList<K extends Kind>(kind: K, bytes: Uint8Array, options: ReadListOptions = {}): List<K> {
  const { text, encoding } = decodeList(bytes);
  const table = readTable(kind, text, options.fileName ?? "");
  if (table.rows.length === 0) throw new AccessionError("query-invalid", "The list is empty.");
  const columns = readColumns(kind, table.headers, options.map);
  const read = table.rows.map((row) => readRow<K>(row, columns));
  const asked = read.filter(({ line }) => line.query !== undefined);
  return {
    lines: read.map(({ line }) => line),
    isReport: table.headers.some(isReportColumn),
    isNumbered: asked.length > 0 && asked.every(({ line }) => line.rank !== undefined),
    columns: columns.headerOf,
    extension: table.extension,
    report(outcomes) {
      const marks = read.map(({ line, earlier }, index) => marksOf(kind, line, outcomes[index], earlier));
      return encodeList(table.write(marks), encoding);
    },
  };
}

function readTable(kind: Kind, text: string, fileName: string): ListTable {
  const extension = /\.([a-z]+)$/i.exec(fileName)?.[1]?.toLowerCase() ?? "";
  const form = lineForm(kind);
  const isJson = ["json", "ndjson", "jsonl"].includes(extension) || (extension === "" && /^\s*[[{]/.test(text));
  if (isJson) return readJsonList(text, (lines) => readLines(lines, form));
  if (["csv", "tsv"].includes(extension)) return readCsv(text);
  // A spreadsheet's "Unicode text" is a table as well, and named .txt.
  const headers = headersOf(text);
  return headers.length > 1 && areColumnsOf(kind, headers) ? readCsv(text) : readTextList(text, form);
}

function lineForm(kind: Kind): LineForm {
  const fields = queryForms(kind)
    .flat()
    .map((field) => field.name);
  return { name: kind.title, hasArtist: fields.includes("artist"), hasYear: fields.includes("year") };
}

/** States of a line in a report after which nobody need ask about it again. */
const settled = new Set(["found", "created", "updated"]);

function readRow<K extends Kind>(
  row: ListRow,
  { forms, headerOf }: Columns,
): { readonly line: ListLine<K>; readonly earlier: string | undefined } {
  const values = new Map(
    [...headerOf].flatMap(([field, header]) => {
      const value = row.values.get(header);
      return value === undefined ? [] : [[field, value] as const];
    }),
  );
  const status = row.values.get("accession_status");
  const answer = row.values.get("accession_id");
  // That it was not reached says nothing of it.
  const known = lineStatuses.find((one) => one === status && one !== "pending");
  const isSettled = settled.has(status ?? "");
  const query = fillForms(forms, values);
  const rank = Number(/^\D{0,2}(\d{1,6})\D{0,2}$/.exec(values.get(rankField) ?? "")?.[1] ?? 0);
  // Of a line that could not be read before there is nothing in the report but why.
  const reason = status === "invalid" ? row.values.get("accession_reason") : undefined;
  const fault = row.fault ?? (query ? undefined : (reason ?? "it names nothing"));
  return {
    line: {
      // The kind's own schema reads the query, and refuses what the list says wrong.
      ...(fault === undefined ? { query: query as QueryOf<K> } : { fault }),
      ...(rank > 0 && { rank }),
      ...(answer !== undefined && { answer, isSettled }),
      ...(known && { earlier: { status: known, ...(isSettled && { id: answer }) } }),
    },
    earlier: status,
  };
}
