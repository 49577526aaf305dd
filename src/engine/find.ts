import type { Engine } from "./engine.ts";
import type { Item } from "./item.ts";
import { type Kind, relatedNames } from "./kind.ts";
import { contradicts, decisive, type Description, type Resemblance, score } from "./match.ts";
import { type Identifier, identifierText } from "./scheme.ts";
import type { Decision, StoredItem } from "./store.ts";
import type { Target } from "./wanted.ts";

/** What the catalogue has under some identifiers. */
export interface LookedUp {
  /** The one item that has any of them; where several share a piece of evidence, none. */
  readonly stored: StoredItem | undefined;
  /** All of them, where no item whatever has any; else none. */
  readonly absent: readonly Identifier[];
}

/** What the catalogue itself knows about a query. */
export interface Found extends LookedUp {
  /** What a person has said about this query before. */
  readonly decisions: readonly Decision[];
}

/** How many namesakes are looked at; a name that more items share is a question for the source. */
const mostNamesakes = 20;

/**
 * Looks for the item in the catalogue: by identifier; else by what a person decided about this query; else by name,
 * where one item clearly fits and nothing that the query says contradicts it. At most two statements for an item found.
 *
 * @param acceptsNamesake which items may be found by name. Default: all.
 */
export async function findInCatalogue(
  engine: Engine,
  kind: Kind,
  target: Target,
  describe: () => Promise<Description | undefined>,
  acceptsNamesake: (item: Item) => boolean = () => true,
): Promise<Found> {
  if (target.identifiers.length > 0) {
    return { ...(await findByIdentifiers(engine, kind, target.identifiers)), decisions: [] };
  }
  const [namesakes, decisions] = await Promise.all([
    engine.store.findByName(kind.name, kind.normalise(target.name ?? ""), mostNamesakes),
    engine.store.decisions([target.scope]),
  ]);
  const accepted = decisions.find((decision) => decision.verdict === "accepted");
  if (accepted) return { ...(await findByIdentifiers(engine, kind, [accepted])), decisions };
  const named = namesakes.filter(({ item }) => acceptsNamesake(item));
  const none: Found = { stored: undefined, absent: [], decisions };
  if (named.length === 0) return none;

  const description = await describe();
  if (!description) return none;
  const rejected = new Set(decisions.filter((one) => one.verdict === "rejected").map(identifierText));
  const fitting = named
    .filter(({ item }) => !item.identifiers.some((one) => rejected.has(identifierText(one))))
    .map((stored) => ({ stored, ...score(kind, description, resemblance(kind, stored.item)) }))
    .filter((one) => !contradicts(one) && (isKnown(one.stored) || confirms(one.evidence, description)))
    .toSorted((left, right) => right.score - left.score);
  return { ...none, stored: decisive(fitting)?.stored };
}

/** Looks for the item of a kind that has any of these identifiers. */
export async function findByIdentifiers(
  engine: Engine,
  kind: Kind,
  identifiers: readonly Identifier[],
): Promise<LookedUp> {
  const all = await engine.store.findByIdentifiers(identifiers);
  const found = all.filter(({ item }) => item.kind === kind.name);
  return { stored: found.length === 1 ? found[0] : undefined, absent: all.length === 0 ? identifiers : [] };
}

function resemblance(kind: Kind, item: Item): Resemblance {
  const related = item.relations.map(({ type, item: to, attributes }) => ({
    type,
    names: [...new Set([to.title, ...relatedNames(kind, type, {}, attributes)])],
  }));
  return { attributes: item.attributes, related };
}

/** A stub has never been asked about: what it does not say, it may yet contradict. */
function isKnown(stored: StoredItem): boolean {
  return stored.runs.length > 0;
}

function confirms(
  evidence: readonly { readonly feature: string; readonly points: number }[],
  description: Description,
): boolean {
  return [...Object.keys(description.expected), ...description.related.map((one) => one.type)].every((feature) =>
    evidence.some((one) => one.feature === feature && one.points > 0),
  );
}
