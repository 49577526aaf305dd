import type { ItemId } from "./item.ts";

/** A background provider's run that is to be made. */
export interface BackgroundRun {
  readonly itemId: ItemId;
  readonly kind: string;
  readonly provider: string;
}

/**
 * The seam to whatever executes background providers. `enqueue` is called inside the transaction that saves the item, so
 * a run exists from the very commit that made its item, and not at all where that commit is undone.
 */
export interface RunQueue {
  /**
   * @param transaction the database's own transaction.
   * @returns the id of each run's job, in the order of `runs`; undefined for one that has none.
   */
  enqueue(transaction: unknown, runs: readonly BackgroundRun[]): Promise<readonly (string | undefined)[]>;
}

/** Records that a run is wanted and leaves it to whoever reads the ledger: no job is made. */
export const ledgerOnly: RunQueue = {
  enqueue: (_transaction, runs) => Promise.resolve(runs.map(() => undefined)),
};
