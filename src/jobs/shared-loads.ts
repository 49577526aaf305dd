import type { ItemId } from "../engine/item.ts";
import type { Store } from "../engine/store.ts";
import { together } from "./together.ts";

/** The store as jobs use it: those that were taken together load their items with one statement. */
export function sharingLoads(store: Store): Store {
  const load = together(async (ids: readonly ItemId[]) => {
    const found = new Map((await store.load(ids)).map((one) => [one.item.id, one]));
    return ids.map((id) => found.get(id));
  });
  return {
    ...store,
    async load(ids) {
      const found = await Promise.all(ids.map(load));
      // An item that was merged into another answers to that one's id.
      return found.every((one) => one !== undefined) ? found : store.load(ids);
    },
  };
}
