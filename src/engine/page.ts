import { type Condition, meets } from "./condition.ts";
import { completionOf } from "./complete.ts";
import type { SaidContribution } from "./contribution.ts";
import type { SaveRequest } from "./draft.ts";
import type { Engine } from "./engine.ts";
import type { Refusal } from "./listing.ts";
import type { Counts, ManyOptions, ManyProgress } from "./many.ts";
import type { Importer } from "./pack.ts";
import type { Provider } from "./provider.ts";
import { readContribution } from "./reading.ts";
import { identitiesAmong } from "./registry.ts";
import { type SaveAllOptions, type Saved, saveAll } from "./save.ts";
import { failureOf } from "./secrets.ts";
import type { Identifier } from "./scheme.ts";
import { nothingSpent } from "./sessions.ts";
import { settledStates } from "./settled-states.ts";
import type { RunRecord } from "./run.ts";
import type { StoredItem } from "./store.ts";
import { whyUnable } from "./take-images.ts";

/** What an import of many is about, page after page. */
export interface Purpose {
  readonly engine: Engine;
  readonly importer: Importer;
  readonly provider: Provider;
  /** Whether the provider knows more of an item than it says here. */
  readonly partial: boolean;
  readonly conditions: readonly Condition[];
  readonly options: ManyOptions;
}

/** What became of the items so far. */
export interface Tally {
  counts: Counts;
  done: number;
  total: number | undefined;
  pages: number;
  readonly refused: Refusal[];
}

const mostRefusals = 100;

/** Starts to count, where an earlier run may have begun. */
export function createTally(done = 0, refused = 0): Tally {
  const counts = { created: 0, updated: 0, unchanged: 0, filtered: 0, refused, gone: 0 };
  return { counts, done, total: undefined, pages: 0, refused: [] };
}

/** Counts something that could not be read or saved, and tells of it. */
export function refuse({ options }: Purpose, tally: Tally, refusal: Refusal): void {
  tally.counts = { ...tally.counts, refused: tally.counts.refused + 1 };
  tally.done += 1;
  if (tally.refused.length < mostRefusals) tally.refused.push(refusal);
  options.onRefused?.(refusal);
}

/** Where it stands, as `onProgress` is told. */
export function progressOf({ counts, done, total }: Tally, requests: number): ManyProgress {
  return { counts, done, total, requests };
}

/** What a result says of the items, whatever its status. */
export function counted({ counts, done, total, pages, refused }: Tally, requests: number) {
  return { counts, done, total, pages, refused, requests };
}

/** Something that was said, and how to name it should it have to be refused. */
export interface Entry {
  /** The source's own id, or the place in a file. */
  readonly id: string;
  /** Gives what was said; what it throws refuses the entry. */
  readonly say: () => unknown;
}

/** What was said, as far as it can be saved. */
export interface ReadPage {
  readonly requests: readonly SaveRequest[];
  /** The identities of each that a condition left out. */
  readonly filtered: readonly (readonly Identifier[])[];
  readonly refusals: readonly Refusal[];
}

/** Reads what was said of items, one after the other, into a page that is saved as a whole. */
export interface PageReader {
  readonly page: ReadPage;
  /** Reads one more; where it is not allowed, it alone is refused, and why is given back. */
  read(entry: Entry): Refusal | undefined;
}

/** Begins an empty page. */
export function createPageReader(purpose: Purpose): PageReader {
  const { engine, importer, provider, partial, conditions, options } = purpose;
  const at = new Date().toISOString();
  const run: RunRecord = {
    provider: provider.name,
    state: "contributed",
    ...nothingSpent,
    startedAt: at,
    finishedAt: at,
  };
  const background = options.background === false ? [] : backgroundProviders(engine, importer);
  const enqueue = (stored: StoredItem | undefined): readonly string[] => unsettled(background, stored);
  const runs = partial ? [] : [run];
  const requests: SaveRequest[] = [];
  const refusals: Refusal[] = [];
  const filtered: (readonly Identifier[])[] = [];
  const refused = (refusal: Refusal): Refusal => {
    refusals.push(refusal);
    return refusal;
  };
  return {
    get page() {
      return { requests, filtered, refusals };
    },
    read({ id, say }) {
      try {
        const said = readSaid(purpose, say());
        const identities = identitiesAmong(engine.registry, said.identifiers);
        if (identities.length === 0) {
          const reason = `no identity names this ${importer.kind.name}`;
          return refused({ id, title: titleIn(purpose, said), reason });
        }
        if (meets(said, conditions)) {
          // What is fetched for each item, its images, is not a page's affair: the item's own import takes them.
          const data = { ...said, images: [] };
          const statement = { provider: provider.name, data, fetchedAt: at, partial, allowed: true };
          requests.push({ importer, say: [statement], runs, enqueue });
        } else filtered.push(identities);
        return undefined;
      } catch (thrown) {
        const error = failureOf(engine, thrown, `What ${provider.name} says of ${id}`, {
          message: "a provider has a bug",
          details: { provider: provider.name, id },
        });
        return refused({ id, reason: error.message });
      }
    },
  };
}

/** Reads what was said of items: one that is not allowed is refused by itself, and the others are saved. */
export function readPage(purpose: Purpose, entries: readonly Entry[]): ReadPage {
  const reader = createPageReader(purpose);
  for (const entry of entries) reader.read(entry);
  return reader.page;
}

/** Saves a page in one transaction, and counts what became of it. */
export async function savePage(
  purpose: Purpose,
  tally: Tally,
  { requests, filtered, refusals }: ReadPage,
  saving: Pick<SaveAllOptions, "within" | "isOneOfMany"> = {},
): Promise<readonly Saved[]> {
  const { engine, options } = purpose;
  if (options.background !== false || options.complete) await engine.queue.ready();
  const saved = await saveAll(engine, requests, {
    commit: options.dryRun !== true,
    complete: completionOf(options),
    ...saving,
  });
  for (const refusal of refusals) refuse(purpose, tally, refusal);
  const distinct = new Set(saved);
  const created = [...distinct].filter((one) => one.created).length;
  const updated = [...distinct].filter((one) => !one.created && one.changed).length;
  const { counts } = tally;
  tally.counts = {
    ...counts,
    created: counts.created + created,
    updated: counts.updated + updated,
    unchanged: counts.unchanged + saved.length - created - updated,
    filtered: counts.filtered + filtered.length,
  };
  tally.done += requests.length + filtered.length;
  tally.pages += 1;
  return saved;
}

function readSaid({ engine, importer, provider }: Purpose, contribution: unknown): SaidContribution {
  const { registry, log } = engine;
  return readContribution(contribution, { by: provider.name, kind: importer.kind, registry, log });
}

function titleIn({ importer }: Purpose, { attributes }: SaidContribution): string | undefined {
  const title = attributes[importer.kind.title];
  return typeof title === "string" ? title : undefined;
}

/** The background providers of a kind that can work at all. */
function backgroundProviders(engine: Engine, { providers }: Importer): readonly string[] {
  return providers
    .filter((one) => one.run === "background" && whyUnable(engine, one) === undefined)
    .map((one) => one.name);
}

/** Of providers, those that have something left to do for an item. */
function unsettled(providers: readonly string[], stored: StoredItem | undefined): readonly string[] {
  const runs = (stored?.runs ?? []).filter((run) => settledStates.has(run.state));
  const settled = new Set(runs.map((run) => run.provider));
  return providers.filter((name) => !settled.has(name));
}
