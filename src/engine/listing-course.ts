import type { AccessionError } from "./errors.ts";
import type { Item, ItemId } from "./item.ts";
import type { Listing } from "./listing.ts";
import type { Purpose, Tally } from "./page.ts";
import type { Sessions } from "./sessions.ts";
import type { ListingRecord } from "./listing-record.ts";

/** Everything that one listing works with. */
export interface ListingCourse {
  readonly purpose: Purpose;
  readonly listing: Listing;
  readonly relation: string;
  readonly parent: Item;
  readonly sessions: Sessions;
  readonly tally: Tally;
  /** Where it began. */
  readonly record: ListingRecord;
  readonly memory: ListingMemory;
}

/** What a listing remembers of the items that it has seen: of all pages but the last, they stand in the database. */
interface ListingMemory {
  /** The record under which they are noted; undefined until a page was. */
  id: string | undefined;
  /** Whether that record is gone, since another run has ended the listing or begun it anew: then nothing more is noted. */
  isLost: boolean;
  /** Items of pages that were not noted: of the last one; in a dry run of all, as it leaves nothing behind. */
  readonly unnoted: Set<ItemId>;
}

/** How a listing ended. */
export type ListingOutcome =
  | { readonly status: "complete" | "stopped" | "not-found" }
  | { readonly status: "failed"; readonly error: AccessionError };
