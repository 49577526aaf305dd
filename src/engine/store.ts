import type { Item, ItemId, ItemSummary } from "./item.ts";
import type { ItemListing, ListedItem, ListingOrder, ListingPlace } from "./item-listing.ts";
import type { ListedItems, ListingRecord, SeenItems } from "./listing-record.ts";
import type { StoredContribution } from "./merge.ts";
import type { Run, RunRecord, RunState } from "./run.ts";
import type { RunRow, SaveRows } from "./save-rows.ts";
import type { Identifier } from "./scheme.ts";

/** An item with what finding and saving need beside it. */
export interface StoredItem {
  readonly item: Item;
  readonly runs: readonly Run[];
}

/** What a person said about a match, or the engine on a person's word. */
export interface Decision extends Identifier {
  /** The query or the item that was asked about. */
  readonly scope: string;
  readonly verdict: "accepted" | "rejected";
}

/** An identity that a save wants for an item. */
export interface Claim extends Identifier {
  readonly itemId: ItemId;
  readonly provider: string;
  readonly position: number;
}

/** That what was claimed under one id belongs to the item of another. */
export interface ClaimMove {
  readonly from: ItemId;
  readonly to: ItemId;
  /** Whether the catalogue has that item; then it stays until the end of the transaction. */
  readonly found: boolean;
}

/** To whom an identity belongs: the claimant, or the item that had it first. */
export interface Owner extends Identifier {
  readonly itemId: ItemId;
  /** Absent for an item that this transaction has yet to write. */
  readonly summary?: ItemSummary | undefined;
}

/** Which items are incomplete: those of which one of these providers has not settled. */
export interface Lacking {
  readonly providers: readonly { readonly kind: string; readonly provider: string }[];
  /** The states in which a provider has settled. */
  readonly settled: readonly RunState[];
  /** Only items that were made by then: ISO 8601, UTC. */
  readonly before: string;
}

/** An item of which there is nothing yet but what was said of it in passing. */
export interface StubItem {
  readonly id: ItemId;
  readonly kind: string;
  /** The schemes of its identifiers, each once. */
  readonly schemes: readonly string[];
  readonly runs: readonly Pick<Run, "provider" | "state">[];
}

/** What the engine needs of a database outside transactions. Every method is one statement, unless it says otherwise. */
export interface Store {
  /** Transactions at once that serve it best: 1 where it has but one connection. */
  readonly concurrency: number;
  /** Items that have any of these identifiers, redirects followed. Two statements where there are any. */
  findByIdentifiers(identifiers: readonly Identifier[]): Promise<readonly StoredItem[]>;
  /** Items of a kind with this name key, title or alias; at most `limit`. */
  findByName(kind: string, key: string, limit: number): Promise<readonly StoredItem[]>;
  /** The items with these ids, redirects followed; unknown ids are left out. */
  load(ids: readonly ItemId[]): Promise<readonly StoredItem[]>;
  /** Items with a title or alias like the text, best first. Two statements more where too few are as it was typed. */
  search(
    text: string,
    options: { readonly kind?: string | undefined; readonly limit: number },
  ): Promise<readonly ItemSummary[]>;
  /** A page of a kind's items: all that meet the conditions, and perhaps some that do not, which is for the caller to see. */
  list(listing: ItemListing): Promise<readonly ListedItem[]>;
  /** Where an item stands, also one that was merged into another; undefined where there is no such item. */
  place(id: ItemId, order: ListingOrder): Promise<ListingPlace | undefined>;
  /** How many items of a kind there are. */
  count(kind: string): Promise<number>;
  /** Items that lack a provider, those with the lowest ids beyond `after` first; at most `limit`. */
  incomplete(lacking: Lacking, after: ItemId | undefined, limit: number): Promise<readonly ItemId[]>;
  countIncomplete(lacking: Lacking): Promise<number>;
  /** Everything that providers said of an item, and of the items merged into it. */
  contributions(id: ItemId): Promise<readonly StoredContribution[]>;
  decisions(scopes: readonly string[]): Promise<readonly Decision[]>;
  recordDecisions(decisions: readonly Decision[]): Promise<void>;
  recordRuns(id: ItemId, runs: readonly RunRecord[]): Promise<void>;
  /**
   * How far a listing came that broke off; undefined where none did, or where that was longer than `age` milliseconds ago: it
   * is then forgotten.
   */
  listing(scope: string, age: number): Promise<ListingRecord | undefined>;
  /** Notes how far a listing has come, outside of any transaction. */
  recordListing(listing: ListingRecord): Promise<void>;
  /** Forgets how far a listing has come, so that it begins anew. */
  forgetListing(scope: string): Promise<void>;
  /**
   * The items that a listing has brought, by whichever run, and that this run has not seen. None where what it has noted is
   * gone: another run has ended the listing, or begun it anew.
   */
  unseen(which: ListedItems, seen: SeenItems): Promise<readonly ItemId[]>;
  /**
   * Runs `work` in a transaction and commits what it did, unless it throws or gives `commit: false`. A transaction that
   * the database undid for another's sake (a deadlock) is run again, so `work` must be repeatable.
   *
   * @param options.isOneOfMany many more follow at once, and {@link sortWordsIn} after the last: until then, searches may be
   * slow. Default: false.
   */
  transaction<Result>(
    work: (transaction: StoreTransaction) => Promise<{ readonly commit: boolean; readonly result: Result }>,
    options?: { readonly isOneOfMany?: boolean | undefined },
  ): Promise<Result>;
  /**
   * Sorts the names that transactions, each one of many, have saved into the index of words, so that searches are fast again.
   * The next save of a name would do so as well.
   */
  sortWordsIn(): Promise<void>;
}

/** What is expected of identities. It never changes what comes of a save, only what that costs. */
export type Expected = "absent" | "free" | "taken";

/** What the engine needs of a database inside a transaction. Every method is one statement, or none for no rows. */
export interface StoreTransaction {
  /** The database's own transaction, for projections and the job queue. */
  readonly handle: unknown;
  /**
   * Locks items against other saves until the end of the transaction, in one order for everybody. Gives the item that each
   * id leads to; unknown ids are left out. A second statement where there are redirects.
   */
  lock(ids: readonly ItemId[]): Promise<ReadonlyMap<ItemId, ItemId>>;
  /** The items with these ids, redirects followed; unknown ids are left out. */
  load(ids: readonly ItemId[]): Promise<readonly StoredItem[]>;
  /** What providers said of each of these items, and of the items merged into it. */
  contributions(ids: readonly ItemId[]): Promise<ReadonlyMap<ItemId, readonly StoredContribution[]>>;
  /**
   * Gives each identity to its claimant unless an item has it already: exact under any number of simultaneous claims.
   * The item of a claim may be written later in the same transaction.
   *
   * @param expected whether they are likely to be free; where that is wrong, it costs a second statement. `absent`, of what
   * nobody had a moment ago, takes no statement: all are said to be the claimant's, and where one is not, `write` is refused
   * and the transaction is run again.
   */
  claim(claims: readonly Claim[], expected: Expected): Promise<readonly Owner[]>;
  /** The items that have these identities; one that has several is among them as often. */
  owners(identities: readonly Identifier[]): Promise<readonly ItemId[]>;
  /**
   * Hands what was claimed for items that turned out to exist, or to be made under another id, to those items.
   *
   * @throws AccessionError `database-failed` (retryable) where an item that was `found` has been deleted since.
   */
  reassign(moves: readonly ClaimMove[]): Promise<void>;
  /** Gives up what was claimed for items that are not made after all. */
  unclaim(ids: readonly ItemId[]): Promise<void>;
  /**
   * Writes the rows of saves. Gives the ids of the inserted items that were new: one that another transaction has made of
   * the same claim in the meantime stays as it is.
   */
  write(rows: SaveRows): Promise<readonly ItemId[]>;
  /** Also what the providers said of items merged into this one. */
  removeContributions(id: ItemId, providers: readonly string[]): Promise<void>;
  noteRuns(runs: readonly RunRow[]): Promise<void>;
  removeRuns(id: ItemId, providers: readonly string[]): Promise<void>;
  /**
   * Notes how far a listing has come, and what a page has brought.
   *
   * @returns the id of its record; undefined where the record that `listing` names is gone, and nothing was noted: another run
   * has ended the listing, or begun it anew.
   */
  noteListing(listing: ListingRecord, items: readonly ItemId[]): Promise<string | undefined>;
  /** Forgets how far a listing has come, since all is there. @param id only where it is still this record. */
  endListing(scope: string, id?: string): Promise<void>;
  /** Of these items, those of which nobody has said anything outright, the lowest ids first. */
  stubs(ids: readonly ItemId[]): Promise<readonly StubItem[]>;
  /** Turns `drop` into a redirect to `keep`, which takes over its identifiers and the relations that lead to it. */
  redirect(drop: ItemId, keep: ItemId): Promise<void>;
  /** Undoes {@link StoreTransaction.redirect}; gives the item it led to, or undefined where there was no redirect. */
  undoRedirect(drop: ItemId): Promise<ItemId | undefined>;
  /** Items with a relation to this one. */
  relatedTo(id: ItemId): Promise<readonly ItemId[]>;
}
