/** Whether a document has to match a clause, may match it, or must not. */
export type Occur = "must" | "should" | "must-not";

/** A part of a group with its role in it. */
export interface Clause {
  readonly occur: Occur;
  readonly query: Query;
}

/** A piece of a wildcard pattern: literal text, any one character, or any run of characters. */
export type PatternPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "one" }
  | { readonly kind: "many" };

/**
 * A parsed Lucene query. `field` null means the default fields of the index; `boost` multiplies the score, 1 by default.
 * Texts are unescaped but not folded.
 */
export type Query =
  | { readonly kind: "group"; readonly clauses: readonly Clause[]; readonly boost: number }
  | { readonly kind: "term"; readonly field: string | null; readonly text: string; readonly boost: number }
  | {
      readonly kind: "phrase";
      readonly field: string | null;
      readonly text: string;
      /** How many words may stand between those of the phrase. */
      readonly slop: number;
      readonly boost: number;
    }
  | {
      readonly kind: "fuzzy";
      readonly field: string | null;
      readonly text: string;
      /** Edits allowed, 0 to 2. */
      readonly edits: number;
      readonly boost: number;
    }
  | {
      readonly kind: "pattern";
      readonly field: string | null;
      readonly parts: readonly PatternPart[];
      readonly boost: number;
    }
  | {
      readonly kind: "range";
      readonly field: string | null;
      /** null is open. */
      readonly from: string | null;
      readonly to: string | null;
      readonly includesFrom: boolean;
      readonly includesTo: boolean;
      readonly boost: number;
    }
  | { readonly kind: "everything"; readonly boost: number };

/**
 * The query behind `dismax=true`: plain text in which no character means anything. Documents with any of the words match,
 * those with the whole text in a row rank first.
 */
export const plainTextQuery = (text: string): Query => {
  const phrase: Query = { kind: "phrase", field: null, text, slop: 0, boost: 1 };
  const terms = text
    .split(/\s+/u)
    .filter((word) => word !== "")
    .map((word): Query => ({ kind: "term", field: null, text: word, boost: 1 }));
  const alternatives = terms.length > 1 ? [phrase, ...terms] : [phrase];
  return { kind: "group", clauses: alternatives.map((query) => ({ occur: "should", query })), boost: 1 };
};
