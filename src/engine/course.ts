import { type Change, difference } from "./difference.ts";
import type { Completion } from "./complete.ts";
import type { Engine } from "./engine.ts";
import { type Item, person } from "./item.ts";
import type { Importer } from "./pack.ts";
import { whyUnable } from "./take-images.ts";
import type { Provider } from "./provider.ts";
import type { ProviderOutcome } from "./result.ts";
import type { Statement } from "./draft.ts";
import { save } from "./save.ts";
import type { Identifier } from "./scheme.ts";
import type { Sessions } from "./sessions.ts";
import { settledStates } from "./settled-states.ts";
import type { Decision, StoredItem } from "./store.ts";
import type { RunRecord } from "./run.ts";
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
  /** What is completed in the background of what the item names. Default: nothing. */
  readonly complete?: Completion | undefined;
}

/** The quest that asks about an item in hand, by what the catalogue knows of it. */
export function questAbout(
  { engine, importer, sessions }: Pick<Quest, "engine" | "importer" | "sessions">,
  item: Item,
  { answers = [], dryRun = false }: { readonly answers?: readonly Decision[]; readonly dryRun?: boolean } = {},
): Quest {
  return {
    engine,
    importer,
    sessions,
    target: {
      identifiers: answers.filter((one) => one.verdict === "accepted"),
      name: item.title,
      expected: {},
      related: [],
      scope: itemScope(item.id),
    },
    related: () => Promise.resolve([]),
    rejected: answers.filter((one) => one.verdict === "rejected"),
    dryRun,
  };
}

/** The scope of decisions about an item, as against those about a query. */
export function itemScope(id: string): string {
  return `item:${id}`;
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
  /** Takes note that the catalogue was asked for these and has no item of any. */
  miss(identifiers: readonly Identifier[]): void;
  /** Saves what was said, notes the runs and enqueues background providers, in one transaction. */
  save(say: readonly Statement[], runs: readonly RunRecord[], enqueue: readonly string[]): Promise<readonly Change[]>;
  /** Notes a run that said nothing; only for an item that exists, and only where it is news. */
  note(run: RunRecord): Promise<void>;
  /** The attributes that a person has said of the item, null ones included; read once. */
  personsFields(): Promise<ReadonlySet<string>>;
}

/**
 * Why a provider is not asked about the item: it cannot work, or a person has said all that it could fill. It is then
 * skipped, at no cost and without a job. Undefined where nothing speaks against asking it.
 */
export async function obstacleTo(course: Course, provider: Provider): Promise<string | undefined> {
  const { fills = [] } = provider;
  const reason = whyUnable(course.quest.engine, provider) ?? obstacleOfImages(course, provider);
  if (reason !== undefined || fills.length === 0) return reason;
  const said = await course.personsFields();
  return fills.every((field) => said.has(field)) ? `a person has said its ${fills.join(", ")}` : undefined;
}

/** Of a provider that is for images only: that a person has given them. */
function obstacleOfImages(course: Course, provider: Provider): string | undefined {
  const types = provider.images?.fills ?? [];
  if (types.length === 0) return undefined;
  const given = (course.item()?.images ?? []).filter((one) => one.provider === person).map((one) => one.type);
  return types.every((type) => given.includes(type)) ? `a person has given its ${types.join(", ")} image` : undefined;
}

/** Starts an import from what the catalogue knows. */
export function createCourse(quest: Quest, found: StoredItem | undefined): Course {
  const { engine, importer, dryRun } = quest;
  // A dry run keeps nothing, so each of its saves says again all that was said before.
  const said: Statement[] = [];
  const standings = new Map<string, Standing>();
  const enqueued = new Set<string>();
  const absent: Identifier[] = [];
  let item: Item | undefined;
  let before: Item | undefined;
  let storedId: Item["id"] | undefined;
  let created = false;
  let personsFields: Promise<ReadonlySet<string>> | undefined;

  function adopt(stored: StoredItem): void {
    personsFields = undefined;
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
    miss: (identifiers) => void absent.push(...identifiers),
    async save(say, runs, enqueue) {
      said.push(...say);
      const { fresh } = quest.sessions;
      const words = dryRun ? said : say;
      const request = { importer, target: storedId, say: words, runs, enqueue: () => enqueue, fresh, absent };
      if (enqueue.length > 0 || quest.complete) await engine.queue.ready();
      const saved = await save(engine, request, !dryRun, quest.complete);
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
    personsFields: () =>
      (personsFields ??= before === undefined ? Promise.resolve(new Set()) : readPersonsFields(engine, before.id)),
  };
}

async function readPersonsFields(engine: Engine, id: Item["id"]): Promise<ReadonlySet<string>> {
  const contributions = await engine.store.contributions(id);
  const words = contributions.filter((one) => one.provider === person);
  return new Set(words.flatMap((one) => Object.keys(one.data.attributes)));
}

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
