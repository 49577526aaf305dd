import { type Course, itemScope, obstacleTo } from "./course.ts";
import { AccessionError } from "./errors.ts";
import { findByIdentifiers } from "./find.ts";
import { type Answer, match, type Match, provide, provideWhole } from "./provide.ts";
import type { Provider } from "./provider.ts";
import type { ProviderOutcome } from "./result.ts";
import type { Identifier } from "./scheme.ts";
import { spentSince } from "./sessions.ts";
import type { RunRecord } from "./run.ts";
import { describe, soughtOf } from "./wanted.ts";

/** Which providers an import runs. */
export interface Selection {
  isWanted(provider: Provider): boolean;
  /** What the next save has to do about background providers. */
  background(): Promise<BackgroundWishes>;
}

/** What is to be done about the background providers that are wanted. */
interface BackgroundWishes {
  /** Those that can be asked and are not enqueued yet, by name. */
  readonly enqueue: readonly string[];
  /** The runs to note of those that have an obstacle, where it is news. */
  readonly skipped: readonly RunRecord[];
}

/**
 * Asks one provider, which has no obstacle, and saves what it says. A provider that goes by identifiers of its own source gets one first, by
 * search and match where none is known; a stored one is always used, so that a forced run never searches again.
 */
export async function ask(course: Course, provider: Provider, selection: Selection): Promise<ProviderOutcome> {
  return course.quest.engine.trace(
    "accession.provider",
    { "accession.kind": provider.kind.name, "accession.provider": provider.name },
    () => askWithin(course, provider, selection),
    ({ status, requests }) => ({ "accession.status": status, "accession.requests": requests }),
  );
}

async function askWithin(course: Course, provider: Provider, selection: Selection): Promise<ProviderOutcome> {
  const { engine, sessions } = course.quest;
  const startedAt = new Date().toISOString();
  const before = sessions.spent();
  const about = () => ({ provider: provider.name, requests: spentSince(before, sessions.spent()).requests });

  const identified = await identify(course, provider);
  engine.step("matched");
  if (identified.status === "decisive" && !course.item()) {
    const { stored, absent } = await findByIdentifiers(engine, course.quest.importer.kind, [identified.identifier]);
    if (stored) course.adopt(stored);
    course.miss(absent);
    // The search led to an item that the catalogue has, for which this provider is done, or has nothing to add.
    if (stored && !selection.isWanted(provider)) {
      return { ...about(), status: "skipped", reason: `${course.standing(provider)?.state} before` };
    }
    const reason = stored && (await obstacleTo(course, provider));
    if (reason !== undefined) return { ...about(), status: "skipped", reason };
  }
  const answer = await answerOf(course, provider, identified);
  engine.step("provided");

  const run = (settled: Answered): RunRecord => ({
    provider: provider.name,
    state: settled.status,
    error: errorOf(settled),
    ...spentSince(before, sessions.spent()),
    startedAt,
    finishedAt: new Date().toISOString(),
  });
  if (answer.status !== "contributed") {
    await course.note(run(answer));
    return { ...about(), ...answer };
  }
  const statement = { provider: provider.name, data: answer.data, fetchedAt: startedAt };
  try {
    const { enqueue, skipped } = await selection.background();
    const changes = await course.save([statement], [run(answer), ...skipped], enqueue);
    return { ...about(), status: "contributed", difference: changes };
  } catch (thrown) {
    // To name what it speaks of is the provider's part; everything else that ends a save is not its fault.
    if (!(thrown instanceof AccessionError) || thrown.code !== "identity-missing") throw thrown;
    return { ...about(), status: "failed", error: thrown };
  }
}

/** An answer, as far as it says why it is one. */
type ReasonedAnswer =
  | { readonly status: "contributed" | "not-found" }
  | { readonly status: "skipped"; readonly reason: string }
  | { readonly status: "ambiguous"; readonly candidates: readonly { readonly id: string }[] }
  | { readonly status: "failed"; readonly error: { readonly code: string; readonly message: string } };

type Identified = Match | { readonly status: "unneeded" };
type Answered = Answer | Exclude<Match, { status: "decisive" }>;

async function identify(course: Course, provider: Provider): Promise<Identified> {
  const { engine, importer, sessions, target } = course.quest;
  const item = course.item();
  if (provider.identifiedBy === undefined || !provider.search) return { status: "unneeded" };
  if (soughtOf(importer, target, [], item).identifier(provider.identifiedBy) !== undefined)
    return { status: "unneeded" };
  const sought = soughtOf(importer, target, item ? [] : await course.quest.related(), item);
  const description = describe({ ...target, name: sought.name, expected: sought.expected }, sought.related);
  // A barcode may be all that is known, and sources can be searched by it; another source's own id tells this one nothing.
  const isSearchable = sought.identifiers.some((one) => engine.registry.scheme(one.scheme)?.uniqueness === "evidence");
  if (!description && !isSearchable) return { status: "not-found" };
  return match(engine, importer, provider, { sought, description, rejected: await rejected(course) }, sessions);
}

/** What a person has rejected for the query, and, where there is an item, for the item. */
async function rejected(course: Course): Promise<readonly Identifier[]> {
  const { engine, rejected: forQuery } = course.quest;
  const item = course.item();
  if (!item) return forQuery;
  const decisions = await engine.store.decisions([itemScope(item.id)]);
  return [...forQuery, ...decisions.filter((one) => one.verdict === "rejected")];
}

async function answerOf(course: Course, provider: Provider, identified: Identified): Promise<Answered> {
  switch (identified.status) {
    case "ambiguous":
    case "not-found":
    case "failed":
      return identified;
    case "unneeded":
      return asked(course, provider, []);
    case "decisive":
      return identified.whole === undefined
        ? asked(course, provider, [identified.identifier])
        : provideWhole(course.quest.engine, provider, identified.whole, course.quest.sessions);
  }
}

async function asked(course: Course, provider: Provider, identifiers: readonly Identifier[]): Promise<Answer> {
  const { engine, importer, sessions, target, related } = course.quest;
  const wanted = { ...target, identifiers: [...target.identifiers, ...identifiers] };
  const sought = soughtOf(importer, wanted, course.item() ? [] : await related(), course.item());
  return provide(engine, importer, provider, sought, wanted.identifiers, sessions);
}

/** Why a provider has not contributed, as the ledger has it; undefined where nothing is to be said of it. */
export function errorOf(answer: ReasonedAnswer): RunRecord["error"] {
  switch (answer.status) {
    case "failed":
      return { code: answer.error.code, message: answer.error.message };
    case "skipped":
      return { code: "skipped", message: answer.reason };
    case "ambiguous":
      return { code: "ambiguous", message: `Several fit: ${answer.candidates.map((one) => one.id).join(", ")}` };
    case "contributed":
    case "not-found":
      return undefined;
  }
}
