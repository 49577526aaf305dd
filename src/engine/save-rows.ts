import type { ItemId, ItemImage } from "./item.ts";
import type { JsonObject } from "./json.ts";
import type { MergedCategory, MergedLink, StoredContribution } from "./merge.ts";
import type { RunRecord } from "./run.ts";
import type { Identifier } from "./scheme.ts";

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
