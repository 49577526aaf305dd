import type { ItemId } from "./item.ts";
import type { JsonValue } from "./json.ts";

/** How far a listing of many items has come. */
export interface ListingRecord {
  /** Given by the store when it is first noted, and another each time that it is begun anew; undefined before. */
  readonly id: string | undefined;
  /** Kind, provider, and what is listed. */
  readonly scope: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** Where it goes on, in the listing's own terms; undefined where it would have to begin anew. */
  readonly position: JsonValue | undefined;
  /** Items dealt with. */
  readonly done: number;
  /** Of these, those that could not be read or saved. */
  readonly refused: number;
}

/** Items of a kind with a relation of a type to an item, as a provider says. */
export interface ListedItems {
  readonly kind: string;
  readonly parent: ItemId;
  readonly relation: string;
  readonly provider: string;
}

/** What a run of a listing has seen of what the source lists. */
export interface SeenItems {
  /** The record under which the items of its pages were noted; undefined where none were. */
  readonly id: string | undefined;
  /** Items that were not noted. */
  readonly unnoted: readonly ItemId[];
}
