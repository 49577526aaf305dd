import { attributeNamed, meets } from "./condition.ts";
import { AccessionError } from "./errors.ts";
import type { Item, ItemId } from "./item.ts";
import type { ItemListing, ListedItem, ListingOrder } from "./item-listing.ts";
import type { Kind } from "./kind.ts";
import type { ListConditions, RelatedCondition } from "./list-condition.ts";
import type { Store } from "./store.ts";

/** Which items are listed, and in what order. */
export interface Listed extends ListConditions {
  readonly kind: Kind;
  readonly order: ListingOrder;
  /** Undefined: all of them. */
  readonly limit: number | undefined;
  /** The item after which to go on. */
  readonly after: ItemId | undefined;
}

/** Items that are looked at in one statement, and of those, items that are loaded in one. */
const looked = 1_000;
const loaded = 100;
/** Items that are looked at in one statement where all of them are in any case: counted, or put in the order of an attribute. */
const most = 10_000;

/**
 * In what order items are listed: by when they were made, by title, in alphabetical order, or by an attribute, numbers before
 * texts; of a list its first value counts, and items without one come last. The attribute that is the title is the title.
 */
export type ItemOrder = "created" | "title" | AttributeOrder;

/** The order of an attribute's values. */
export interface AttributeOrder {
  readonly attribute: string;
  /** Whether the greatest comes first. Default: false. */
  readonly descending?: boolean | undefined;
}

/** Reads an order that the kind's items can have. @throws AccessionError `query-invalid` for any other. */
export function readOrder(kind: Kind, order: ItemOrder): ListingOrder {
  if (order === "created") return { by: "created" };
  if (order === "title") return { by: "title", descending: false };
  const { attribute: named, descending = false } = order;
  const attribute = attributeNamed(kind, named);
  if (attribute === kind.title) return { by: "title", descending };
  if (attribute !== undefined) return { by: "attribute", attribute, descending };
  const fields = Object.keys(kind.fields).join(", ");
  const asked = `"${named}"`.slice(0, 100);
  throw new AccessionError("query-invalid", `A ${kind.name} cannot be sorted by ${asked}; it has ${fields}.`);
}

/**
 * The items that meet all conditions, as they are when their turn comes. Holds no more than a page of them in memory.
 *
 * @throws AccessionError `item-unknown` where there is no item to go on after, or none that items are to be related to;
 * `query-invalid` where it is of a kind that the relation never leads to.
 */
export async function* listItems(store: Store, listed: Listed): AsyncGenerator<Item, void, undefined> {
  let left = listed.limit ?? Number.POSITIVE_INFINITY;
  const after = listed.after === undefined ? undefined : await store.place(listed.after, listed.order);
  if (listed.after !== undefined && after === undefined) {
    throw new AccessionError("item-unknown", `There is no item ${listed.after} to list others after.`);
  }
  if (left <= 0) return;
  // For each page, an order by attribute goes through all items, and a relation to one item through all that have it.
  const isCostly = listed.order.by === "attribute" || listed.related.length > 0;
  const size = Math.min(isCostly ? most : looked, left);
  for await (const page of pages(store, { ...(await listingOf(store, listed)), after, size })) {
    for (let start = 0; start < page.length && left > 0; start += loaded) {
      const ids = page.slice(start, start + Math.min(loaded, left)).map(({ id }) => id);
      const items = new Map((await store.load(ids)).map(({ item }) => [item.id, item]));
      // One that was merged into another between the two statements is listed as that other, or was.
      const found = ids.flatMap((id) => items.get(id) ?? []);
      yield* found;
      left -= found.length;
    }
    if (left <= 0) return;
  }
}

/** How many items meet all conditions. @throws AccessionError as {@link listItems}. */
export async function countItems(
  store: Store,
  listed: Pick<Listed, "kind" | "conditions" | "related">,
): Promise<number> {
  if (listed.conditions.length === 0 && listed.related.length === 0) return store.count(listed.kind.name);
  let count = 0;
  const order = { by: "created" } as const;
  const all = { ...(await listingOf(store, { ...listed, order })), after: undefined, size: most };
  for await (const page of pages(store, all)) count += page.length;
  return count;
}

/** What the store is asked for. */
async function listingOf(
  store: Store,
  { kind, conditions, related, order }: Pick<Listed, "kind" | "conditions" | "related" | "order">,
): Promise<Omit<ItemListing, "after" | "size">> {
  return { kind: kind.name, conditions, related: await atTheirPlace(store, kind, related), order };
}

/**
 * The conditions with the items that were merged into others as those others.
 *
 * @throws AccessionError `item-unknown` where there is no such item, `query-invalid` where the relation never leads to its kind.
 */
async function atTheirPlace(
  store: Store,
  kind: Kind,
  related: readonly RelatedCondition[],
): Promise<readonly RelatedCondition[]> {
  const resolved: RelatedCondition[] = [];
  for (const condition of related) {
    if (condition.item === undefined) {
      resolved.push(condition);
      continue;
    }
    const [found] = await store.load([condition.item]);
    if (!found) throw new AccessionError("item-unknown", `There is no item ${condition.item}.`);
    const { id, kind: actual, title } = found.item;
    const wanted = kind.relations[condition.type]?.name;
    if (actual !== wanted) {
      const message = `The ${condition.type} of a ${kind.name} is a ${wanted}, and "${title}" is a ${actual}.`;
      throw new AccessionError("query-invalid", message);
    }
    resolved.push({ ...condition, item: id });
  }
  return resolved;
}

/**
 * Pages of items that meet all conditions. The database has left out most others; `meets` has the last word. Where hardly any
 * item meets them, pages grow: whoever wants five must not make it go through a catalogue five at a time.
 */
async function* pages(
  store: Store,
  { after, size, ...listing }: ItemListing,
): AsyncGenerator<readonly ListedItem[], void, undefined> {
  for (;;) {
    const page = await store.list({ ...listing, after, size });
    const fitting = page.filter((one) => meets(one, listing.conditions));
    if (fitting.length > 0) yield fitting;
    if (page.length < size) return;
    after = page.at(-1);
    if (fitting.length < size / 10) size = Math.min(most, size * 10);
  }
}
