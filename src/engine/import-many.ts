import { readConditions } from "./condition.ts";
import { earlierRun } from "./earlier-run.ts";
import type { Engine } from "./engine.ts";
import { AccessionError } from "./errors.ts";
import { canonicalJson } from "./json.ts";
import type { ItemId } from "./item.ts";
import type { Listing, Page } from "./listing.ts";
import type { ListingCourse, ListingOutcome } from "./listing-course.ts";
import { pagesOf } from "./listing-pages.ts";
import { findParent } from "./listing-parent.ts";
import type { ManyOptions, ManyResult } from "./many.ts";
import type { Importer } from "./pack.ts";
import { counted, createTally, progressOf, readPage, refuse, savePage } from "./page.ts";
import type { Provider } from "./provider.ts";
import { identifierText } from "./scheme.ts";
import { failureOf } from "./secrets.ts";
import { createSessions } from "./sessions.ts";
import { takeAway } from "./take-away.ts";

/** Milliseconds for which a run that broke off can be gone on with: later, its source's pages have moved too far. */
const longestBreak = 24 * 60 * 60 * 1000;

/**
 * Imports all items that have a relation to one other item, as a source lists them: page by page, each in one transaction,
 * at the cost of the pages. A run that broke off is gone on with, one that was complete is repeated: what is missing is
 * added, and what the source lists no more loses its relation.
 *
 * @param of the relation's type, and the other item: its id, or a query that finds or imports it.
 * @throws AccessionError `kind-unknown`, `query-invalid`, `item-unknown`, `identity-missing` where the source's own id of the
 * other item is not known. What goes wrong from the first page on is a result.
 */
export async function importMany(
  engine: Engine,
  kindName: string,
  of: Readonly<Record<string, unknown>>,
  options: ManyOptions = {},
): Promise<ManyResult> {
  const importer = engine.registry.importer(kindName);
  const [[relation, named] = ["", undefined], ...others] = Object.entries(of);
  const { provider, listing } = listingOf(importer, others.length > 0 ? "" : relation);
  const conditions = readConditions(importer.kind, options.where ?? []);
  const found = await findParent(engine, importer.kind.relations[relation]?.name ?? "", named, options);
  if (!("item" in found)) return { ...counted(createTally(), found.requests), ...found.outcome };
  const parent = found.item;
  const scope = [kindName, provider.name, relation, parent.id, canonicalJson(conditions)].join(" ");
  const before = await earlierRun(engine, scope, longestBreak, options);
  const tally = createTally(before?.done, before?.refused);
  const course: ListingCourse = {
    purpose: { engine, importer, provider, partial: listing.partial ?? false, conditions, options },
    listing,
    relation,
    parent,
    sessions: createSessions(engine, {
      signal: options.signal ?? new AbortController().signal,
      fresh: true,
      keepImages: false,
    }),
    tally,
    record: before ?? {
      id: undefined,
      scope,
      startedAt: new Date().toISOString(),
      position: undefined,
      done: 0,
      refused: 0,
    },
    memory: { id: before?.id, isLost: false, unnoted: new Set() },
  };
  const outcome = await listAll(course);
  return { ...counted(tally, found.requests + course.sessions.spent().requests), parent, ...outcome };
}

/** The provider of a kind that lists the items with a relation to another. @throws AccessionError `query-invalid`. */
function listingOf(importer: Importer, relation: string): { readonly provider: Provider; readonly listing: Listing } {
  const lists = importer.providers.flatMap((provider) =>
    Object.entries(provider.lists ?? {}).flatMap(([type, listing]) => (listing ? [{ type, provider, listing }] : [])),
  );
  const found = lists.find((one) => one.type === relation);
  if (found) return found;
  const known = [...new Set(lists.map((one) => one.type))].join(", ") || "nothing";
  throw new AccessionError(
    "query-invalid",
    `The items of ${importer.kind.name} are listed by one of: ${known}; not by "${relation}".`,
  );
}

async function listAll(course: ListingCourse): Promise<ListingOutcome> {
  const { purpose, sessions, tally } = course;
  const { options, provider } = purpose;
  const tell = (): void => options.onProgress?.(progressOf(tally, sessions.spent().requests));
  try {
    tell();
    for await (const page of pagesOf(course)) {
      tally.total = page.total;
      await saveListed(course, page);
      tell();
      if (page.next !== undefined && options.signal?.aborted) return { status: "stopped" };
    }
    await takeAway(course);
    return { status: "complete" };
  } catch (thrown) {
    if (options.signal?.aborted) return { status: "stopped" };
    const error = failureOf(purpose.engine, thrown, `The listing of ${provider.name}`, {
      message: "a listing has a bug",
      details: { provider: provider.name },
    });
    return { status: "failed", error };
  }
}

/** Saves a page and how far the listing has come with it, in one transaction. */
async function saveListed({ purpose, tally, record, memory }: ListingCourse, page: Page): Promise<void> {
  const { engine, provider, options } = purpose;
  const entries = page.contributions.map((contribution, index) => ({
    id: idOf(provider, contribution) ?? `item ${index + 1} of the page`,
    say: () => contribution,
  }));
  for (const refusal of page.refused ?? []) refuse(purpose, tally, refusal);
  const read = readPage(purpose, entries);
  const isNoted = page.next !== undefined && options.dryRun !== true && !memory.isLost;
  let id: string | undefined;
  let items: readonly ItemId[] = [];
  await savePage(purpose, tally, read, {
    async within(transaction, saved) {
      // What a condition leaves out is listed all the same.
      const leftOut = await transaction.owners(read.filtered.flat());
      items = [...saved.map(({ item }) => item.id), ...leftOut];
      if (!isNoted) return;
      const done = tally.done + entries.length;
      const refused = tally.counts.refused + read.refusals.length;
      id = await transaction.noteListing({ ...record, id: memory.id, position: page.next, done, refused }, items);
    },
  });
  // What a transaction has noted is only certain once it is committed: it may have been run twice.
  if (isNoted) {
    memory.id ??= id;
    memory.isLost = id === undefined;
  } else if (!memory.isLost) {
    for (const item of items) memory.unnoted.add(item);
  }
  engine.step("page-saved");
}

function idOf({ identifiedBy }: Provider, contribution: Page["contributions"][number]): string | undefined {
  const identifier =
    contribution.identifiers?.find((one) => one.scheme === identifiedBy) ?? contribution.identifiers?.[0];
  return identifier && identifierText(identifier);
}
