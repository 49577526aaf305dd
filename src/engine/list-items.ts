import { type Condition, meets } from "./condition.ts";
import { AccessionError } from "./errors.ts";
import type { Item, ItemId } from "./item.ts";
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
/** Items that are counted in one statement. */
const counted = 10_000;

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
  for await (const page of pages(store, listed, Math.min(looked, listed.limit ?? looked))) {
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
  let count = 0;
  const all = { ...listed, orderBy: "created", limit: undefined, after: undefined } as const;
  for await (const page of pages(store, all, counted)) count += page.length;
  return count;
}

/** Pages of items that meet all conditions. The database has left out most others; `meets` has the last word. */
async function* pages(
  store: Store,
  { kind, conditions, orderBy, after: from }: Listed,
  size: number,
): AsyncGenerator<readonly ListedItem[], void, undefined> {
  let after = from;
  for (;;) {
    const page = await store.list({ kind, conditions, orderBy, after, size });
    const fitting = page.filter((one) => meets(one, conditions));
    if (fitting.length > 0) yield fitting;
    if (page.length < size) return;
    after = page.at(-1)?.id;
  }
}
