import { type Condition, meets } from "./condition.ts";
import { AccessionError } from "./errors.ts";
import type { Item, ItemId } from "./item.ts";
import type { Kind } from "./kind.ts";
import type { ItemOrder, ListedItem, Store } from "./store.ts";

/** Which items are listed, and in what order. */
export interface Listed {
  readonly kind: string;
  readonly conditions: readonly Condition[];
  readonly orderBy: ItemOrder;
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

/** An order that the kind's items can have. @throws AccessionError `query-invalid` for an attribute that it does not have. */
export function readOrder(kind: Kind, order: ItemOrder): ItemOrder {
  if (typeof order === "string" || Object.hasOwn(kind.fields, order.attribute)) return order;
  const fields = Object.keys(kind.fields).join(", ");
  const message = `A ${kind.name} cannot be sorted by "${order.attribute}"; it has ${fields}.`;
  throw new AccessionError("query-invalid", message);
}

/**
 * The items that meet all conditions, as they are when their turn comes. Holds no more than a page of them in memory.
 *
 * @throws AccessionError `item-unknown` where there is no item to go on after.
 */
export async function* listItems(store: Store, listed: Listed): AsyncGenerator<Item, void, undefined> {
  let left = listed.limit ?? Number.POSITIVE_INFINITY;
  if (listed.after !== undefined && (await store.load([listed.after])).length === 0) {
    throw new AccessionError("item-unknown", `There is no item ${listed.after} to list others after.`);
  }
  if (left <= 0) return;
  const size = typeof listed.orderBy === "string" ? looked : most;
  for await (const page of pages(store, listed, Math.min(size, listed.limit ?? size))) {
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

/** How many items meet all conditions. */
export async function countItems(store: Store, listed: Pick<Listed, "kind" | "conditions">): Promise<number> {
  if (listed.conditions.length === 0) return store.count(listed.kind);
  let count = 0;
  const all = { ...listed, orderBy: "created", limit: undefined, after: undefined } as const;
  for await (const page of pages(store, all, most)) count += page.length;
  return count;
}

/**
 * Pages of items that meet all conditions. The database has left out most others; `meets` has the last word. Where hardly any
 * meet them, pages grow: where few are wanted, it does not look at all by few.
 */
async function* pages(
  store: Store,
  { kind, conditions, orderBy, after: from }: Listed,
  first: number,
): AsyncGenerator<readonly ListedItem[], void, undefined> {
  let [after, size] = [from, first];
  for (;;) {
    const page = await store.list({ kind, conditions, orderBy, after, size });
    const fitting = page.filter((one) => meets(one, conditions));
    if (fitting.length > 0) yield fitting;
    if (page.length < size) return;
    after = page.at(-1)?.id;
    if (fitting.length < size / 10) size = Math.min(most, size * 10);
  }
}
