import { type Change, difference } from "./difference.ts";
import { type Completion, runsCompleting } from "./complete.ts";
import { type Draft, draftAll, type SaveRequest } from "./draft.ts";
import type { Engine } from "./engine.ts";
import { AccessionError } from "./errors.ts";
import type { Item } from "./item.ts";
import { tellProjections } from "./projection.ts";
import type { BackgroundRun } from "./queue.ts";
import { rowsOf } from "./rows.ts";
import { nothingSpent } from "./sessions.ts";
import { shownItem, shownStub } from "./shown-item.ts";
import type { RunRow } from "./save-rows.ts";
import type { StoreTransaction } from "./store.ts";

/** What a save came to. */
export interface Saved {
  readonly item: Item;
  readonly created: boolean;
  readonly changed: boolean;
  readonly difference: readonly Change[];
  /** The providers enqueued, each with its job's id; undefined for one that has none. */
  readonly jobs: ReadonlyMap<string, string | undefined>;
}

/**
 * Saves in a transaction of its own.
 *
 * @param commit false: the same work, undone at its end.
 * @param complete what is completed in the background of what the item names. Default: nothing.
 */
export async function save(
  engine: Engine,
  request: SaveRequest,
  commit: boolean,
  complete?: Completion,
): Promise<Saved> {
  const [saved] = await saveAll(engine, [request], { commit, complete });
  return only(saved);
}

/** What a transaction that saves any number of items does beside. */
export interface SaveAllOptions {
  /** False: the same work, undone at its end. */
  readonly commit: boolean;
  /** What is completed in the background of what the items name, and of themselves. Default: nothing. */
  readonly complete?: Completion | undefined;
  /** What else the transaction is to do, once all is written. Default: nothing. */
  readonly within?: ((transaction: StoreTransaction, saved: readonly Saved[]) => Promise<void>) | undefined;
  /** As the store's `transaction` takes it. Default: false. */
  readonly isOneOfMany?: boolean | undefined;
}

/** Saves any number of items in one transaction, at the statements of one. */
export async function saveAll(
  engine: Engine,
  requests: readonly SaveRequest[],
  { commit, complete, within, isOneOfMany }: SaveAllOptions,
): Promise<readonly Saved[]> {
  const kinds = new Set(requests.map((one) => one.importer.kind.name));
  const providers = new Set(requests.flatMap((one) => one.say.map(({ provider }) => provider)));
  const saved = await engine.trace(
    "accession.save",
    { "accession.kind": [...kinds].join(), "accession.providers": [...providers].join() },
    () =>
      engine.store.transaction(
        async (transaction) => {
          engine.step("transaction-begun");
          const result = await saveAllWithin(engine, transaction, requests, complete);
          await within?.(transaction, result);
          return { commit, result };
        },
        { isOneOfMany },
      ),
    ([first, ...others]) =>
      first && others.length === 0
        ? { "accession.item": first.item.id, "accession.created": first.created }
        : { "accession.items": others.length + (first ? 1 : 0) },
  );
  engine.step("committed");
  if (commit) tellSaved(engine, saved);
  return saved;
}

/** Tells of what a transaction has saved, once it is committed. */
export function tellSaved(engine: Engine, saved: readonly Saved[]): void {
  if (!engine.events.hears("item-saved")) return;
  for (const { item, created, changed, difference: changes } of new Set(saved)) {
    if (changed) engine.events.emit("item-saved", { item, created, difference: changes });
  }
}

/**
 * Turns contributions into rows: merges them with what is known, claims the identities, writes what has changed and
 * nothing else, notes the runs, enqueues the background ones and calls the projections.
 *
 * @throws AccessionError `identity-missing` for a new item that no identity names, `item-unknown` for a target that is
 * not there, `projection-failed` where a projection threw.
 */
export async function saveWithin(engine: Engine, transaction: StoreTransaction, request: SaveRequest): Promise<Saved> {
  const [saved] = await saveAllWithin(engine, transaction, [request]);
  return only(saved);
}

function only(saved: Saved | undefined): Saved {
  if (!saved) throw new AccessionError("defect", "A save came to nothing.");
  return saved;
}

/** {@link saveWithin} for any number of items, at the statements of one. */
export async function saveAllWithin(
  engine: Engine,
  transaction: StoreTransaction,
  requests: readonly SaveRequest[],
  complete?: Completion,
): Promise<readonly Saved[]> {
  const { byRequest, stubs, named } = await draftAll(engine, transaction, requests);
  const savedAt = new Date().toISOString();
  const drafts = [...new Set(byRequest)].map((draft) => ({ draft, ...shown(engine, draft, savedAt) }));
  const made = stubs.map((stub) => ({ stub, item: shownStub(stub, savedAt) }));
  for (const { draft } of drafts) await takeBack(transaction, draft);
  const inserted = new Set(await transaction.write(rowsOf(engine, drafts, made, savedAt)));
  const wanted = onceEach([
    ...drafts.flatMap(({ draft }) => runsWanted(draft)),
    ...(complete ? await runsCompleting(engine, transaction, named(complete.kinds), complete) : []),
  ]);
  const jobs = await enqueueRuns(engine, transaction, wanted, savedAt);
  engine.step("written");

  if (engine.projections.length > 0) {
    for (const { item } of made.filter((one) => inserted.has(one.item.id))) {
      const change = { type: "saved", item, difference: difference(undefined, item) } as const;
      await tellProjections(engine.projections, transaction, change);
    }
    for (const { draft, item } of drafts.filter((one) => one.changed)) {
      const before = draft.stored?.item;
      const change = { type: "saved", item, before, difference: difference(before, item) } as const;
      await tellProjections(engine.projections, transaction, change);
    }
  }
  engine.step("projected");
  const saved = new Map(
    drafts.map(({ draft, item, changed }) => [draft, savedOf(draft, item, changed, jobs.get(item.id) ?? new Map())]),
  );
  return byRequest.map((draft) => only(saved.get(draft)));
}

/** What is shown of the item from now on, and whether that is something else than before. */
function shown(engine: Engine, draft: Draft, savedAt: string): { readonly item: Item; readonly changed: boolean } {
  if (draft.foreign.length > 0) {
    // Two items of the catalogue are one to the source. Which one to keep is a person's to say, by merging them.
    engine.log.warn({ item: draft.id, identities: draft.foreign }, "identities of another item were left with it");
  }
  const item = shownItem(engine, draft, savedAt);
  return { item, changed: item.version !== draft.stored?.item.version };
}

/** What changed is only listed for whoever wants to know: of thousands of new items, nobody does. */
function savedOf(draft: Draft, item: Item, changed: boolean, jobs: Saved["jobs"]): Saved {
  let changes: readonly Change[] | undefined;
  return {
    item,
    created: draft.stored === undefined,
    changed,
    get difference() {
      return (changes ??= changed ? difference(draft.stored?.item, item) : []);
    },
    jobs,
  };
}

async function takeBack(transaction: StoreTransaction, { id, requests }: Draft): Promise<void> {
  const unsaid = requests.flatMap((one) => one.unsay ?? []);
  if (unsaid.length === 0) return;
  await transaction.removeContributions(id, unsaid);
  await transaction.removeRuns(id, unsaid);
}

/** The runs that are to be enqueued for an item. */
function runsWanted({ id: itemId, importer, requests, stored }: Draft): readonly BackgroundRun[] {
  const providers = new Set(requests.flatMap((one) => one.enqueue?.(stored) ?? []));
  const fresh = requests.some((one) => one.fresh === true);
  return [...providers].map((provider) => ({ itemId, kind: importer.kind.name, provider, fresh }));
}

function onceEach(runs: readonly BackgroundRun[]): readonly BackgroundRun[] {
  return [...new Map(runs.map((run) => [`${run.itemId} ${run.provider}`, run])).values()];
}

/** Enqueues once the items are written, since a job may refer to them, and notes each run with its job. */
async function enqueueRuns(
  engine: Engine,
  transaction: StoreTransaction,
  wanted: readonly BackgroundRun[],
  startedAt: string,
): Promise<ReadonlyMap<Item["id"], Saved["jobs"]>> {
  if (wanted.length === 0) return new Map();
  const enqueued = await engine.queue.enqueue(transaction.handle, wanted);
  const jobs = new Map<Item["id"], Map<string, string | undefined>>();
  const queued: RunRow[] = [];
  for (const [index, { itemId, provider }] of wanted.entries()) {
    const one = enqueued[index];
    const jobId = one?.status === "made" ? one.jobId : undefined;
    jobs.set(itemId, (jobs.get(itemId) ?? new Map<string, string | undefined>()).set(provider, jobId));
    // Where a job waits or runs already, the ledger has its row.
    if (one?.status === "pending") continue;
    queued.push({ itemId, provider, state: "queued", attempt: 0, ...nothingSpent, startedAt, jobId });
  }
  await transaction.noteRuns(queued);
  return jobs;
}
