import { AccessionError } from "../../engine/errors.ts";

/** A `copy … from stdin` and its rows, as {@link copyBytes} writes them. */
export interface Copy {
  readonly statement: string;
  readonly rows: Uint8Array<ArrayBuffer>;
}

const between = ";\n";

/** Several `copy … from stdin` as one text. On each database its parameters are what they copy, in their order. */
export function copyStatements(statements: readonly string[]): string {
  return statements.join(between);
}

/** The statements of a text that {@link copyStatements} made; any other text is one. */
export function statementsOf(sql: string): readonly string[] {
  return isCopy(sql) ? sql.split(between) : [sql];
}

/**
 * The COPYs that a text and its parameters are; undefined for any other statement.
 *
 * @throws AccessionError `defect` for COPYs that go elsewhere, or lack their rows: the server would wait for them.
 */
export function copiesOf(sql: string, parameters: readonly unknown[]): readonly Copy[] | undefined {
  if (!isCopy(sql)) return undefined;
  const statements = statementsOf(sql);
  if (statements.length === parameters.length && statements.every((one) => one.endsWith("from stdin"))) {
    return statements.map((statement, index) => ({ statement, rows: bytesOf(parameters[index]) }));
  }
  throw new AccessionError("defect", "A COPY is from stdin, and has its rows as a parameter.");
}

function isCopy(sql: string): boolean {
  return sql.startsWith("copy ");
}

function bytesOf(parameter: unknown): Uint8Array<ArrayBuffer> {
  if (parameter instanceof Uint8Array && parameter.buffer instanceof ArrayBuffer) {
    return parameter as Uint8Array<ArrayBuffer>;
  }
  throw new AccessionError("defect", "A COPY takes the bytes of its rows as a parameter.");
}

/** Bytes that a COPY of few rows takes; more are made room for as they come. */
const firstRoom = 64 * 1024;
/** No unit of UTF-16 takes more bytes in UTF-8. */
const widest = 3;

/**
 * Rows in COPY's text format (https://www.postgresql.org/docs/current/sql-copy.html), as {@link copyLine} gives them, in one
 * piece, each written as it is made: thousands of lines that live until the last is there are what the garbage collector of a
 * load would be busy with, and one text of them all would take several times as long to become bytes.
 */
export function copyBytes(lines: Iterable<string>): Buffer {
  let bytes = Buffer.allocUnsafeSlow(firstRoom);
  let written = 0;
  for (const line of lines) {
    const most = written + line.length * widest;
    if (most > bytes.length) {
      const larger = Buffer.allocUnsafeSlow(2 * most);
      bytes.copy(larger, 0, 0, written);
      bytes = larger;
    }
    written += bytes.write(line, written);
  }
  return bytes.subarray(0, written);
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
