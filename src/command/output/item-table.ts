import { stringify } from "csv-stringify/sync";
import type { Item, JsonValue, Kind } from "../../index.ts";

/** A column of a kind's table. */
export interface ItemColumn {
  readonly name: string;
  readonly value: (item: Item) => string;
}

/**
 * The columns of a kind's table: the id, the title, each attribute by its name, each identity scheme. Texts and numbers
 * stand as they are, lists and objects as JSON; several identifiers of a scheme are separated by spaces.
 */
export function itemColumns(kind: Kind): readonly ItemColumn[] {
  const attributes = Object.keys(kind.fields).map((field) => ({
    name: field,
    value: (item: Item) => cell((item.attributes as Readonly<Record<string, JsonValue | undefined>>)[field]),
  }));
  const identities = kind.identifiers
    .filter((scheme) => scheme.uniqueness === "identity")
    .map((scheme) => ({
      name: scheme.name,
      value: (item: Item) => item.identifiers.flatMap((one) => (one.scheme === scheme.name ? one.value : [])).join(" "),
    }));
  const own = [
    { name: "id", value: (item: Item) => item.id },
    { name: "title", value: (item: Item) => item.title },
  ];
  const columns = [...own, ...attributes, ...identities];
  return columns.filter(({ name }, index) => columns.findIndex((other) => other.name === name) === index);
}

/** The first line of a table as CSV. */
export function csvHead(columns: readonly ItemColumn[]): string {
  return stringify([columns.map(({ name }) => name)]);
}

/** An item's line of a table as CSV (RFC 4180, but for the end of lines), a line break within a cell included. */
export function csvLine(columns: readonly ItemColumn[], item: Item): string {
  return stringify([columns.map(({ value }) => value(item))]);
}

function cell(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
