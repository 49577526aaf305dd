import type { ContributionData } from "./contribution.ts";
import type { Engine } from "./engine.ts";
import type { Item, ItemId } from "./item.ts";
import { type Merged, merge, type StoredContribution } from "./merge.ts";
import type { Importer } from "./pack.ts";
import { relatedTargets, settleRelated } from "./related-items.ts";
import { identifierText } from "./scheme.ts";
import type { Claim, RunRecord, StoredItem, StoreTransaction } from "./store.ts";

/** What a provider, or a person, says in a save. */
export interface Statement {
  readonly provider: string;
  readonly data: ContributionData;
  /** ISO 8601, UTC. */
  readonly fetchedAt: string;
}

/** What one save is to do. */
export interface SaveRequest {
  readonly importer: Importer;
  /** The item; absent for one that the catalogue may not have yet. */
  readonly target?: ItemId | undefined;
  readonly say: readonly Statement[];
  /** Providers whose contribution, and place in the ledger, is taken away. Default: none. */
  readonly unsay?: readonly string[];
  /** Default: none. */
  readonly runs?: readonly RunRecord[];
  /** Background providers to enqueue. Default: none. */
  readonly enqueue?: readonly string[];
  /** Whether the enqueued ones are to ask their sources anew. Default: false. */
  readonly fresh?: boolean;
}

/** A save whose identities are claimed: nothing but writing is left. */
export interface Draft {
  readonly id: ItemId;
  readonly before: Item | undefined;
  readonly said: readonly StoredContribution[];
  readonly merged: Merged;
  /** The claims of the item itself. */
  readonly own: readonly Claim[];
  /** Its identities that another item has. */
  readonly foreign: readonly { readonly scheme: string; readonly value: string; readonly itemId: ItemId }[];
  readonly related: ReturnType<typeof settleRelated>;
}

/** Merges what is said with what is known, and claims the identities of the item and of those that it is related to. */
export async function draftSave(
  engine: Engine,
  transaction: StoreTransaction,
  { importer, target, say, unsay = [] }: SaveRequest,
  id: ItemId,
  known: { readonly stored: StoredItem; readonly contributions: readonly StoredContribution[] } | undefined,
): Promise<Draft> {
  // What was said of an item that has just been merged into another stays with it: it must not replace what the same
  // provider says of the other.
  const subject = target ?? id;
  const said = say.map((one): StoredContribution => ({ ...one, itemId: subject, partial: false }));
  const replaced = new Set(say.map((one) => one.provider));
  const kept = (known?.contributions ?? []).filter(
    (one) => !unsay.includes(one.provider) && !(one.itemId === subject && replaced.has(one.provider)),
  );
  const merged = merge(importer, id, [...kept, ...said], known?.stored.item.title ?? "");

  const own = merged.identifiers.flatMap((one, index): Claim[] =>
    engine.registry.scheme(one.scheme)?.uniqueness === "identity" ? [{ ...one, itemId: id, position: index + 1 }] : [],
  );
  const { targets, claims } = relatedTargets(engine, merged.relations);
  // What the item holds already, and is locked with, needs no claim.
  const held = new Set((known?.stored.item.identifiers ?? []).map(identifierText));
  const unheld = own.filter((claim) => !held.has(identifierText(claim)));
  const owners = await transaction.claim([...unheld, ...claims], known ? "taken" : "free");
  engine.step("identities-claimed");
  const mine = new Set(own.map(identifierText));
  return {
    id,
    before: known?.stored.item,
    said,
    merged,
    own,
    foreign: owners.filter((owner) => mine.has(identifierText(owner)) && owner.itemId !== id),
    related: settleRelated(engine, importer, { id, kind: importer.kind.name, title: merged.title }, targets, owners),
  };
}
