import type { Contribution } from "./contribution.ts";
import type { JsonValue } from "./json.ts";
import type { Kind } from "./kind.ts";
import type { ProviderContext, Sought } from "./provider.ts";

/** Something that a source listed and that could not be read; the others of its page are stored all the same. */
export interface Refusal {
  /** The source's own id, or the place in a file; empty where not even that could be read. */
  readonly id: string;
  readonly title?: string | undefined;
  /** Why, for people. */
  readonly reason: string;
}

/** A page of items that a source lists. It is saved in one transaction, and what comes after it may never arrive. */
export interface Page<K extends Kind = Kind> {
  /** What the source says of each item, its relations with all that their targets need. */
  readonly contributions: readonly Contribution<K>[];
  /** Default: none. */
  readonly refused?: readonly Refusal[] | undefined;
  /** Items in all pages together; absent where the source does not say. */
  readonly total?: number | undefined;
  /** Where a later run may go on after this page, in the listing's own terms; absent where it would have to begin anew. */
  readonly next?: JsonValue | undefined;
}

/** What a listing may use while it works. */
export interface ListingContext<Client = unknown> extends ProviderContext<Client> {
  /** The `next` of the last page that was saved; absent for a run that begins at the beginning. */
  readonly from?: JsonValue | undefined;
}

/**
 * How a source lists the items that are related to one other item: all releases of an album. It yields pages; the engine
 * saves each before it asks for the next, and takes away what is listed no more.
 */
export interface Listing<K extends Kind = Kind, Client = unknown> {
  /** The scheme of the source's own ids of the other item: it is only asked about one that has such an identifier. */
  readonly identifiedBy: string;
  /** Whether a page says less of an item than `provide` would: such an item stays incomplete. Default: false. */
  readonly partial?: boolean | undefined;
  /** The deadline of the provider counts for each page. */
  pages(parent: Sought, context: ListingContext<Client>): AsyncIterable<Page<K>>;
}
