import { CsvError, parse } from "csv-parse/sync";
import { AccessionError } from "../engine/errors.ts";

/** A row of CSV; a broken one has no cells, but a fault that says why and what stood there. */
export interface CsvRow {
  readonly cells: readonly string[];
  readonly fault?: string | undefined;
}

/**
 * How many rows may be broken until the whole is taken for no CSV; fewer where a quote is never closed, since looking for its
 * end goes through all the rest each time.
 */
const most = { broken: 10_000, unclosed: 20 };

/** How much of a broken row its fault tells. */
const longestExcerpt = 500;

const lineFeed = 10;
const options = { relax_column_count: true, skip_empty_lines: true, max_record_size: 0 } as const;

/**
 * The rows of CSV, those without anything in them left out. Where the parser gives a row up, it may have taken a quote that
 * is never closed for the beginning of a cell of many lines: then only the first of these lines is broken, and reading
 * goes on with the second.
 *
 * @throws AccessionError `query-invalid` where too many rows are broken.
 */
export function parseRows(text: string, delimiter: string): readonly CsvRow[] {
  const rows: CsvRow[] = [];
  let rest: Buffer = Buffer.from(text, "utf8");
  let [broken, unclosed] = [0, 0];
  while (rest.length > 0) {
    const stop = parseUntilFault(rest, delimiter, rows);
    if (stop === undefined) break;
    broken += 1;
    unclosed += stop.isUnclosed ? 1 : 0;
    if (broken > most.broken || unclosed > most.unclosed) {
      const message = "Too many rows of the list are broken: are the quotes in its cells doubled, as CSV has them?";
      throw new AccessionError("query-invalid", message);
    }
    const { line, next } = takeLine(rest.subarray(stop.at));
    rows.push(parseLine(line, delimiter));
    rest = next;
  }
  const filled = rows.filter(({ cells, fault }) => fault !== undefined || cells.some((cell) => cell.trim() !== ""));
  const columns = filled[0]?.cells.length ?? 0;
  return filled.map((row) => withinColumns(row, columns));
}

/** Adds the rows up to the first that is faulty; says where that begins, or undefined where all is read. */
function parseUntilFault(
  bytes: Buffer,
  delimiter: string,
  rows: CsvRow[],
): { readonly at: number; readonly isUnclosed: boolean } | undefined {
  let at = 0;
  try {
    parse(bytes, {
      ...options,
      delimiter,
      on_record(cells: readonly string[], { bytes: read }) {
        rows.push({ cells });
        at = read;
        return null;
      },
    });
    return undefined;
  } catch (thrown) {
    return { at, isUnclosed: faultOf(thrown) === "CSV_QUOTE_NOT_CLOSED" };
  }
}

/** The first line that is not empty, and what follows it. */
function takeLine(bytes: Buffer): { readonly line: string; readonly next: Buffer } {
  let start = 0;
  while (bytes[start] === lineFeed || bytes[start] === 13) start += 1;
  const end = bytes.indexOf(lineFeed, start);
  return end < 0
    ? { line: bytes.toString("utf8", start), next: bytes.subarray(bytes.length) }
    : { line: bytes.toString("utf8", start, end), next: bytes.subarray(end + 1) };
}

/** A line by itself, in which a quote may stand anywhere: `12" single`. */
function parseLine(line: string, delimiter: string): CsvRow {
  try {
    const [cells = []] = parse(line.replace(/\r$/, ""), { ...options, delimiter, relax_quotes: true });
    return { cells };
  } catch (thrown) {
    faultOf(thrown);
    return brokenRow(line, "a quote is never closed");
  }
}

/** Cells moved under other columns would be asked about as something that they are not. */
function withinColumns(row: CsvRow, columns: number): CsvRow {
  if (row.cells.slice(columns).every((cell) => cell.trim() === "")) return row;
  return brokenRow(row.cells.join(" "), `it has ${row.cells.length} cells, and there are ${columns} columns`);
}

function brokenRow(line: string, why: string): CsvRow {
  return { cells: [], fault: `${why}: ${line.trim().slice(0, longestExcerpt).toWellFormed()}` };
}

/** The parser's code. @throws what was thrown, where that is none of the parser's faults. */
function faultOf(thrown: unknown): string {
  if (thrown instanceof CsvError) return thrown.code;
  throw thrown;
}
