/**
 * Whether a statement is a `copy … from stdin`. On each database, what is copied is its only parameter: the rows in COPY's
 * text format (https://www.postgresql.org/docs/current/sql-copy.html), as {@link copyLine} writes them.
 */
export function isCopy(sql: string): boolean {
  return sql.startsWith("copy ");
}

/** A value of a column; null and undefined are SQL's null. Of json it takes the text. */
export type CopyValue = string | number | boolean | null | undefined;

/** A row, with the end of its line. */
export function copyLine(...values: readonly CopyValue[]): string {
  return `${values.map(copyText).join("\t")}\n`;
}

/** The value of a column of type `text[]`. */
export function textArray(values: readonly string[]): string {
  return `{${values.map((one) => `"${one.replaceAll(/["\\]/g, String.raw`\$&`)}"`).join()}}`;
}

const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

function copyText(value: CopyValue): string {
  if (value === null || value === undefined) return String.raw`\N`;
  if (typeof value !== "string") return String(value);
  return /[\\\t\n\r]/.test(value) ? value.replaceAll(/[\\\t\n\r]/g, (one) => escapes[one] ?? one) : value;
}
