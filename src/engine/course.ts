import { type Change, difference } from "./difference.ts";
import type { Engine } from "./engine.ts";
import type { Item } from "./item.ts";
import type { Importer } from "./pack.ts";
import type { Provider } from "./provider.ts";
import type { ProviderOutcome } from "./result.ts";
import type { Statement } from "./draft.ts";
import { save } from "./save.ts";
import type { Identifier } from "./scheme.ts";
import type { Sessions } from "./sessions.ts";
import type { RunRecord, RunState, StoredItem } from "./store.ts";
import type { KnownRelated, Target } from "./wanted.ts";

/** What one import looks for and with what it works; it does not change on the way. */
export interface Quest {
  readonly engine: Engine;
  readonly importer: Importer;
  readonly sessions: Sessions;
  readonly target: Target;
  /** The related items that the query names, looked up when first needed. */
  readonly related: () => Promise<readonly KnownRelated[]>;
  /** Candidates that a person has rejected for this query or item. */
  readonly rejected: readonly Identifier[];
  readonly dryRun: boolean;
}

/** Where a provider stands for an item, and the job that it waits for. */
type Standing = Pick<RunRecord, "state" | "jobId">;

/** How far one import has come. */
export interface Course {
  readonly quest: Quest;
  /** The item as it stands, or, in a dry run, as it would; undefined while there is none. */
  item(): Item | undefined;
  /** The item as the catalogue had it; undefined where this import, or another at the same time, made it. */
  before(): Item | undefined;
  created(): boolean;
  /** Where a provider stands for the item; undefined where it was never asked. */
  standing(provider: Provider): Standing | undefined;
  /** Whether this import has enqueued a background provider. */
  hasEnqueued(provider: Provider): boolean;
  /** Takes up an item that a search has led to. */
  adopt(stored: StoredItem): void;
  /** Saves what was said, notes the runs and enqueues background providers, in one transaction. */
  save(say: readonly Statement[], runs: readonly RunRecord[], enqueue: readonly string[]): Promise<readonly Change[]>;
  /** Notes a run that said nothing; only for an item that exists, and only where it is news. */
  note(run: RunRecord): Promise<void>;
}

/** Starts an import from what the catalogue knows. */
export function createCourse(quest: Quest, found: StoredItem | undefined): Course {
  const { engine, importer, dryRun } = quest;
  // A dry run keeps nothing, so each of its saves says again all that was said before.
  const said: Statement[] = [];
  const standings = new Map<string, Standing>();
  const enqueued = new Set<string>();
  let item: Item | undefined;
  let before: Item | undefined;
  let storedId: Item["id"] | undefined;
  let created = false;

  function adopt(stored: StoredItem): void {
    item = stored.item;
    before = stored.item;
    storedId = stored.item.id;
    for (const run of stored.runs) standings.set(run.provider, run);
  }
  if (found) adopt(found);

  return {
    quest,
    item: () => item,
    before: () => before,
    created: () => created,
    standing: (provider) => standings.get(provider.name),
    hasEnqueued: (provider) => enqueued.has(provider.name),
    adopt,
    async save(say, runs, enqueue) {
      said.push(...say);
      const request = { importer, target: storedId, say: dryRun ? said : say, runs, enqueue };
      const saved = await save(engine, request, !dryRun);
      const changes = difference(item, saved.item);
      item = saved.item;
      created ||= saved.created;
      if (!dryRun) storedId = saved.item.id;
      for (const run of runs) standings.set(run.provider, run);
      for (const [provider, jobId] of saved.jobs) {
        standings.set(provider, { state: "queued", jobId });
        enqueued.add(provider);
      }
      return changes;
    },
    async note(run) {
      const isNews = run.state !== "skipped" || standings.get(run.provider)?.state !== "skipped";
      standings.set(run.provider, run);
      if (storedId !== undefined && isNews && !dryRun) await engine.store.recordRuns(storedId, [run]);
    },
  };
}

/** States in which a provider has nothing left to do for an item. */
const settledStates: ReadonlySet<RunState> = new Set<RunState>([
  "contributed",
  "not-found",
  "ambiguous",
  "queued",
  "running",
  "dead",
]);

/** Whether a provider has nothing left to do for the item, should nobody force it. */
export function isSettled(course: Course, provider: Provider): boolean {
  const standing = course.standing(provider);
  return standing !== undefined && settledStates.has(standing.state);
}

/** The outcome of a provider that was not asked in this import. */
export function outcomeOfUnasked(course: Course, provider: Provider): ProviderOutcome {
  const about = { provider: provider.name, requests: 0 };
  const standing = course.standing(provider);
  switch (standing?.state) {
    case undefined:
      return { ...about, status: "skipped", reason: "not asked for" };
    case "queued":
    case "running":
      return { ...about, status: "queued", jobId: standing?.jobId };
    case "contributed":
    case "not-found":
    case "ambiguous":
    case "skipped":
    case "failed":
    case "dead":
      return { ...about, status: "skipped", reason: `${standing?.state} before` };
  }
}
