import { AccessionError } from "../engine/errors.ts";
import type { JsonObject, JsonValue } from "../engine/json.ts";
import { isReportColumn, type ListTable, markMembers, pendingMarks, type RowMarks } from "./list-table.ts";

/** Reads the entries that are texts alone, all together; gives each one's values by column. */
export type LineReader = (lines: readonly string[]) => readonly ReadonlyMap<string, string>[];

/** An entry as a report has it: its own members, or why it has none. */
interface Entry {
  readonly members: JsonObject;
  readonly fault?: string | undefined;
}

/** What stands in the place of an entry. */
type Source = { readonly value: JsonValue } | { readonly broken: string };

/**
 * Reads JSON: an array of objects or of texts, an object with such an array as its `items`, or one entry a line (NDJSON). A
 * line that is no JSON, or an entry that is neither object nor text, has a fault; the others are read all the same.
 *
 * @throws AccessionError `query-invalid` for JSON that cannot be parsed.
 */
export function readJsonList(text: string, readLines: LineReader): ListTable {
  const whole = parsed(text);
  if (whole === undefined) return readJsonLines(text, readLines);
  const items = isObject(whole) ? whole["items"] : undefined;
  const entries: readonly JsonValue[] = Array.isArray(items) ? items : Array.isArray(whole) ? whole : [whole];
  const envelope = Array.isArray(items) && isObject(whole) ? { ...whole, items: [] } : undefined;
  if (envelope && !isWritable(envelope)) throw new AccessionError("query-invalid", "The list is nested too deep.");
  const sources = entries.map((value) => ({ value }));
  return tableOf("json", sources, readLines, (members) =>
    jsonText(envelope ? { ...envelope, items: members } : members),
  );
}

function readJsonLines(text: string, readLines: LineReader): ListTable {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  if (parsed(lines[0] ?? "") === undefined) {
    throw new AccessionError("query-invalid", `The list is no JSON${faultAt(text)}.`);
  }
  const sources = lines.map((line): Source => {
    const value = parsed(line);
    return value === undefined ? { broken: line } : { value };
  });
  return tableOf("ndjson", sources, readLines, (members) => members.map((one) => `${JSON.stringify(one)}\n`).join(""));
}

function tableOf(
  extension: string,
  sources: readonly Source[],
  readLines: LineReader,
  write: (members: readonly JsonObject[]) => string,
): ListTable {
  const texts = sources.flatMap((one) => ("value" in one && typeof one.value === "string" ? [one.value] : []));
  const read = readLines(texts).values();
  const entries = sources.map((source): Entry => {
    if ("broken" in source) return { members: { line: source.broken }, fault: "the line is no JSON" };
    if (typeof source.value === "string") return { members: Object.fromEntries(read.next().value ?? []) };
    return entryOf(source.value);
  });
  return {
    extension,
    headers: [...new Set(entries.flatMap(({ members }) => Object.keys(members)))],
    rows: entries.map(({ members, fault }) => ({
      values: valuesOf(members),
      ...(fault !== undefined && { fault }),
    })),
    write: (marks) => write(entries.map(({ members }, index) => marked(members, marks[index]))),
  };
}

function entryOf(value: JsonValue): Entry {
  // What cannot be written cannot be reported on: JSON nested some thousand levels deep.
  if (!isWritable(value)) return { members: {}, fault: "it is nested too deep" };
  if (isObject(value)) return { members: value };
  const excerpt = JSON.stringify(value).slice(0, 100).toWellFormed();
  return { members: { line: excerpt }, fault: "it is neither an object nor a text" };
}

function valuesOf(members: JsonObject): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [key, value] of Object.entries(members)) {
    const first: JsonValue | undefined = Array.isArray(value) ? (value as readonly JsonValue[])[0] : value;
    const text = textOf(first)?.trim() ?? "";
    if (text !== "") values.set(key, text);
  }
  return values;
}

/** A value as a query's field: a text or number, or the name of an object. */
function textOf(value: JsonValue | undefined): string | undefined {
  if (isObject(value)) return [value["name"], value["title"]].find((name) => typeof name === "string");
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

function marked(members: JsonObject, marks: RowMarks | undefined): JsonObject {
  if (!marks && "accession_status" in members) return members;
  const own = Object.fromEntries(Object.entries(members).filter(([key]) => !isReportColumn(key)));
  return { ...own, ...markMembers(marks ?? pendingMarks) };
}

function jsonText(value: JsonValue): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function parsed(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

/** Where a text is no JSON; without the parser's own message, which quotes what stands there at length. */
function faultAt(text: string): string {
  try {
    JSON.parse(text);
    return "";
  } catch (error) {
    const place = error instanceof Error ? /line \d+ column \d+/.exec(error.message)?.[0] : undefined;
    return place === undefined ? "" : `, at ${place}`;
  }
}

function isWritable(value: JsonValue): boolean {
  try {
    return JSON.stringify(value, undefined, 2) !== undefined;
  } catch {
    return false;
  }
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
