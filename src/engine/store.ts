import type { Item, ItemId, ItemImage, ItemSummary } from "./item.ts";
import type { ItemListing, ListedItem, ListingOrder, ListingPlace } from "./item-listing.ts";
import type { JsonObject } from "./json.ts";
import type { ListedItems, ListingRecord, SeenItems } from "./listing-record.ts";
import type { MergedCategory, MergedLink, StoredContribution } from "./merge.ts";
import type { Identifier } from "./scheme.ts";

/** Where a provider stands for an item. */
export const runStates = [
  "queued",
  "running",
  "contributed",
  "not-found",
  "ambiguous",
  "skipped",
  "failed",
  /** A background run that was given up after its last attempt, until somebody retries it. */
  "dead",
] as const;

/** One of {@link runStates}. */
export type RunState = (typeof runStates)[number];

/** A row of the ledger. */
export interface Run {
  readonly provider: string;
  readonly state: RunState;
  /** Tries since the provider last settled, from 1. */
  readonly attempt: number;
  /** Why it failed, was skipped or is ambiguous; absent otherwise. */
  readonly error?: { readonly code: string; readonly message: string } | undefined;
  readonly requests: number;
  /** What it cost beside, in millionths of a US dollar. */
  readonly microdollars: number;
  /** Tokens of a language model that it used. */
  readonly tokens: number;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** ISO 8601, UTC; absent while it waits or runs. */
  readonly finishedAt?: string | undefined;
  /** When a queued run that waits comes back, ISO 8601, UTC; absent otherwise. */
  readonly nextAt?: string | undefined;
  readonly jobId?: string | undefined;
}

/** A run as it is written. Without an attempt, the store counts: one after a failure is the next. */
export type RunRecord = Omit<Run, "attempt"> & { readonly attempt?: number | undefined };

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

/** An item's own row. */
export interface ItemRow {
  readonly id: ItemId;
  readonly kind: string;
  readonly title: string;
  readonly attributes: JsonObject;
  readonly categories: readonly MergedCategory[];
  readonly links: readonly MergedLink[];
  readonly nameKeys: readonly string[];
  /** ISO 8601, UTC: when it was made, or changed. */
  readonly savedAt: string;
}

/** A row that belongs to an item. */
interface OfItem {
  readonly itemId: ItemId;
}

/** An identifier's row. */
export interface IdentifierRow extends Identifier, OfItem {
  readonly identity: boolean;
  readonly provider: string;
  readonly position: number;
}

/** A relation's row, its target found. */
export interface RelationRow extends OfItem {
  readonly type: string;
  readonly position: number;
  readonly toId: ItemId;
  readonly attributes: JsonObject;
  readonly provider: string;
}

/** An image's row. */
export type ImageRow = ItemImage & OfItem & { readonly position: number };

/** A contribution's row. One of a stub is written with its new item or not at all. */
type ContributionRow = StoredContribution & { readonly stub?: boolean | undefined };

/** The row of a run. */
export type RunRow = RunRecord & OfItem;

/** Rows of one table to write and to take away; rows that stay as they are appear in neither. */
export interface RowChanges<Row> {
  /** Rows that the table lacks: nobody else writes those of an item that is new, or locked. */
  readonly added: readonly Row[];
  /** Rows that are something else than before. */
  readonly changed: readonly Row[];
  readonly gone: readonly Row[];
}

/** All that the saves of a transaction write, table by table. */
export interface SaveRows {
  /** New items, and the stubs that they relate to. */
  readonly insert: readonly ItemRow[];
  /** What items have become; those that stay as they are do not appear. */
  readonly update: readonly ItemRow[];
  /** Latest wins, except that a partial one never replaces a whole one. */
  readonly contributions: readonly ContributionRow[];
  readonly identifiers: RowChanges<IdentifierRow>;
  readonly relations: RowChanges<RelationRow>;
  readonly images: RowChanges<ImageRow>;
  readonly runs: readonly RunRow[];
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
