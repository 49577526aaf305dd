import type { Item } from "./item.ts";
import { canonicalJson, type JsonValue, sameJson } from "./json.ts";

/** One field that a save changed, or that a dry run would have. */
export type Change =
  | { readonly field: string; readonly before: JsonValue | undefined; readonly after: JsonValue | undefined }
  | {
      readonly field: "identifiers" | "categories" | "relations" | "links" | "images";
      readonly added: readonly string[];
      readonly removed: readonly string[];
    };

/** What differs between two states of an item, field by field; everything, where there was none before. */
export function difference(before: Item | undefined, after: Item): readonly Change[] {
  const fields = [...new Set([...Object.keys(before?.attributes ?? {}), ...Object.keys(after.attributes)])].toSorted();
  const attributes = fields.flatMap((field): Change[] => {
    const [was, is] = [before?.attributes[field], after.attributes[field]];
    return sameJson(was, is) ? [] : [{ field, before: was, after: is }];
  });
  const title: Change[] =
    before && before.title !== after.title ? [{ field: "title", before: before.title, after: after.title }] : [];
  const lists = (["identifiers", "categories", "relations", "links", "images"] as const).flatMap((field): Change[] => {
    const [was, is] = [entries(before, field), entries(after, field)];
    const added = [...is].filter((entry) => !was.has(entry));
    const removed = [...was].filter((entry) => !is.has(entry));
    return added.length + removed.length === 0 ? [] : [{ field, added, removed }];
  });
  return [...title, ...attributes, ...lists];
}

function entries(
  item: Item | undefined,
  field: "identifiers" | "categories" | "relations" | "links" | "images",
): Set<string> {
  if (!item) return new Set();
  switch (field) {
    case "identifiers":
      return new Set(item.identifiers.map((one) => `${one.scheme}:${one.value}`));
    case "categories":
      return new Set(
        item.categories.map((one) => `${one.type}: ${one.name}${one.weight === undefined ? "" : ` (${one.weight})`}`),
      );
    case "relations":
      return new Set(item.relations.map((one) => `${one.type} ${one.position}: ${one.item.title}`));
    case "links":
      // With what is said of the page: a price that has changed is a change.
      return new Set(
        item.links.map(({ type, url, attributes }) =>
          Object.keys(attributes).length === 0 ? `${type}: ${url}` : `${type}: ${url} ${canonicalJson(attributes)}`,
        ),
      );
    case "images":
      // With the beginning of the key, since another image may stand at the same address one day.
      return new Set(
        item.images.map((one) => `${one.type}: ${one.url} (${one.width}×${one.height}, ${one.key.slice(0, 12)})`),
      );
  }
}
