import { AccessionError } from "../engine/errors.ts";
import type { Kind } from "../engine/kind.ts";
import { normaliseName } from "../engine/normalise.ts";
import { isReportColumn } from "./list-table.ts";
import { type QueryForm, queryForms } from "./query-forms.ts";

/** What the columns of a list mean. */
export interface Columns {
  readonly forms: readonly QueryForm[];
  /** The header of each field of the query that has a column, and of the rank. */
  readonly headerOf: ReadonlyMap<string, string>;
}

/** The place of a line in a ranked list, as a column is mapped to it. */
export const rankField = "rank";

/** Headers by which lists commonly call a field, likeliest first, in lower case and without spaces and marks. */
const usualHeaders: Readonly<Record<string, readonly string[]>> = {
  [rankField]: ["rank", "position", "pos", "place", "#", "no", "nr", "number"],
  title: ["song", "track", "recording", "album", "release", "record", "single", "name", "work"],
  name: ["artist", "band", "performer", "act", "title"],
  artist: ["albumartist", "artistname", "artists", "band", "performer", "act", "by", "artistcredit"],
  year: ["released", "releaseyear", "releasedate", "firstreleased", "firstreleasedate", "date"],
  born: ["founded", "formed", "birth", "begin"],
  musicbrainzId: ["mbid", "musicbrainz", "releasegroupmbid", "recordingmbid"],
  barcode: ["ean", "upc", "gtin"],
};

/**
 * Finds out which column fills which field of the kind's query: as the map says; else by the field's own name, or a usual
 * header. A column fills one field.
 *
 * @param map headers by field; an empty one means that the field has no column. The field `rank` is the place in the list.
 * @throws AccessionError `query-invalid` for a map that names no field or no column, and where the columns are too few for
 * any of the kind's queries.
 */
export function readColumns(
  kind: Kind,
  headers: readonly string[],
  map: Readonly<Record<string, string>> = {},
): Columns {
  const forms = queryForms(kind);
  const own = headers.filter((header) => header !== "" && !isReportColumn(header));
  const fields = [...new Set([...forms.flat().map((field) => field.name), rankField])];
  const headerOf = new Map<string, string>();
  for (const [field, header] of Object.entries(map)) {
    if (!fields.includes(field)) {
      throw invalid(`A ${kind.name} is not asked for by "${field}"; a column may be ${fields.join(", ")}`);
    }
    const found = own.find((one) => one === header) ?? own.find((one) => headerKey(one) === headerKey(header));
    if (found !== undefined) headerOf.set(field, found);
    else if (header !== "") throw invalid(`The list has no column "${header.slice(0, 100)}"; it has ${named(own)}`);
  }
  const open = fields.filter((field) => !(field in map));
  const free = (): readonly string[] => own.filter((header) => ![...headerOf.values()].includes(header));
  // Names that are a field's own come first: a list with `album` and `title` means the title by `title`.
  for (const keysOf of [ownKeys, usualKeys]) {
    for (const field of open.filter((one) => !headerOf.has(one))) {
      const keys = keysOf(kind, field);
      const found = keys.flatMap((key) => free().find((header) => headerKey(header) === key) ?? [])[0];
      if (found !== undefined) headerOf.set(field, found);
    }
  }
  const isEnough = forms.some((form) => form.every(({ name, isRequired }) => !isRequired || headerOf.has(name)));
  if (isEnough) return { forms, headerOf };
  throw invalid(
    `No column says what a ${kind.name} is asked for by (${forms.map(requiredOf).join(", or ")}); the list has ${named(own)}`,
  );
}

/** Whether a list with these headers could be one of the kind, for telling a table from plain text. */
export function areColumnsOf(kind: Kind, headers: readonly string[]): boolean {
  try {
    return headers.length > 0 && readColumns(kind, headers).headerOf.size > 0;
  } catch (error) {
    if (error instanceof AccessionError && error.code === "query-invalid") return false;
    throw error;
  }
}

/** A header in lower case, without spaces and marks: `Album_Title` is `albumtitle`, `#` stays. */
function headerKey(header: string): string {
  return normaliseName(header).replaceAll(/[\s_]/g, "");
}

function wordOf(kind: Kind): string {
  return kind.name.slice(kind.name.indexOf(".") + 1);
}

function ownKeys(kind: Kind, field: string): readonly string[] {
  const key = headerKey(field);
  const word = wordOf(kind);
  return [key, `${word}${key}`, ...(field === kind.title ? [word] : [])];
}

function usualKeys(kind: Kind, field: string): readonly string[] {
  const keys = usualHeaders[field] ?? [];
  return [...keys, ...keys.map((key) => `${wordOf(kind)}${key}`)];
}

function requiredOf(form: QueryForm): string {
  const required = form.filter((field) => field.isRequired);
  return (required.length > 0 ? required : form).map((field) => field.name).join(" and ");
}

function named(headers: readonly string[]): string {
  const shown = headers.slice(0, 20).map((header) => header.slice(0, 50));
  if (shown.length === 0) return "no named columns";
  return `${shown.join(", ")}${headers.length > shown.length ? ", …" : ""}. Say which is which by a map, such as title=Column`;
}

function invalid(message: string): AccessionError {
  return new AccessionError("query-invalid", `${message}.`);
}
