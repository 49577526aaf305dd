import type { AccessionError } from "./errors.ts";
import type { Item, ItemId } from "./item.ts";
import type { Listing } from "./listing.ts";
import type { Purpose, Tally } from "./page.ts";
import type { Sessions } from "./sessions.ts";
import type { ListingRecord } from "./store.ts";

/** Everything that one listing works with. */
export interface ListingCourse {
  readonly purpose: Purpose;
  readonly listing: Listing;
  readonly relation: string;
  readonly parent: Item;
  readonly sessions: Sessions;
  readonly tally: Tally;
  readonly record: ListingRecord;
  /** Items listed so far, an earlier run's included. */
  readonly seen: Set<ItemId>;
}

/** How a listing ended. */
export type ListingOutcome =
  | { readonly status: "complete" | "stopped" | "not-found" }
  | { readonly status: "failed"; readonly error: AccessionError };
