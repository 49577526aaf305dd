import type { ContributionData } from "./contribution.ts";
import { type Change, difference } from "./difference.ts";
import type { Engine } from "./engine.ts";
import { AccessionError } from "./errors.ts";
import type { Item, ItemId } from "./item.ts";
import { type Merged, merge, type StoredContribution } from "./merge.ts";
import type { Importer } from "./pack.ts";
import type { ItemChange } from "./projection.ts";
import { relatedTargets, settleRelated } from "./related-items.ts";
import { associationChanges, associationRows } from "./rows.ts";
import { identifierText } from "./scheme.ts";
import type { Claim, Decision, RunRecord, StoredItem, StoreTransaction } from "./store.ts";

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
  /** Default: none. */
  readonly decisions?: readonly Decision[];
}

/** What a save came to. */
export interface Saved {
  readonly item: Item;
  readonly created: boolean;
  readonly difference: readonly Change[];
  /** The providers enqueued, each with its job's id; undefined for one that has none. */
  readonly jobs: ReadonlyMap<string, string | undefined>;
}

/**
 * Saves in a transaction of its own.
 *
 * @param commit false: the same work, undone at its end.
 */
export async function save(engine: Engine, request: SaveRequest, commit: boolean): Promise<Saved> {
  const saved = await engine.store.transaction(async (transaction) => {
    engine.step("transaction-begun");
    return { commit, result: await saveWithin(engine, transaction, request) };
  });
  engine.step("committed");
  return saved;
}

/**
 * Turns contributions into rows: merges them with what is known, claims the identities, writes what has changed and
 * nothing else, notes the runs, enqueues the background ones and calls the projections.
 *
 * @throws AccessionError `identity-missing` for a new item that no identity names, `item-unknown` for a target that is
 * not there, `projection-failed` where a projection threw.
 */
export async function saveWithin(engine: Engine, transaction: StoreTransaction, request: SaveRequest): Promise<Saved> {
  if (request.target !== undefined) return saveKnown(engine, transaction, request, request.target);
  const draft = await claimed(engine, transaction, request, engine.newItemId(), undefined);
  if (draft.own.length === 0) {
    const providers = request.say.map((one) => one.provider).join(", ");
    throw new AccessionError(
      "identity-missing",
      `${providers} gave no identity for a new ${request.importer.kind.name}.`,
    );
  }
  const [other] = draft.foreign;
  if (!other) return write(engine, transaction, request, draft);
  // Another import made this item in the meantime, or the catalogue knows it by another of its identities.
  await transaction.reassign(draft.id, other.itemId);
  return saveKnown(engine, transaction, request, other.itemId);
}

async function saveKnown(
  engine: Engine,
  transaction: StoreTransaction,
  request: SaveRequest,
  target: ItemId,
): Promise<Saved> {
  const id = await transaction.lock(target);
  const stored = id && (await transaction.load(id));
  if (!stored) throw new AccessionError("item-unknown", `The catalogue has no item ${target}.`);
  const known = { stored, contributions: await transaction.contributions(id) };
  return write(engine, transaction, request, await claimed(engine, transaction, request, id, known));
}

/** A save whose identities are claimed: nothing but writing is left. */
interface Draft {
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

async function claimed(
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

async function write(
  engine: Engine,
  transaction: StoreTransaction,
  request: SaveRequest,
  draft: Draft,
): Promise<Saved> {
  const { id, before, merged, own, foreign, related } = draft;
  const { importer, unsay = [], decisions = [] } = request;
  if (foreign.length > 0) {
    // Two items of the catalogue are one to the source. Which one to keep is a person's to say, by merging them.
    engine.log.warn({ item: id, identities: foreign }, "identities of another item were left with it");
  }
  const savedAt = new Date().toISOString();
  const item = shownItem(engine, importer, draft, savedAt);
  const changes = difference(before, item);
  const row = {
    id,
    kind: item.kind,
    title: item.title,
    attributes: item.attributes,
    nameKeys: merged.nameKeys,
    savedAt,
  };
  const stubs = related.stubs.map((stub) => ({
    row: { ...stub.row, savedAt },
    contribution: { ...stub.contribution, fetchedAt: savedAt },
  }));

  for (const { from, to } of related.reassignments) await transaction.reassign(from, to);
  const inserted = await transaction.insertItems([...(before ? [] : [row]), ...stubs.map((stub) => stub.row)]);
  if (before && changes.length > 0) await transaction.updateItem(row);
  engine.step("item-written");
  await transaction.removeContributions(id, unsay);
  // A stub that another import made at the same moment keeps what that one said: its row is the merge of it.
  const made = stubs.filter((stub) => inserted.includes(stub.row.id));
  await transaction.putContributions([...draft.said, ...made.map((stub) => stub.contribution)]);
  engine.step("contribution-written");

  const was = associationRows(engine.registry, before);
  // What was claimed just now stands in the table already.
  const fresh = own
    .filter((claim) => ![...was.identifiers, ...foreign].some((one) => identifierText(one) === identifierText(claim)))
    .map(({ scheme, value, provider, position }) => ({ scheme, value, provider, position, identity: true }));
  const rows = associationChanges(
    { ...was, identifiers: [...was.identifiers, ...fresh] },
    associationRows(engine.registry, item),
  );
  await transaction.changeIdentifiers(id, rows.identifiers);
  await transaction.changeCategories(id, rows.categories);
  await transaction.changeRelations(id, rows.relations);
  await transaction.changeLinks(id, rows.links);
  engine.step("associations-written");

  const jobs = await noteRuns(engine, transaction, request, id, savedAt);
  await transaction.putDecisions(decisions);
  engine.step("ledger-written");
  if (changes.length > 0) await project(engine, transaction, { item, before, difference: changes });
  engine.step("projected");
  return { item, created: before === undefined, difference: changes, jobs };
}

/**
 * The item as people see it. An identity once held stays, whoever stops saying it: it is what keeps the item from being
 * made a second time.
 */
function shownItem(engine: Engine, importer: Importer, draft: Draft, savedAt: string): Item {
  const { id, before, merged, foreign, related } = draft;
  const elsewhere = new Set(foreign.map(identifierText));
  const said = new Set(merged.identifiers.map(identifierText));
  const held = (before?.identifiers ?? []).filter(
    (one) => engine.registry.scheme(one.scheme)?.uniqueness === "identity" && !said.has(identifierText(one)),
  );
  const item = {
    id,
    kind: importer.kind.name,
    title: merged.title,
    attributes: merged.attributes,
    identifiers: [...merged.identifiers.filter((one) => !elsewhere.has(identifierText(one))), ...held],
    categories: merged.categories.map(({ type, name, weight, provider }) => ({ type, name, weight, provider })),
    relations: related.relations,
    links: merged.links,
  };
  const changed = before === undefined || difference(before, { ...before, ...item }).length > 0;
  return {
    ...item,
    version: (before?.version ?? 0) + (changed ? 1 : 0),
    createdAt: before?.createdAt ?? savedAt,
    updatedAt: changed ? savedAt : before.updatedAt,
  };
}

async function noteRuns(
  engine: Engine,
  transaction: StoreTransaction,
  { importer, runs = [], unsay = [], enqueue = [] }: SaveRequest,
  itemId: ItemId,
  startedAt: string,
): Promise<ReadonlyMap<string, string | undefined>> {
  const wanted = enqueue.map((provider) => ({ itemId, kind: importer.kind.name, provider }));
  const jobIds = wanted.length === 0 ? [] : await engine.queue.enqueue(transaction.handle, wanted);
  const queued = enqueue.map((provider, index): RunRecord => ({
    provider,
    state: "queued",
    requests: 0,
    startedAt,
    jobId: jobIds[index],
  }));
  await transaction.removeRuns(itemId, unsay);
  await transaction.putRuns(itemId, [...runs, ...queued]);
  return new Map(queued.map((run) => [run.provider, run.jobId]));
}

async function project(engine: Engine, transaction: StoreTransaction, change: ItemChange): Promise<void> {
  for (const projection of engine.projections.filter((one) => one.kinds.includes(change.item.kind))) {
    try {
      await projection.project(transaction.handle, change);
    } catch (thrown) {
      const why = thrown instanceof Error ? thrown.message : String(thrown);
      throw new AccessionError("projection-failed", `The projection "${projection.name}" threw: ${why}`, {
        cause: thrown,
      });
    }
  }
}
