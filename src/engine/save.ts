import { type Change, difference } from "./difference.ts";
import { type Draft, draftSave, type SaveRequest } from "./draft.ts";
import type { Engine } from "./engine.ts";
import { AccessionError } from "./errors.ts";
import type { Item, ItemId } from "./item.ts";
import { tellProjections } from "./projection.ts";
import { associationChanges, associationRows } from "./rows.ts";
import { identifierText } from "./scheme.ts";
import { nothingSpent } from "./sessions.ts";
import { shownItem, shownStub } from "./shown-item.ts";
import type { RunRecord, StoreTransaction } from "./store.ts";

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
  const saved = await engine.trace(
    "accession.save",
    {
      "accession.kind": request.importer.kind.name,
      "accession.providers": request.say.map((one) => one.provider).join(),
    },
    () =>
      engine.store.transaction(async (transaction) => {
        engine.step("transaction-begun");
        return { commit, result: await saveWithin(engine, transaction, request) };
      }),
    ({ item, created }) => ({ "accession.item": item.id, "accession.created": created }),
  );
  engine.step("committed");
  const { item, created, difference: changes } = saved;
  if (commit && changes.length > 0) engine.events.emit("item-saved", { item, created, difference: changes });
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
  const draft = await draftSave(engine, transaction, request, engine.newItemId(), undefined);
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
  return write(engine, transaction, request, await draftSave(engine, transaction, request, id, known));
}

async function write(
  engine: Engine,
  transaction: StoreTransaction,
  request: SaveRequest,
  draft: Draft,
): Promise<Saved> {
  const { id, before, merged, foreign, related } = draft;
  const { importer, unsay = [], runs = [] } = request;
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
  for (const { from, to } of related.reassignments) await transaction.reassign(from, to);
  await transaction.removeContributions(id, unsay);
  await transaction.removeRuns(id, unsay);
  const stubs = related.stubs.map((stub) => ({
    row: { ...stub.row, savedAt },
    contribution: { ...stub.contribution, fetchedAt: savedAt },
  }));
  const inserted = await transaction.write({
    id,
    insert: [...(before ? [] : [row]), ...stubs.map((stub) => stub.row)],
    update: before && changes.length > 0 ? row : undefined,
    contributions: [...draft.said, ...stubs.map((stub) => stub.contribution)],
    ...changedAssociations(engine, draft, item),
    runs,
  });
  const jobs = await enqueueRuns(engine, transaction, request, id, savedAt);
  engine.step("written");

  for (const stub of related.stubs.filter(({ row: { id: stubId } }) => inserted.includes(stubId))) {
    const made = shownStub(engine, stub, savedAt);
    const change = { type: "saved", item: made, difference: difference(undefined, made) } as const;
    await tellProjections(engine.projections, transaction, change);
  }
  if (changes.length > 0) {
    const change = { type: "saved", item, before, difference: changes } as const;
    await tellProjections(engine.projections, transaction, change);
  }
  engine.step("projected");
  return { item, created: before === undefined, difference: changes, jobs };
}

function changedAssociations(engine: Engine, { before, own, foreign }: Draft, item: Item) {
  const was = associationRows(engine.registry, before);
  // What was claimed just now stands in the table already.
  const standing = new Set([...was.identifiers, ...foreign].map(identifierText));
  const fresh = own
    .filter((claim) => !standing.has(identifierText(claim)))
    .map(({ scheme, value, provider, position }) => ({ scheme, value, provider, position, identity: true }));
  const identifiers = [...was.identifiers, ...fresh];
  return associationChanges({ ...was, identifiers }, associationRows(engine.registry, item));
}

/** Enqueues once the item is written, since a job may refer to it, and notes each run with its job. */
async function enqueueRuns(
  engine: Engine,
  transaction: StoreTransaction,
  { importer, enqueue = [], fresh = false }: SaveRequest,
  itemId: ItemId,
  startedAt: string,
): Promise<ReadonlyMap<string, string | undefined>> {
  if (enqueue.length === 0) return new Map();
  const wanted = enqueue.map((provider) => ({ itemId, kind: importer.kind.name, provider, fresh }));
  const made = await engine.queue.enqueue(transaction.handle, wanted);
  const jobs = new Map(
    enqueue.map((provider, index) => {
      const one = made[index];
      return [provider, one?.status === "made" ? one.jobId : undefined] as const;
    }),
  );
  // Where a job waits or runs already, the ledger has its row.
  const queued = enqueue.filter((_provider, index) => made[index]?.status !== "pending");
  await transaction.noteRuns(
    itemId,
    queued.map((provider): RunRecord => ({
      provider,
      state: "queued",
      attempt: 0,
      ...nothingSpent,
      startedAt,
      jobId: jobs.get(provider),
    })),
  );
  return jobs;
}
