import type { ContributionData, Rejection, SaidContribution } from "./contribution.ts";
import { withinDeadline } from "./deadline.ts";
import type { Engine } from "./engine.ts";
import { AccessionError } from "./errors.ts";
import type { ItemId } from "./item.ts";
import { relatedNames, titleOf } from "./kind.ts";
import { type Description, decisive, score, scoreByIdentifier } from "./match.ts";
import type { Importer } from "./pack.ts";
import type { Provider, ProviderContext, Sought } from "./provider.ts";
import { readContribution } from "./reading.ts";
import type { MatchCandidate } from "./result.ts";
import { type Identifier, identifierText } from "./scheme.ts";
import { failureOf } from "./secrets.ts";
import type { Sessions } from "./sessions.ts";
import { imagesNotKept, takeImages } from "./take-images.ts";

/** What asking a provider gave. */
export type Answer =
  | { readonly status: "contributed"; readonly data: ContributionData }
  | { readonly status: "not-found" }
  | { readonly status: "skipped"; readonly reason: string }
  | { readonly status: "failed"; readonly error: AccessionError };

/** What searching a provider's source gave: its one clear match, or what a person has to choose from. */
export type Match =
  | { readonly status: "decisive"; readonly identifier: Identifier; readonly whole: SaidContribution | undefined }
  | { readonly status: "ambiguous"; readonly candidates: readonly MatchCandidate[] }
  | { readonly status: "not-found" }
  | { readonly status: "failed"; readonly error: AccessionError };

/**
 * Asks a provider, in isolation: whatever it throws becomes a failed answer. What is no AccessionError is a bug, which
 * is logged with its stack and marked a defect; only a broken database is nobody's answer.
 *
 * @param asked the identifiers that the query, or a match, named the item by.
 */
export async function provide(
  engine: Engine,
  importer: Importer,
  provider: Provider,
  sought: Sought,
  asked: readonly Identifier[],
  sessions: Sessions,
): Promise<Answer> {
  return isolated(engine, provider, sessions, async (context) => {
    const rejectedBefore = sought.item && rejectionsBy(engine, provider, sought.item.id);
    const provision = await provider.provide(sought, { ...context, rejectedBefore });
    switch (provision.status) {
      case "contributed":
        return withImages(
          engine,
          provider,
          read(engine, importer, provider, provision.contribution),
          asked,
          sessions,
          context.signal,
        );
      case "not-found":
      case "skipped":
        return provision;
      case "later": {
        const message = `${provider.name} wants to be asked again in ${provision.seconds} s: ${provision.reason}`;
        const retryAfter = provision.seconds * 1000;
        return {
          status: "failed",
          error: new AccessionError("source-throttled", message, { retryable: true, retryAfter }),
        };
      }
    }
  });
}

/** Reads what a provider has rejected for an item, and for those that were merged into it. */
function rejectionsBy(engine: Engine, provider: Provider, item: ItemId): () => Promise<readonly Rejection[]> {
  return async () => {
    const own = (await engine.store.contributions(item)).filter((one) => one.provider === provider.name);
    return own.flatMap(({ data }) => data.rejected ?? []);
  };
}

/** The answer of a provider whose search said all there is to say. */
export async function provideWhole(
  engine: Engine,
  provider: Provider,
  said: SaidContribution,
  sessions: Sessions,
): Promise<Answer> {
  return isolated(engine, provider, sessions, async ({ signal }) =>
    withImages(engine, provider, said, [], sessions, signal),
  );
}

/**
 * Searches a provider's source and scores what it found, leaving out what a person has rejected. Decisive needs a floor
 * and a margin to the next different entity; see `match.ts`. Without a name, what shares an identifier that was asked for
 * is it, if there is but one.
 */
export async function match(
  engine: Engine,
  importer: Importer,
  provider: Provider,
  question: {
    readonly sought: Sought;
    readonly description: Description | undefined;
    readonly rejected: readonly Identifier[];
  },
  sessions: Sessions,
): Promise<Match> {
  return isolated(engine, provider, sessions, async (context): Promise<Match> => {
    const found = (await provider.search?.(question.sought, context)) ?? [];
    const rejected = new Set(question.rejected.map(identifierText));
    const candidates = new Map<string, MatchCandidate & { readonly whole: SaidContribution | undefined }>();
    for (const { contribution, score: sourceScore, whole = false } of found) {
      const data = read(engine, importer, provider, contribution);
      const identifier = data.identifiers.find((one) => one.scheme === provider.identifiedBy);
      if (!identifier || rejected.has(identifierText(identifier))) continue;
      const scored = question.description
        ? score(importer.kind, question.description, {
            attributes: data.attributes,
            related: data.relations.map((relation) => ({
              type: relation.type,
              names: relatedNames(importer.kind, relation.type, relation.to.attributes, relation.attributes),
            })),
            sourceScore,
          })
        : scoreByIdentifier(question.sought.identifiers, data.identifiers);
      if (!scored) continue;
      const id = identifierText(identifier);
      if ((candidates.get(id)?.score ?? -Infinity) >= scored.score) continue;
      candidates.set(id, {
        id,
        identifier,
        provider: provider.name,
        title: titleOf(importer.kind, data.attributes),
        attributes: data.attributes,
        ...scored,
        whole: whole ? data : undefined,
      });
    }
    const ranked = [...candidates.values()].toSorted(
      (left, right) => right.score - left.score || (left.id < right.id ? -1 : 1),
    );
    if (ranked.length === 0) return { status: "not-found" };
    const clear = decisive(ranked);
    if (clear) return { status: "decisive", identifier: clear.identifier, whole: clear.whole };
    return { status: "ambiguous", candidates: ranked.map(({ whole: _whole, ...candidate }) => candidate) };
  });
}

function read(engine: Engine, importer: Importer, provider: Provider, contribution: unknown): SaidContribution {
  return readContribution(contribution, {
    by: provider.name,
    kind: importer.kind,
    registry: engine.registry,
    log: engine.log,
  });
}

/**
 * The answer, once the images that it names were taken. One that is not there, or refused, takes nothing else with it; but
 * who names images and says nothing beside has said nothing without them.
 */
async function withImages(
  engine: Engine,
  provider: Provider,
  said: SaidContribution,
  asked: readonly Identifier[],
  sessions: Sessions,
  signal: AbortSignal,
): Promise<Answer> {
  const { images, refusal } = await takeImages(engine, provider, said.images, sessions, signal);
  const { attributes, identifiers, categories, relations, links, rejected = [] } = said;
  const saysMore = [attributes, identifiers, categories, relations, links, rejected].some(
    (part) => Object.keys(part).length > 0,
  );
  if (said.images.length > 0 && images.length === 0 && !saysMore) {
    if (!engine.images) return { status: "skipped", reason: imagesNotKept };
    return refusal ? { status: "failed", error: refusal } : { status: "not-found" };
  }
  return { status: "contributed", data: withAskedIdentities(engine, asked, { ...said, images }) };
}

/**
 * The contribution with the identities that were asked for, should it not name them: the provider need not repeat what it
 * was given, and where its source has merged two identities, both name the item from now on.
 */
function withAskedIdentities(engine: Engine, asked: readonly Identifier[], data: ContributionData): ContributionData {
  const said = new Set(data.identifiers.map(identifierText));
  const missing = asked.filter(
    (one) => engine.registry.scheme(one.scheme)?.uniqueness === "identity" && !said.has(identifierText(one)),
  );
  return { ...data, identifiers: [...data.identifiers, ...missing.map(({ scheme, value }) => ({ scheme, value }))] };
}

/** Lets a provider work by itself: what it throws becomes a failed outcome, and nothing leaves with a secret in it. */
async function isolated<Outcome extends Answer | Match>(
  engine: Engine,
  provider: Provider,
  sessions: Sessions,
  ask: (context: ProviderContext) => Promise<Outcome>,
): Promise<Outcome | { readonly status: "failed"; readonly error: AccessionError }> {
  try {
    const outcome = await withinDeadline(provider, sessions, (signal) =>
      ask({ client: sessions.client(provider), signal, log: engine.log, charge: sessions.charge }),
    );
    if (outcome.status === "skipped") return { ...outcome, reason: engine.secrets.mask(outcome.reason) };
    if (outcome.status === "failed") return { ...outcome, error: engine.secrets.maskError(outcome.error) };
    return outcome;
  } catch (thrown) {
    const isNobodys = thrown instanceof AccessionError && thrown.code.startsWith("database-");
    if (sessions.signal.aborted || isNobodys) throw engine.secrets.maskThrown(thrown);
    const error = failureOf(engine, thrown, `The provider "${provider.name}" of ${provider.kind.name}`, {
      message: "a provider has a bug",
      details: { provider: provider.name },
    });
    return { status: "failed", error };
  }
}
