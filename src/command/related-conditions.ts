import { type Catalog, type Kind, relatedKindOf } from "../index.ts";
import { findItemOfKind } from "./item-reference.ts";

/**
 * Conditions as the catalogue takes them: where one wants a relation to an item that a person names, `artist=Pink Floyd`, with
 * the item's id.
 *
 * @throws AccessionError `query-invalid` for what is no condition, and for an item of a kind that the relation never leads to;
 * `item-unknown` where there is no such item.
 * @throws AmbiguousItem where several items fit.
 */
export async function withItemIds(catalog: Catalog, kind: Kind, where: readonly string[]): Promise<readonly string[]> {
  return Promise.all(
    where.map(async (text) => {
      const related = relatedKindOf(kind, text);
      const [, before = "", reference] = /^(\s*\w+\s*!?=)\s*(\S.*)$/s.exec(text) ?? [];
      if (related === undefined || reference === undefined) return text;
      return before + (await findItemOfKind(catalog, reference, related, `"${text.slice(0, 100)}" wants a ${related}`));
    }),
  );
}
