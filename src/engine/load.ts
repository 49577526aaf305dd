import { readConditions } from "./condition.ts";
import type { Engine } from "./engine.ts";
import { AccessionError } from "./errors.ts";
import { canonicalJson } from "./json.ts";
import { findPlace, type Place } from "./load-place.ts";
import type { ManyOptions, ManyResult } from "./many.ts";
import type { Importer } from "./pack.ts";
import {
  counted,
  createPageReader,
  createTally,
  type PageReader,
  progressOf,
  type Purpose,
  savePage,
  type Tally,
} from "./page.ts";
import type { Provider } from "./provider.ts";
import { failureOf } from "./secrets.ts";
import { untilAborted } from "./until-aborted.ts";

/** A document of a dump that could not be read or saved. */
export interface RejectedDocument {
  /** From 1. */
  readonly line: number;
  readonly text: string;
  readonly reason: string;
}

/** How a dump is loaded. */
export interface LoadOptions extends Omit<ManyOptions, "complete"> {
  /** Names the documents, so that a load that broke off is gone on with. Default: none; the next load begins anew. */
  readonly name?: string | undefined;
  /** Whose dump it is. Default: the kind's only provider that reads documents. */
  readonly provider?: string | undefined;
  /** Enqueue the background providers of each item. Default: false. */
  readonly background?: boolean | undefined;
  /** Documents in one transaction, which ends before with the one that reaches 1.5 million characters. Default: 500. */
  readonly batch?: number | undefined;
  /** Transactions at once. Default: as many as serve the database. */
  readonly concurrency?: number | undefined;
  /** Told of each document that could not be read or saved, with the document. */
  readonly onRejected?: ((rejected: RejectedDocument) => void) | undefined;
}

/** Characters of documents that are saved together, so that a load of large ones takes no more memory. */
const largestBatch = 1_500_000;

/** Lines of an earlier load after which progress is told once more, since passing over millions takes its time. */
const passedOver = 10_000;

/** Documents that are to be saved together. */
interface Batch {
  /** The line of its first document. */
  readonly first: number;
  readonly reader: PageReader;
  documents: number;
  characters: number;
}

/**
 * Loads the documents of a source's dump, one JSON document a line, through the very mapping that serves its look-ups: many
 * documents a transaction, and several transactions at once where the database allows it. No request is made.
 *
 * @param lines every line from the beginning; those that an earlier load of this name has saved are passed over.
 * @throws AccessionError `kind-unknown`, `query-invalid`, `provider-unknown` for a kind of which no provider reads documents.
 * What goes wrong from the first line on, what `lines` throws included, is a result.
 */
export async function loadDocuments(
  engine: Engine,
  kindName: string,
  lines: AsyncIterable<string>,
  options: LoadOptions = {},
): Promise<ManyResult> {
  const importer = engine.registry.importer(kindName);
  const provider = readerOf(importer, options.provider);
  const conditions = readConditions(importer.kind, options.where ?? []);
  const purpose: Purpose = {
    engine,
    importer,
    provider,
    partial: false,
    conditions,
    options: { ...options, background: options.background ?? false },
  };
  const scope = [kindName, provider.name, options.name ?? "", canonicalJson(conditions)].join(" ");
  const place = await findPlace(engine, scope, options);
  const tally = createTally(place.from, place.refused);
  const outcome = await loadAll(purpose, tally, lines, options, place);
  return { ...counted(tally, 0), ...outcome };
}

/** The provider whose documents are loaded. */
function readerOf({ kind, providers }: Importer, name: string | undefined): Provider {
  const readers = providers.filter((one) => "read" in one);
  const found = readers.find((one) => name === undefined || one.name === name);
  if (found) return found;
  const known = readers.map((one) => one.name).join(", ") || "none";
  throw new AccessionError(
    "provider-unknown",
    `${kind.name} has no provider${name === undefined ? "" : ` "${name}"`} that reads documents. Known: ${known}.`,
  );
}

type Outcome =
  | { readonly status: "complete" | "stopped" }
  | { readonly status: "failed"; readonly error: AccessionError };

/**
 * Reads documents as they come, and saves them in batches, a few at a time. How far it came is noted behind the oldest batch
 * that is still under way: after a crash, a few batches are saved twice, which changes nothing.
 */
async function loadAll(
  purpose: Purpose,
  tally: Tally,
  lines: AsyncIterable<string>,
  options: LoadOptions,
  place: Place,
): Promise<Outcome> {
  const { batch: most = 500, concurrency = purpose.engine.store.concurrency, signal } = options;
  const underWay = new Map<number, Promise<void>>();
  let failure: unknown;
  let batch: Batch | undefined;
  let number = 0;
  let finished = place.from;
  /** Refused documents up to there. What came after is read once more after a break, and refused once more. */
  let refused = place.refused;
  /** Refused documents of batches that are saved and lie beyond, by their first line. */
  const refusedBeyond = new Map<number, number>();
  /** The first line of a batch that could not be saved: the next load begins there. */
  let unsaved = Number.POSITIVE_INFINITY;
  let recording: Promise<void> = Promise.resolve();

  async function save({ first, reader }: Batch): Promise<void> {
    await savePage(purpose, tally, reader.page, { isOneOfMany: options.dryRun !== true });
    underWay.delete(first);
    refusedBeyond.set(first, reader.page.refusals.length);
    options.onProgress?.(progressOf(tally, 0));
    const reached = Math.min(unsaved, ...underWay.keys(), batch?.first ?? number + 1) - 1;
    if (reached <= finished) return;
    finished = reached;
    for (const [line, count] of refusedBeyond) {
      if (line > reached) continue;
      refused += count;
      refusedBeyond.delete(line);
    }
    const upToThere = refused;
    // One after the other: two at once could leave the earlier place.
    recording = recording.then(() => place.note(reached, upToThere));
    await recording;
  }
  /** Saves what has been read, as soon as there is room: meanwhile nothing more is read. */
  async function start(): Promise<void> {
    while (underWay.size >= Math.max(1, concurrency)) await Promise.race(underWay.values());
    if (!batch) return;
    const read = batch;
    batch = undefined;
    const saving = save(read).catch((thrown: unknown) => {
      underWay.delete(read.first);
      unsaved = Math.min(unsaved, read.first);
      failure ??= thrown;
    });
    underWay.set(read.first, saving);
  }
  try {
    options.onProgress?.(progressOf(tally, 0));
    for await (const text of untilAborted(lines, signal)) {
      number += 1;
      if (number <= place.from) {
        if (number % passedOver === 0) options.onProgress?.(progressOf(tally, 0));
        continue;
      }
      // A file may end with an empty line, or have one after each.
      if (text.trim() === "") continue;
      batch ??= { first: number, reader: createPageReader(purpose), documents: 0, characters: 0 };
      batch.documents += 1;
      batch.characters += text.length;
      try {
        readDocument(purpose, batch.reader, { line: number, text }, options);
      } catch (thrown) {
        // Whoever is told of rejected documents has failed: the next load is to tell of this one again.
        unsaved = Math.min(unsaved, batch.first);
        throw thrown;
      }
      if (batch.documents < most && batch.characters < largestBatch) continue;
      await start();
      if (failure !== undefined) break;
    }
  } catch (thrown) {
    failure ??= thrown;
  }
  const isStopped = signal?.aborted === true;
  // What came before a file turned out to be damaged is saved.
  if (!isStopped) await start();
  await Promise.all(underWay.values());
  // A batch is under way no longer when it is saved, and may yet be noted.
  await recording.catch((thrown: unknown) => {
    failure ??= thrown;
  });
  const isUnavailable = failure instanceof AccessionError && failure.code === "database-unavailable";
  if (options.dryRun !== true && !isUnavailable) await sortWordsIn(purpose.engine);
  if (failure === undefined && !isStopped) {
    await place.end().catch((thrown: unknown) => {
      failure = thrown;
    });
  }
  if (failure === undefined) return { status: isStopped ? "stopped" : "complete" };
  const error = failureOf(purpose.engine, failure, `Loading ${purpose.importer.kind.name}`, {
    message: "a load has a bug",
  });
  return { status: "failed", error };
}

/** All is saved, whether or not this can be done: the next save of a name would do so as well. */
async function sortWordsIn({ store, log }: Engine): Promise<void> {
  await store.sortWordsIn().catch((thrown: unknown) => {
    log.warn({ error: thrown }, "searches are slow until the next save: a load's names could not be sorted in");
  });
}

/** Reads the document of a line; one that is none is rejected by itself. */
function readDocument(
  { provider }: Purpose,
  reader: PageReader,
  { line, text }: Omit<RejectedDocument, "reason">,
  { onRejected }: LoadOptions,
): void {
  const refusal = reader.read({ id: `line ${line}`, say: () => provider.read?.(parse(text)) });
  if (refusal) onRejected?.({ line, text, reason: refusal.reason });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw new AccessionError("source-response-invalid", "it is no JSON", { cause: thrown });
  }
}
