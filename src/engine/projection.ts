import type { Change } from "./difference.ts";
import type { Item } from "./item.ts";

/** What a save changed, as a projection is told. */
export interface ItemChange {
  readonly item: Item;
  /** The item before; absent for a new one. */
  readonly before?: Item | undefined;
  readonly difference: readonly Change[];
}

/**
 * Keeps an application's own tables in step with the catalogue: called inside each saving transaction that changed an
 * item, so its tables are never ahead of the catalogue nor behind. What it throws undoes the save
 * (`projection-failed`). It must touch nothing outside the transaction: a save may be undone or run again.
 */
export interface Projection<Transaction = unknown> {
  readonly name: string;
  /** The kinds it wants to hear of, by name. */
  readonly kinds: readonly string[];
  project(transaction: Transaction, change: ItemChange): Promise<void>;
}
