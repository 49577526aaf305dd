import { ask, type Selection } from "./ask.ts";
import { type Course, createCourse, isSettled, itemScope, obstacleTo, outcomeOfUnasked, questAbout } from "./course.ts";
import type { Completion } from "./complete.ts";
import { difference } from "./difference.ts";
import type { Engine } from "./engine.ts";
import { AccessionError } from "./errors.ts";
import { findInCatalogue } from "./find.ts";
import type { Item, ItemId } from "./item.ts";
import type { Kind } from "./kind.ts";
import { providersNamed } from "./registry.ts";
import type { ImportResult, ProviderOutcome } from "./result.ts";
import { createSessions, nothingSpent, type Sessions } from "./sessions.ts";
import type { Importer } from "./pack.ts";
import type { Decision } from "./store.ts";
import type { RunRecord } from "./run.ts";
import { describe, readCandidateId, readQuery, resolveRelated } from "./wanted.ts";

/** How an import is to go about it. */
export interface ImportOptions {
  /** Ask every provider again, by the stored identifiers, and the sources anew. Default: only what is missing. */
  readonly forceProviders?: boolean | undefined;
  /** Ask these providers and no others, whether or not they have answered before. Default: what is missing. */
  readonly providers?: readonly string[] | undefined;
  /** The candidate that is meant, as an ambiguous result gave its id; remembered for this query. */
  readonly match?: string | undefined;
  /** Candidates that are not meant; remembered: they never come back for this query. Default: none. */
  readonly reject?: readonly string[] | undefined;
  /**
   * Whether an item that the catalogue has under the queried name may be the one that is meant; where none may, the
   * sources say which it is. Identifiers and decisions count all the same. Default: every one may.
   */
  readonly acceptsNamesake?: ((item: Item) => boolean) | undefined;
  /** Do everything but commit, and tell what would change. Default: false. */
  readonly dryRun?: boolean | undefined;
  /** Cancels the import between any two steps; what was saved stays saved. */
  readonly signal?: AbortSignal | undefined;
  /** Told before and after each provider. */
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
}

/** How an import that is part of an import of many is to go about it. */
export interface PartialImportOptions extends ImportOptions {
  /** Enqueue the background providers of the item. Default: true. */
  readonly background?: boolean | undefined;
  /** What is completed in the background of what the item names. Default: nothing. */
  readonly complete?: Completion | undefined;
}

/** Where an import stands. */
export type ImportProgress =
  | { readonly type: "asking"; readonly provider: string }
  | { readonly type: "answered"; readonly outcome: ProviderOutcome };

/**
 * Imports an item: find → provide → merge → save after each provider that contributed → result.
 *
 * @throws AccessionError `kind-unknown`, `query-invalid`, `provider-unknown`, `cancelled`, `projection-failed`, or one of
 * the codes that begin with `database-`. What a provider does wrong is no throw but its outcome.
 */
export async function importItem(
  engine: Engine,
  kindName: string,
  query: unknown,
  options: PartialImportOptions = {},
): Promise<ImportResult> {
  const importer = engine.registry.importer(kindName);
  const { kind } = importer;
  const question = readQuery(kind, query);
  const { sessions, selectionOf } = prepare(engine, importer, options);
  const answers = await decide(engine, kind, question.scope, options);
  const chosen = answers.find((one) => one.verdict === "accepted");
  const asked = chosen ? { ...question, identifiers: [chosen] } : question;
  const related = once(() => resolveRelated(engine, kind, asked.related));
  const described = async () => describe(asked, await related());
  const found = await findInCatalogue(engine, kind, asked, described, options.acceptsNamesake);
  engine.step("found");
  const accepted = found.decisions.find((one) => one.verdict === "accepted");
  const course = createCourse(
    {
      engine,
      importer,
      sessions,
      target: accepted ? { ...asked, identifiers: [accepted] } : asked,
      related,
      rejected: [...found.decisions, ...answers].filter((one) => one.verdict === "rejected"),
      dryRun: options.dryRun ?? false,
      complete: options.complete,
    },
    found.stored,
  );
  course.miss(found.absent);
  return run(course, selectionOf(course), options);
}

/** Imports for an item in hand: the same path, from *provide* on. @throws As {@link importItem}, and `item-unknown`. */
export async function enrichItem(engine: Engine, id: ItemId, options: ImportOptions = {}): Promise<ImportResult> {
  const [stored] = await engine.store.load([id]);
  if (!stored) throw new AccessionError("item-unknown", `The catalogue has no item ${id}.`);
  const { item } = stored;
  const importer = engine.registry.importer(item.kind);
  const { sessions, selectionOf } = prepare(engine, importer, options);
  const answers = await decide(engine, importer.kind, itemScope(item.id), options);
  const quest = questAbout({ engine, importer, sessions }, item, { answers, dryRun: options.dryRun ?? false });
  const course = createCourse(quest, stored);
  return run(course, selectionOf(course), options);
}

/** Everything that can be refused is refused before anything is asked or written. */
function prepare(
  engine: Engine,
  importer: Importer,
  options: PartialImportOptions,
): { readonly sessions: Sessions; readonly selectionOf: (course: Course) => Selection } {
  const named = options.providers && providersNamed(importer, options.providers);
  const force = options.forceProviders ?? false;
  const sessions = createSessions(engine, {
    signal: options.signal ?? new AbortController().signal,
    fresh: force || named !== undefined,
    keepImages: options.dryRun !== true,
  });
  const background =
    options.background === false ? [] : importer.providers.filter((provider) => provider.run === "background");
  return {
    sessions,
    selectionOf(course) {
      const isWanted: Selection["isWanted"] = (provider) =>
        named ? named.includes(provider) : force || !isSettled(course, provider);
      return {
        isWanted,
        async background() {
          const enqueue: string[] = [];
          const skipped: RunRecord[] = [];
          for (const one of background.filter(isWanted)) {
            const reason = await obstacleTo(course, one);
            if (reason !== undefined) {
              if (course.standing(one)?.state !== "skipped") skipped.push(skippedRun(one.name, reason));
            } else if (!course.hasEnqueued(one)) enqueue.push(one.name);
          }
          return { enqueue, skipped };
        },
      };
    },
  };
}

/** Remembers what a person says about the candidates of a query or an item. */
async function decide(engine: Engine, kind: Kind, scope: string, options: ImportOptions): Promise<readonly Decision[]> {
  const decisions: Decision[] = [
    ...(options.reject ?? []).map((id): Decision => ({ ...readCandidateId(kind, id), scope, verdict: "rejected" })),
    ...(options.match === undefined
      ? []
      : [{ ...readCandidateId(kind, options.match), scope, verdict: "accepted" } as const]),
  ];
  if (decisions.length > 0 && options.dryRun !== true) await engine.store.recordDecisions(decisions);
  return decisions;
}

async function run(course: Course, selection: Selection, options: ImportOptions): Promise<ImportResult> {
  const { importer, sessions } = course.quest;
  const outcomes = new Map<string, ProviderOutcome>();
  for (const provider of importer.providers) {
    if (!selection.isWanted(provider)) continue;
    const reason = await obstacleTo(course, provider);
    if (reason !== undefined) {
      outcomes.set(provider.name, { provider: provider.name, requests: 0, status: "skipped", reason });
      if (provider.run === "inline") await course.note(skippedRun(provider.name, reason));
      continue;
    }
    if (provider.run === "background") continue;
    if (sessions.signal.aborted)
      throw new AccessionError("cancelled", "The import was cancelled.", { retryable: true });
    options.onProgress?.({ type: "asking", provider: provider.name });
    const outcome = await ask(course, provider, selection);
    outcomes.set(provider.name, outcome);
    options.onProgress?.({ type: "answered", outcome });
    // Nothing may be stored under a name that a person has yet to settle.
    if (outcome.status === "ambiguous" && !course.item()) break;
  }
  const { enqueue, skipped } = await selection.background();
  if (course.item() && enqueue.length > 0) await course.save([], skipped, enqueue);
  else for (const one of skipped) await course.note(one);
  return result(course, outcomes);
}

/** The run of a provider that has an obstacle. */
function skippedRun(provider: string, reason: string): RunRecord {
  const now = new Date().toISOString();
  const error = { code: "skipped", message: reason };
  return { provider, state: "skipped", error, ...nothingSpent, startedAt: now, finishedAt: now };
}

function result(course: Course, outcomes: ReadonlyMap<string, ProviderOutcome>): ImportResult {
  const { importer, sessions } = course.quest;
  const item = course.item();
  const providers = importer.providers.map(
    (provider) => outcomes.get(provider.name) ?? outcomeOfUnasked(course, provider),
  );
  const about = { providers, requests: sessions.spent().requests };
  // One that has an obstacle, or does not apply, was not asked: it cannot make up for those that failed.
  const asked = [...outcomes.values()].filter((outcome) => outcome.status !== "skipped");
  const failures = asked.filter((outcome) => outcome.status === "failed");
  const ambiguous = asked.find((outcome) => outcome.status === "ambiguous");
  const [failure] = failures;
  if (!item && ambiguous) return { ...about, status: "ambiguous", candidates: ambiguous.candidates };
  if (failure && (!item || failures.length === asked.length))
    return { ...about, status: "failed", item, error: failure.error };
  if (!item) return { ...about, status: "not-found" };
  const changes = difference(course.created() ? undefined : (course.before() ?? item), item);
  const status = course.created() ? "created" : changes.length > 0 ? "updated" : "unchanged";
  return { ...about, status, item, difference: changes };
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => (made ??= make());
}
