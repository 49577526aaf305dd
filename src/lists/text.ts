import { type ListTable, markCells, pendingMarks, reportColumns, safeCell } from "./list-table.ts";
import { writeCsv } from "./csv.ts";

/** What a line of plain text may name beside its item's name. */
export interface LineForm {
  /** The query's field that is the name: `title`, `name`. */
  readonly name: string;
  /** Whether a line may name an artist: `Pink Floyd - The Wall`. Otherwise the whole line is the name. */
  readonly hasArtist: boolean;
  /** Whether it may end with a year: `The Wall (1979)`. */
  readonly hasYear: boolean;
}

/** `12. `, `12) `, `12: `; a number that belongs to a name has no space after it, or no mark. */
const number = /^(\d{1,6})\s?[.):]\s(?=\S)/;
const year = /\s?[([](1\d{3}|20\d{2}|21\d{2})[)\]]$/;
/** Dashes with a space on either side: a hyphen within a name has none. A tab divides just so. */
const dash = /\s[-–—]\s|\t/u;
const colon = /\s?:\s/;

/**
 * Reads plain text: one line an item, as `Artist - Title`, `Artist – Title (1973)`, `12. Artist: Title`, or a name alone.
 * Empty lines and those that begin with # are left out. The report on it is CSV, with what was understood of each line.
 */
export function readTextList(text: string, form: LineForm): ListTable {
  const lines = text.split(/\r\n|\n|\r/).filter((line) => line.trim() !== "" && !/^\s*#/.test(line));
  const rows = readLines(lines, form);
  const found = new Set(rows.flatMap((row) => [...row.keys()]));
  const headers = ["line", "rank", "artist", form.name, "year"].filter((header) => found.has(header));
  return {
    extension: "csv",
    headers,
    rows: rows.map((values) => ({ values })),
    write(marks) {
      // In the text nothing could be taken for a formula; in a table it could.
      const body = rows.map((row, index) => {
        const cells = headers.map((header) => safeCell(row.get(header) ?? ""));
        return [...cells, ...markCells(marks[index] ?? pendingMarks)];
      });
      return writeCsv([...headers, ...reportColumns], body);
    },
  };
}

/**
 * What lines of text name, by column; the text itself is the column `line`. Numbers at the beginning are ranks where most of
 * the lines have one, and belong to the name elsewhere.
 */
export function readLines(lines: readonly string[], form: LineForm): readonly ReadonlyMap<string, string>[] {
  const bare = lines.map(withoutGaps);
  const isNumbered = bare.filter((line) => number.test(line)).length * 2 > lines.length;
  return bare.map((text, index) => readLine(lines[index]?.trim() ?? "", text, form, isNumbered));
}

/** The line with one space, or one tab, where it has any number of them: patterns that look for many would take for ever. */
function withoutGaps(line: string): string {
  return line.trim().replaceAll(/\s+/g, (gap) => (gap.includes("\t") ? "\t" : " "));
}

function readLine(line: string, text: string, form: LineForm, isNumbered: boolean): ReadonlyMap<string, string> {
  const rank = isNumbered ? number.exec(text)?.[1] : undefined;
  const [rest, given] = takeYear(rank === undefined ? text : text.replace(number, ""), form);
  const [artist, title] = form.hasArtist ? divide(rest) : [undefined, rest];
  const values = {
    line,
    rank: rank === undefined ? undefined : String(Number(rank)),
    artist,
    [form.name]: title,
    year: given,
  };
  return new Map(Object.entries(values).flatMap(([column, value]) => (value === undefined ? [] : [[column, value]])));
}

/** The text without the year that it ends with. A year that is all there is, or all that follows the artist, is the title. */
function takeYear(text: string, form: LineForm): readonly [string, string | undefined] {
  const found = form.hasYear ? year.exec(text) : null;
  const bare = text.slice(0, found?.index ?? text.length).trim();
  return !found || bare === "" || /(?:\s[-–—]|:)$/u.test(bare) ? [text, undefined] : [bare, found[1]];
}

/** Artist and title: at the first dash; without one, at the first colon; without either, all is the title. */
function divide(text: string): readonly [string | undefined, string] {
  const divider = dash.exec(text) ?? colon.exec(text);
  if (!divider || divider.index === 0) return [undefined, text];
  const title = text.slice(divider.index + divider[0].length).trim();
  return title === "" ? [undefined, text] : [text.slice(0, divider.index).trim(), title];
}
