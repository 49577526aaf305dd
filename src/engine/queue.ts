import type { ItemId } from "./item.ts";

/** A background provider's run that is to be made. */
export interface BackgroundRun {
  readonly itemId: ItemId;
  readonly kind: string;
  readonly provider: string;
  /** Whether the source is to be asked anew although a snapshot is at hand. */
  readonly fresh: boolean;
}

/** What became of a run that was to be enqueued. */
export type Enqueued =
  /** It has a job of its own. */
  | { readonly status: "made"; readonly jobId: string }
  /** A job for the same item and provider waits or runs already, and nothing was made. */
  | { readonly status: "pending" }
  /** It stands in the ledger, and whoever reads that executes it: there is no job. */
  | { readonly status: "noted" };

/**
 * The seam to whatever executes background providers. `enqueue` is called inside the transaction that saves the item, so
 * a run exists from the very commit that made its item, and not at all where that commit is undone.
 */
export interface RunQueue {
  /** Makes ready what enqueuing needs. Called before each transaction that enqueues, and outside of any. */
  ready(): Promise<void>;
  /**
   * @param transaction the database's own transaction.
   * @returns what became of each run, in the order of `runs`.
   */
  enqueue(transaction: unknown, runs: readonly BackgroundRun[]): Promise<readonly Enqueued[]>;
}
