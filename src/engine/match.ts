import { distance } from "fastest-levenshtein";
import { type Comparison, type Kind, titleOf } from "./kind.ts";
import { normaliseName } from "./normalise.ts";
import { yearOf } from "./partial-date.ts";
import type { JsonObject, JsonValue } from "./json.ts";
import { type Identifier, identifierText } from "./scheme.ts";

/** One reason for or against a candidate, in points of its score. */
export interface Evidence {
  /** What was compared: `name`, an attribute, a relation type, `preferred` or `source`. */
  readonly feature: string;
  readonly points: number;
  readonly detail: string;
}

/** A candidate's score with its reasons. 1 is: the very name, and nothing else known. */
export interface Score {
  readonly score: number;
  readonly evidence: readonly Evidence[];
}

/** What is looked for, as far as scoring needs it. */
export interface Description {
  readonly name: string;
  readonly expected: JsonObject;
  /** Names of related items, by relation type. */
  readonly related: readonly { readonly type: string; readonly names: readonly string[] }[];
}

/** What is known of something that may be it: an item of the catalogue or a source's candidate. */
export interface Resemblance {
  readonly attributes: JsonObject;
  readonly related: readonly { readonly type: string; readonly names: readonly string[] }[];
  /** The source's own score, 0 to 100; absent where it gives none. It is relative, so it weighs little. */
  readonly sourceScore?: number | undefined;
}

/** A candidate is decisive from this score on … */
const floor = 0.9;
/** … and this far ahead of the next different one. */
const margin = 0.08;

const points = {
  name: { title: 1, alias: 0.9, similar: 0.8 },
  attribute: { agrees: 0.1, differs: -0.3 },
  related: { agrees: 0.1, differs: -0.4 },
  preferred: 0.1,
  source: 0.02,
};

/** Scores a candidate. Pure; what the candidate leaves unsaid counts neither way. */
export function score(kind: Kind, wanted: Description, candidate: Resemblance): Score {
  const evidence: Evidence[] = [nameEvidence(kind, wanted.name, candidate.attributes)];
  for (const [field, comparison] of Object.entries(kind.compare)) {
    const [expected, actual] = [wanted.expected[field], candidate.attributes[field]];
    if (isUnsaid(expected) || isUnsaid(actual)) continue;
    const agrees = compare(comparison, expected, actual);
    evidence.push({
      feature: field,
      points: agrees ? points.attribute.agrees : points.attribute.differs,
      detail: agrees ? `${field} is ${show(actual)}` : `${field} is ${show(actual)}, not ${show(expected)}`,
    });
  }
  for (const { type, names } of wanted.related) {
    const actual = candidate.related.filter((relation) => relation.type === type).flatMap((relation) => relation.names);
    if (actual.length === 0) continue;
    const agrees = names.some((name) => actual.some((other) => similarity(fold(name), fold(other)) > 0.85));
    evidence.push({
      feature: type,
      points: agrees ? points.related.agrees : points.related.differs,
      detail: `${type} is ${actual.join(", ")}${agrees ? "" : `, not ${names.join(", ")}`}`,
    });
  }
  if (kind.prefers(candidate.attributes)) {
    evidence.push({ feature: "preferred", points: points.preferred, detail: "the usual sort of its kind" });
  }
  if (candidate.sourceScore !== undefined) {
    const share = Math.min(100, Math.max(0, candidate.sourceScore)) / 100;
    evidence.push({
      feature: "source",
      points: points.source * share,
      detail: `the source's score is ${candidate.sourceScore}`,
    });
  }
  const rounded = evidence.map((one) => ({ ...one, points: round(one.points) }));
  return { score: round(rounded.reduce((total, one) => total + one.points, 0)), evidence: rounded };
}

/** Whether what is known contradicts the query outright: an attribute or a relation that differs, or another name. */
export function contradicts(scored: Score): boolean {
  return scored.evidence.some((one) => one.points < 0 || (one.feature === "name" && one.points <= points.name.similar));
}

/**
 * The candidate that is meant, if one clearly is: it reaches the floor and leads the next by the margin. Candidates must
 * be different entities, best first. Undefined: a person has to choose.
 */
export function decisive<Candidate extends Score>(candidates: readonly Candidate[]): Candidate | undefined {
  const [best, next] = candidates;
  if (best === undefined || best.score < floor) return undefined;
  return next === undefined || best.score - next.score >= margin - 1e-9 ? best : undefined;
}

function nameEvidence(kind: Kind, name: string, attributes: JsonObject): Evidence {
  const key = kind.normalise(name);
  const title = titleOf(kind, attributes);
  if (kind.normalise(title) === key) return { feature: "name", points: points.name.title, detail: `named ${title}` };
  const alias = kind.aliases(attributes).find((other) => kind.normalise(other) === key);
  if (alias !== undefined) return { feature: "name", points: points.name.alias, detail: `also named ${alias}` };
  const likeness = similarity(key, kind.normalise(title));
  return {
    feature: "name",
    points: points.name.similar * likeness,
    detail: `named ${title}, ${Math.round(likeness * 100)}% alike`,
  };
}

/** How alike two texts are, from 0 to 1: the share of characters that need no edit. */
function similarity(left: string, right: string): number {
  const [a, b] = [left.slice(0, 200), right.slice(0, 200)];
  const longest = Math.max(a.length, b.length);
  return longest === 0 ? 1 : 1 - distance(a, b) / longest;
}

function compare(comparison: Comparison, expected: JsonValue, actual: JsonValue): boolean {
  switch (comparison) {
    case "same":
      return fold(show(expected)) === fold(show(actual));
    case "year": {
      const years = [yearOf(expected), yearOf(actual)];
      return years[0] === undefined || years[1] === undefined || years[0] === years[1];
    }
    case "words": {
      const known = new Set(fold(show(actual)).split(" "));
      return fold(show(expected))
        .split(" ")
        .some((word) => known.has(word));
    }
  }
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function isUnsaid(value: JsonValue | undefined): value is undefined | null | "" {
  return value === undefined || value === null || value === "";
}

function show(value: JsonValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function fold(text: string): string {
  return normaliseName(text);
}

/** The score of something that shares an identifier with what was asked for by nothing else; undefined for what shares none. */
export function scoreByIdentifier(asked: readonly Identifier[], known: readonly Identifier[]): Score | undefined {
  const shared = asked.find((one) => known.some((other) => identifierText(other) === identifierText(one)));
  return shared && { score: 1, evidence: [{ feature: shared.scheme, points: 1, detail: `the same ${shared.value}` }] };
}
