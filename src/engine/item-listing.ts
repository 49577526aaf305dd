import type { Described } from "./condition.ts";
import type { ItemId } from "./item.ts";
import type { ListConditions } from "./list-condition.ts";

/** In what order items are listed: by when they were made, by title, in alphabetical order, or by an attribute. */
export type ListingOrder =
  | { readonly by: "created" }
  | { readonly by: "title"; readonly descending: boolean }
  | { readonly by: "attribute"; readonly attribute: string; readonly descending: boolean };

/** Where an item stands in an order: going on from there, none is passed over or repeated, whatever becomes of that item. */
export interface ListingPlace {
  readonly id: ItemId;
  /** What it is sorted by, as the store writes it. */
  readonly keys: readonly string[];
}

/** Which items of a kind are listed. Those that relations are to lead to are none that were merged into others. */
export interface ItemListing extends ListConditions {
  readonly kind: string;
  readonly order: ListingOrder;
  /** Where the page before ended. */
  readonly after: ListingPlace | undefined;
  readonly size: number;
}

/** An item of a listing, with those attributes and categories that the conditions are about. */
export interface ListedItem extends Described, ListingPlace {}
