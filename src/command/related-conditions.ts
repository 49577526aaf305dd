import { type Catalog, type Kind, relatedKindOf } from "../index.ts";
import { findItem } from "./item-reference.ts";

/**
 * Conditions as the catalogue takes them: where one wants a relation to an item that a person names, `artist=Pink Floyd`, with
 * the item's id.
 *
 * @throws AccessionError `query-invalid` for what is no condition; `item-unknown` where there is no such item.
 * @throws AmbiguousItem where several items fit.
 */
export async function withItemIds(catalog: Catalog, kind: Kind, where: readonly string[]): Promise<readonly string[]> {
  return Promise.all(
    where.map(async (text) => {
      const related = relatedKindOf(kind, text);
      const [, before = "", reference] = /^([^=]*=)\s*(\S.*)$/s.exec(text) ?? [];
      if (related === undefined || reference === undefined) return text;
      return `${before}${(await findItem(catalog, reference, related)).id}`;
    }),
  );
}
