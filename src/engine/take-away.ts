import { meets } from "./condition.ts";
import type { ListingCourse } from "./listing-course.ts";
import { saveAllWithin, tellSaved } from "./save.ts";
import { identifierText } from "./scheme.ts";

/**
 * Takes its relation from whatever the source lists no more, and forgets how far the listing came. Where something could not
 * be read, or is missing from the pages, nothing is taken away: it may be just that. Nor where another run has ended the same
 * listing in the meantime, since what this one has seen is then known no more.
 */
export async function takeAway({ purpose, relation, parent, tally, record, memory }: ListingCourse): Promise<void> {
  const { engine, importer, provider, conditions, options } = purpose;
  const isWhole = tally.counts.refused === 0 && tally.done >= (tally.total ?? 0) && !memory.isLost;
  const which = { kind: importer.kind.name, parent: parent.id, relation, provider: provider.name };
  const seen = { id: memory.id, unnoted: [...memory.unnoted] };
  const absent = isWhole ? await engine.store.unseen(which, seen) : [];
  if (absent.length === 0 && memory.id === undefined) return;
  const named = new Set(parent.identifiers.map(identifierText));
  const saved = await engine.store.transaction(async (transaction) => {
    await transaction.lock(absent);
    const contributions = await transaction.contributions(absent);
    const requests = (await transaction.load(absent)).flatMap(({ item }) => {
      const said = contributions.get(item.id)?.find((one) => one.provider === provider.name && one.itemId === item.id);
      if (!said || !meets(item, conditions)) return [];
      const relations = said.data.relations.filter(
        (one) => one.type !== relation || !one.to.identifiers.some((to) => named.has(identifierText(to))),
      );
      return [{ importer, target: item.id, say: [{ ...said, data: { ...said.data, relations } }] }];
    });
    const result = requests.length === 0 ? [] : await saveAllWithin(engine, transaction, requests);
    if (memory.id !== undefined) await transaction.endListing(record.scope, memory.id);
    return { commit: options.dryRun !== true, result };
  });
  if (options.dryRun !== true) tellSaved(engine, saved);
  tally.counts = { ...tally.counts, gone: saved.length };
}
