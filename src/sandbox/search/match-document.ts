import { bestScore } from "./best-score.ts";
import { matchField, matchWords } from "./match-field.ts";
import type { IndexedField } from "./match-field.ts";
import type { Clause, Query } from "./query.ts";

/** An entity as the index holds it. */
export interface IndexedDocument<Entity> {
  readonly entity: Entity;
  readonly id: string;
  /** 0 to 1: breaks ties between equally good matches. */
  readonly popularity: number;
  readonly fields: ReadonlyMap<string, IndexedField>;
  /** The fields that a query without a field looks into. */
  readonly defaultFields: readonly IndexedField[];
}

type AnyDocument = IndexedDocument<unknown>;
type Term = Extract<Query, { kind: "term" }>;

const fieldsFor = (document: AnyDocument, field: string | null): readonly IndexedField[] => {
  if (field === null) return document.defaultFields;
  const named = document.fields.get(field);
  return named === undefined ? [] : [named];
};

const isTerm = (query: Query): query is Term => query.kind === "term";

/** Words of one field are judged together, everything else on its own; the result is the mean by boost. */
const groupScore = (document: AnyDocument, positive: readonly Clause[], scores: readonly (number | null)[]): number => {
  const bags = Map.groupBy(
    positive.map((clause) => clause.query).filter((query): query is Term => isTerm(query)),
    (term) => term.field,
  );
  let total = 0;
  let weight = 0;
  for (const [field, terms] of bags) {
    if (terms.length < 2) continue;
    const boost = terms.reduce((sum, term) => sum + term.boost, 0);
    const texts = terms.map((term) => term.text);
    const together = bestScore(fieldsFor(document, field).map((each) => matchWords(texts, each)));
    total += boost * (together ?? 0);
    weight += boost;
  }
  positive.forEach(({ query }, position) => {
    if (isTerm(query) && (bags.get(query.field)?.length ?? 0) >= 2) return;
    total += query.boost * (scores[position] ?? 0);
    weight += query.boost;
  });
  return weight === 0 ? 0 : total / weight;
};

/** How well a document answers a query: null not at all, otherwise 0 to 1. */
export const matchDocument = (query: Query, document: AnyDocument): number | null => {
  switch (query.kind) {
    case "everything":
      return 1;
    case "term":
    case "phrase":
    case "fuzzy":
    case "pattern":
    case "range":
      return bestScore(fieldsFor(document, query.field).map((field) => matchField(query, field)));
    case "group": {
      const unwanted = query.clauses.filter((clause) => clause.occur === "must-not");
      if (unwanted.some((clause) => matchDocument(clause.query, document) !== null)) return null;
      const positive = query.clauses.filter((clause) => clause.occur !== "must-not");
      // A query that only excludes finds everything else, as Solr has it.
      if (positive.length === 0) return 1;
      const scores = positive.map((clause) => matchDocument(clause.query, document));
      if (positive.some((clause, position) => clause.occur === "must" && scores[position] === null)) return null;
      if (scores.every((score) => score === null)) return null;
      return groupScore(document, positive, scores);
    }
  }
};
