import type { Catalog, Item } from "../index.ts";
import { isListed, type RelatedItems } from "./output/relation-lines.ts";

/** What the lists of an item's relations tell of the items at the other end. */
export async function relatedItems(catalog: Catalog, item: Item): Promise<RelatedItems> {
  const ids = item.relations.filter(({ type }) => isListed(item.kind, type)).map((relation) => relation.item.id);
  const items = ids.length === 0 ? [] : await catalog.getAll(ids);
  return new Map(items.map((one) => [one.id, one]));
}
