import type { JsonValue } from "../engine/json.ts";

/** A list as it was read, before anybody has said what its columns mean; written again, it keeps its format. */
export interface ListTable {
  /** The extension of a report on it: `csv`, `json`. */
  readonly extension: string;
  /** The names of its columns, in order; of JSON, of all keys. */
  readonly headers: readonly string[];
  readonly rows: readonly ListRow[];
  /**
   * The list as text, each row with its marks. A row without marks keeps those that it has, if it has any; else it is
   * pending.
   */
  write(marks: readonly (RowMarks | undefined)[]): string;
}

/** A row of a list. */
export interface ListRow {
  /** What stands in it, by header; what is empty is absent. */
  readonly values: ReadonlyMap<string, string>;
  /** Why it cannot be read; absent where it can. */
  readonly fault?: string | undefined;
}

/** What a report says of a row beside the row itself: the columns `accession_status` and so on. */
export interface RowMarks {
  readonly status: string;
  /** Of the item that it is, or what a person has put there; else empty. */
  readonly id: string;
  readonly title: string;
  readonly candidates: readonly MarkedCandidate[];
  readonly reason: string;
}

/** Something that a row may mean, for a person to choose from. */
export interface MarkedCandidate {
  readonly id: string;
  readonly title: string;
  readonly score: number;
  /** What tells it from the others: "group, US, 1987". */
  readonly distinction: string;
}

/** The columns that a report adds, each with what it holds as text and as JSON. */
export const reportColumns = [
  "accession_status",
  "accession_id",
  "accession_title",
  "accession_candidates",
  "accession_reason",
] as const;

/** Whether a header is one of a report's own. */
export function isReportColumn(header: string): boolean {
  return reportColumns.some((column) => column === header);
}

/** The marks of a row that was not reached. */
export const pendingMarks: RowMarks = { status: "pending", id: "", title: "", candidates: [], reason: "" };

/** Marks as cells, in the order of {@link reportColumns}; what came from outside cannot be taken for a formula. */
export function markCells({ status, id, title, candidates, reason }: RowMarks): readonly string[] {
  const listed = candidates.map((one) => {
    const told = one.distinction === "" ? "" : ` [${one.distinction}]`;
    return `${one.id} ${one.title}${told} (${one.score.toFixed(2)})`;
  });
  return [status, id, title, listed.join(" | "), reason].map(safeCell);
}

/** Marks as members of a JSON object; a candidate stays an object. */
export function markMembers({ status, id, title, candidates, reason }: RowMarks): Readonly<Record<string, JsonValue>> {
  return {
    accession_status: status,
    accession_id: id,
    accession_title: title,
    accession_candidates: candidates.map((one) => ({ ...one })),
    accession_reason: reason,
  };
}

/**
 * A cell that no spreadsheet takes for a formula: an apostrophe goes before = + - @ and control characters.
 * Source of the rule: https://owasp.org/www-community/attacks/CSV_Injection
 */
export function safeCell(text: string): string {
  return /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
}

/** The cell as it was before {@link safeCell}. */
export function unsafeCell(text: string): string {
  return /^'[=+\-@\t\r\n]/.test(text) ? text.slice(1) : text;
}

/** A row's values by header, of cells in the order of the headers; of two columns of one name the first counts. */
export function valuesOf(headers: readonly string[], cells: readonly string[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [index, header] of headers.entries()) {
    const cell = cells[index]?.trim() ?? "";
    if (cell !== "" && !values.has(header)) values.set(header, cell);
  }
  return values;
}
