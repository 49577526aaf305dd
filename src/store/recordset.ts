import { type RawBuilder, sql } from "kysely";

/** Up to how many rows are sent as parameters. A statement holds 65,535 of those, and many rows are quicker as one JSON. */
const few = 8;

/**
 * Rows as a statement's table: `(values …) as r("scheme", "value")`. A few rows are spelled out, which PostgreSQL reads
 * at half the cost of JSON, and plans knowing how few they are; many go as one JSON parameter.
 *
 * @param alias the table's name in the statement.
 * @param columns the rows' columns with their SQL types; a row may lack any of them, and then has null there.
 */
export function recordset(
  alias: string,
  columns: Readonly<Record<string, string>>,
  rows: readonly object[],
): RawBuilder<unknown> {
  const names = Object.entries(columns);
  if (rows.length === 0 || rows.length > few) {
    const definitions = names.map(([name, type]) => `"${name}" ${type}`).join(", ");
    return sql`json_to_recordset(${JSON.stringify(rows)}::json) as ${sql.raw(`${alias}(${definitions})`)}`;
  }
  // One template for all values: a builder for each would cost more than is won.
  const texts: string[] = [];
  const values: unknown[] = [];
  for (const row of rows) {
    for (const [index, [name, type]] of names.entries()) {
      const opening = index > 0 ? ", " : values.length === 0 ? "(values (" : "), (";
      const previous = values.length === 0 ? "" : `::${names.at(index - 1)?.[1]}`;
      texts.push(`${previous}${opening}`);
      values.push(asParameter((row as Readonly<Record<string, unknown>>)[name], type));
    }
  }
  texts.push(`::${names.at(-1)?.[1]})) as ${alias}(${names.map(([name]) => `"${name}"`).join(", ")})`);
  return sql(Object.assign(texts, { raw: texts }), ...values);
}

/** The value as both drivers send it for a column of this type. */
function asParameter(value: unknown, type: string): unknown {
  if (value === undefined || value === null) return null;
  return type === "jsonb" ? JSON.stringify(value) : value;
}
