import type { Change } from "./difference.ts";
import { AccessionError } from "./errors.ts";
import type { Item, ItemSummary } from "./item.ts";
import type { Kind } from "./kind.ts";
import type { StoreTransaction } from "./store.ts";

/** What a transaction changes about an item, as a projection is told. */
export type ItemChange<K extends Kind = Kind> =
  /** The item was made, or shows something else than before. A stub, made because another item names it, counts. */
  | {
      readonly type: "saved";
      readonly item: Item<K>;
      /** The item before; absent for a new one. */
      readonly before?: Item<K> | undefined;
      readonly difference: readonly Change[];
    }
  /** The item was merged into another, which shows what was said of both; should it come back, it is saved again. */
  | { readonly type: "merged"; readonly item: Item<K>; readonly into: ItemSummary };

/**
 * Keeps an application's own tables in step with the catalogue: called inside each transaction that changes an item, so
 * its tables are never ahead of the catalogue nor behind. What it throws undoes the transaction (`projection-failed`). It
 * must touch nothing outside the transaction, which may be undone or run again, and should write by upsert.
 */
export interface Projection<Transaction = unknown> {
  readonly name: string;
  /** The kind whose items it wants to hear of, by name. */
  readonly kind: string;
  project(transaction: Transaction, change: ItemChange): Promise<void>;
}

/**
 * Declares a projection of a kind's items.
 *
 * @example
 * const bands = defineProjection(artist, {
 *   name: "bands",
 *   async project(transaction: Transaction<{ bands: { id: string; name: string } }>, change) {
 *     if (change.type === "merged") await transaction.deleteFrom("bands").where("id", "=", change.item.id).execute();
 *   },
 * });
 */
export function defineProjection<K extends Kind, Transaction>(
  kind: K,
  definition: {
    readonly name: string;
    readonly project: (transaction: Transaction, change: ItemChange<K>) => Promise<void>;
  },
): Projection<Transaction> {
  return {
    name: definition.name,
    kind: kind.name,
    // It is told of items of its kind only, and their kind's schema has seen to their attributes on saving.
    project: (transaction, change) => definition.project(transaction, change as ItemChange<K>),
  };
}

/** Tells the projections of a change, each if it wants to hear of the kind. @throws AccessionError `projection-failed` for whatever they throw. */
export async function tellProjections(
  projections: readonly Projection[],
  transaction: StoreTransaction,
  change: ItemChange,
): Promise<void> {
  for (const projection of projections.filter((one) => one.kind === change.item.kind)) {
    try {
      await projection.project(transaction.handle, change);
    } catch (thrown) {
      const why = thrown instanceof Error ? thrown.message : String(thrown);
      const message = `The projection "${projection.name}" threw: ${why}`;
      throw new AccessionError("projection-failed", message, { cause: thrown });
    }
  }
}
