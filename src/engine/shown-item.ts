import { difference } from "./difference.ts";
import type { Draft } from "./draft.ts";
import type { Engine } from "./engine.ts";
import type { Item } from "./item.ts";
import { sameJson } from "./json.ts";
import type { Stub } from "./related-items.ts";
import { identifierText } from "./scheme.ts";

/**
 * The item as people see it. An identity once held stays, whoever stops saying it: it is what keeps the item from being
 * made a second time.
 */
export function shownItem(engine: Engine, draft: Draft, savedAt: string): Item {
  const { id, importer, stored, merged, foreign, relations } = draft;
  const before = stored?.item;
  const elsewhere = new Set(foreign.map(identifierText));
  const said = new Set(merged.identifiers.map(identifierText));
  const held = (before?.identifiers ?? []).filter(
    (one) => engine.registry.scheme(one.scheme)?.uniqueness === "identity" && !said.has(identifierText(one)),
  );
  const item = {
    id,
    kind: importer.kind.name,
    title: merged.title,
    attributes: merged.attributes,
    identifiers: [...merged.identifiers.filter((one) => !elsewhere.has(identifierText(one))), ...held],
    categories: merged.categories.map(({ type, name, weight, provider }) => ({ type, name, weight, provider })),
    relations,
    links: merged.links,
    images: merged.images,
  };
  // The order of categories and links, and who says them, is in no difference; it is shown, and stored with the item.
  const changed =
    before === undefined ||
    difference(before, { ...before, ...item }).length > 0 ||
    !sameJson([before.categories, before.links], [item.categories, item.links]);
  return {
    ...item,
    version: (before?.version ?? 0) + (changed ? 1 : 0),
    createdAt: before?.createdAt ?? savedAt,
    updatedAt: changed ? savedAt : before.updatedAt,
  };
}

/** A stub as people see it: what was said of it in passing. */
export function shownStub({ id, kind, merged, relations }: Stub, savedAt: string): Item {
  return {
    id,
    kind: kind.name,
    title: merged.title,
    attributes: merged.attributes,
    identifiers: merged.identifiers,
    categories: [],
    relations,
    links: [],
    images: [],
    version: 1,
    createdAt: savedAt,
    updatedAt: savedAt,
  };
}
