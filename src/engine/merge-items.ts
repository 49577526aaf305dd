import { difference } from "./difference.ts";
import type { Engine } from "./engine.ts";
import { AccessionError } from "./errors.ts";
import type { Item, ItemId } from "./item.ts";
import { tellProjections } from "./projection.ts";
import { saveWithin } from "./save.ts";
import type { StoreTransaction } from "./store.ts";

/**
 * Makes two items one: `keep` shows what was said of either (what was said of `keep` first), has the identifiers and the
 * relations of both, and the id of `drop` leads to it. Nothing that was said is lost, so {@link unmergeItem} can undo it.
 *
 * @returns the kept item.
 * @throws AccessionError `item-unknown`, or `merge-impossible` for one item twice or items of two kinds.
 */
export async function mergeItems(engine: Engine, keep: ItemId, drop: ItemId): Promise<Item> {
  return engine.store.transaction(async (transaction) => {
    // In one order for everybody, so that two merges cannot wait for each other.
    const ids = [keep, drop].toSorted();
    for (const id of ids) await lockItself(transaction, id);
    const loaded = await transaction.load(ids);
    const [kept, dropped] = [keep, drop].map((id) => loaded.find((one) => one.item.id === id));
    if (keep === drop || !kept || !dropped || kept.item.kind !== dropped.item.kind) {
      const why =
        keep === drop ? "one item was named twice" : `one is a ${kept?.item.kind}, the other a ${dropped?.item.kind}`;
      throw new AccessionError("merge-impossible", `These cannot be merged: ${why}.`);
    }
    await transaction.redirect(drop, keep);
    const item = await rederive(engine, transaction, keep, kept.item.kind);
    const into = { id: item.id, kind: item.kind, title: item.title };
    await tellProjections(engine.projections, transaction, { type: "merged", item: dropped.item, into });
    return { commit: true, result: item };
  });
}

/**
 * Undoes a merge: the item that was dropped is an item again, with the identifiers and relations that it had.
 *
 * @returns the item that is back.
 * @throws AccessionError `merge-impossible` for an item that is not merged into another.
 */
export async function unmergeItem(engine: Engine, dropped: ItemId): Promise<Item> {
  return engine.store.transaction(async (transaction) => {
    const keptId = await transaction.undoRedirect(dropped);
    const [kept] = keptId === undefined ? [] : await transaction.load([keptId]);
    if (!kept) throw new AccessionError("merge-impossible", `The item ${dropped} is not merged into another.`);
    await rederive(engine, transaction, kept.item.id, kept.item.kind);
    const item = await rederive(engine, transaction, dropped, kept.item.kind);
    // It may be what it was to the letter; to whoever was told of the merge, it is new all the same.
    const change = { type: "saved", item, difference: difference(undefined, item) } as const;
    await tellProjections(engine.projections, transaction, change);
    // Which of the two a relation meant, only what was said of the relation can tell.
    for (const related of await transaction.load(await transaction.relatedTo(kept.item.id))) {
      await rederive(engine, transaction, related.item.id, related.item.kind);
    }
    return { commit: true, result: item };
  });
}

async function lockItself(transaction: StoreTransaction, id: ItemId): Promise<void> {
  const locked = (await transaction.lock([id])).get(id);
  if (locked === id) return;
  if (locked === undefined) throw new AccessionError("item-unknown", `The catalogue has no item ${id}.`);
  throw new AccessionError("merge-impossible", `The item ${id} is merged into ${locked} already.`);
}

async function rederive(engine: Engine, transaction: StoreTransaction, target: ItemId, kind: string): Promise<Item> {
  const saved = await saveWithin(engine, transaction, { importer: engine.registry.importer(kind), target, say: [] });
  return saved.item;
}
