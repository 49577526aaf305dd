import type { Item } from "./item.ts";
import { sameJson } from "./json.ts";
import { normaliseName } from "./normalise.ts";
import type { Registry } from "./registry.ts";
import { identifierText } from "./scheme.ts";
import type { CategoryRow, IdentifierRow, ImageRow, LinkRow, RelationRow, RowChanges } from "./store.ts";

/** An item's associations as the database keeps them. */
export interface AssociationRows {
  readonly identifiers: readonly IdentifierRow[];
  readonly categories: readonly CategoryRow[];
  readonly relations: readonly RelationRow[];
  readonly links: readonly LinkRow[];
  readonly images: readonly ImageRow[];
}

/** The rows of an item's associations; none where there is no item yet. */
export function associationRows(registry: Registry, item: Item | undefined): AssociationRows {
  if (!item) return { identifiers: [], categories: [], relations: [], links: [], images: [] };
  return {
    identifiers: item.identifiers.map((one, index) => ({
      ...one,
      identity: registry.scheme(one.scheme)?.uniqueness === "identity",
      position: index + 1,
    })),
    categories: item.categories.map((one, index) => ({
      ...one,
      weight: one.weight,
      key: normaliseName(one.name),
      position: index + 1,
    })),
    relations: item.relations.map(({ item: to, ...one }) => ({ ...one, toId: to.id })),
    links: item.links.map((one, index) => ({ ...one, position: index + 1 })),
    images: item.images.map((one, index) => ({ ...one, position: index + 1 })),
  };
}

/** What turns the rows of before into those of after, table by table. */
export function associationChanges(
  before: AssociationRows,
  after: AssociationRows,
): { readonly [Table in keyof AssociationRows]: RowChanges<AssociationRows[Table][number]> } {
  return {
    identifiers: rowChanges(before.identifiers, after.identifiers, identifierText),
    categories: rowChanges(before.categories, after.categories, (one) => `${one.type}:${one.key}`),
    relations: rowChanges(before.relations, after.relations, (one) => `${one.type} ${one.position} ${one.toId}`),
    links: rowChanges(before.links, after.links, (one) => `${one.type} ${one.url}`),
    images: rowChanges(before.images, after.images, (one) => one.type),
  };
}

function rowChanges<Row>(before: readonly Row[], after: readonly Row[], key: (row: Row) => string): RowChanges<Row> {
  const [was, is] = [new Map(before.map((row) => [key(row), row])), new Set(after.map(key))];
  return {
    put: after.filter((row) => !sameJson(was.get(key(row)), row)),
    gone: before.filter((row) => !is.has(key(row))),
  };
}
