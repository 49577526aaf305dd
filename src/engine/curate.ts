import type { Contribution, ContributionData } from "./contribution.ts";
import { takePersonsImages } from "./take-images.ts";
import type { Change } from "./difference.ts";
import type { Engine } from "./engine.ts";
import { AccessionError } from "./errors.ts";
import { type Item, type ItemId, person } from "./item.ts";
import type { Kind } from "./kind.ts";
import { readContribution } from "./reading.ts";
import { saveWithin } from "./save.ts";
import type { StoredItem, StoreTransaction } from "./store.ts";

/** What a person says of an item; an attribute of null says that there is none, whatever the providers say. */
export type Edit<K extends Kind = Kind> = Omit<Contribution<K>, "relations" | "madeBy">;

/** What a person's word changed. */
export interface Curated<K extends Kind = Kind> {
  readonly item: Item<K>;
  readonly difference: readonly Change[];
}

/**
 * Adds to what a person says of an item: it wins over every provider, and outlasts every forced import, until unlocked.
 * Attributes add to earlier edits; a list that is given replaces the person's earlier list of that sort.
 *
 * @throws AccessionError `item-unknown`, or `contribution-invalid` for what is malformed or the kind does not allow; for an
 * image that cannot be taken, `configuration-invalid` where none are kept, `fetch-refused`, `image-refused`, or as the fetch
 * failed.
 */
export async function editItem(engine: Engine, id: ItemId, edit: Edit): Promise<Curated> {
  // Before the transaction: what is slow, and may be far away, must not hold the item's lock.
  const images = edit.images && (await takePersonsImages(engine, edit.images));
  return changePersonsWord(engine, id, (before, item) => {
    const { kind } = engine.registry.importer(item.kind);
    const said = readContribution(edit, {
      by: "a person",
      kind,
      registry: engine.registry,
      log: engine.log,
      nulls: true,
      strict: true,
    });
    if (said.attributes[kind.title] === null) {
      throw new AccessionError("contribution-invalid", `A ${kind.name} cannot be without its ${kind.title}.`);
    }
    return {
      attributes: { ...before.attributes, ...said.attributes },
      identifiers: edit.identifiers ? said.identifiers : before.identifiers,
      categories: edit.categories ? said.categories : before.categories,
      links: edit.links ? said.links : before.links,
      images: images ?? before.images,
      relations: [],
    };
  });
}

/**
 * Takes back what a person said of these attributes, so that the providers' values show again.
 *
 * @param fields attribute names; absent: everything that a person said of the item.
 * @throws AccessionError `item-unknown`.
 */
export async function unlockItem(engine: Engine, id: ItemId, fields?: readonly string[]): Promise<Curated> {
  return changePersonsWord(engine, id, (before) => {
    if (!fields) return empty;
    const kept = Object.entries(before.attributes).filter(([field]) => !fields.includes(field));
    return { ...before, attributes: Object.fromEntries(kept) };
  });
}

/**
 * Takes away all that a provider said of an item, and its place in the ledger: the next import asks it anew. Its
 * identities stay, since they keep the item from being made a second time; the title stays if nobody else gives one.
 *
 * @throws AccessionError `item-unknown`, or `provider-unknown` for one that never spoke of the item.
 */
export async function forgetProvider(engine: Engine, id: ItemId, provider: string): Promise<Curated> {
  return within(engine, id, async (transaction, stored) => {
    const spoke = new Set(
      [...((await transaction.contributions([id])).get(id) ?? []), ...stored.runs].map((one) => one.provider),
    );
    if (!spoke.has(provider)) {
      const known = [...spoke].join(", ") || "nobody";
      throw new AccessionError("provider-unknown", `"${provider}" never spoke of ${stored.item.title}; ${known} did.`);
    }
    const importer = engine.registry.importer(stored.item.kind);
    return saveWithin(engine, transaction, { importer, target: id, say: [], unsay: [provider] });
  });
}

const empty: ContributionData = {
  attributes: {},
  identifiers: [],
  categories: [],
  relations: [],
  links: [],
  images: [],
};

async function changePersonsWord(
  engine: Engine,
  id: ItemId,
  change: (before: ContributionData, item: Item) => ContributionData,
): Promise<Curated> {
  return within(engine, id, async (transaction, { item }) => {
    const contributions = (await transaction.contributions([id])).get(id);
    const before = contributions?.find((one) => one.provider === person && one.itemId === id)?.data ?? empty;
    const data = change(before, item);
    const saysNothing = Object.values(data).every((part) => Object.keys(part ?? {}).length === 0);
    return saveWithin(engine, transaction, {
      importer: engine.registry.importer(item.kind),
      target: id,
      say: saysNothing ? [] : [{ provider: person, data, fetchedAt: new Date().toISOString() }],
      unsay: saysNothing ? [person] : [],
    });
  });
}

/** Runs in a transaction that holds the item's lock: what was read there is what is changed. */
async function within<Result>(
  engine: Engine,
  target: ItemId,
  work: (transaction: StoreTransaction, stored: StoredItem) => Promise<Result>,
): Promise<Result> {
  return engine.store.transaction(async (transaction) => {
    const id = (await transaction.lock([target])).get(target);
    const [stored] = id === undefined ? [] : await transaction.load([id]);
    if (!stored || stored.item.id !== target) {
      const where = stored ? `was merged into ${stored.item.id}` : "is not in the catalogue";
      throw new AccessionError("item-unknown", `The item ${target} ${where}.`);
    }
    return { commit: true, result: await work(transaction, stored) };
  });
}
