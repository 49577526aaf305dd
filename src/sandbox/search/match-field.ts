import { distance } from "fastest-levenshtein";
import { bestScore } from "./best-score.ts";
import type { PatternPart, Query } from "./query.ts";
import { fold, words } from "./text-folding.ts";

/**
 * A field of a document as the index holds it. Text is compared word by word; a keyword as a whole; a date by its known
 * parts, so that `1988` finds `1988-01`; a number by its value, so that a range from 9 to 10 has both.
 */
export type IndexedField =
  | { readonly kind: "text"; readonly values: readonly (readonly string[])[]; readonly weight: number }
  | { readonly kind: "keyword" | "date" | "number"; readonly values: readonly string[]; readonly weight: number };

/** A query that looks into one field. */
export type FieldQuery = Exclude<Query, { kind: "group" | "everything" }>;

/** Every exact match scores above this, every partial one below. */
const partial = 0.7;

const consecutive = (value: readonly string[], wanted: readonly string[], slop: number): boolean =>
  value.some((_, start) => {
    let at = start;
    let skipped = 0;
    for (const word of wanted) {
      while (value[at] !== word) {
        // Only what stands between the words counts as skipped, so the first word has to stand at the start.
        if (at === start || at >= value.length || skipped >= slop) return false;
        at += 1;
        skipped += 1;
      }
      at += 1;
    }
    return true;
  });

/** Two-pointer matching: a pattern of many stars cannot make it slow, as it would a regular expression. */
const matchesPattern = (parts: readonly PatternPart[], text: string): boolean => {
  const pattern = parts.flatMap((part) => (part.kind === "text" ? Array.from(fold(part.text)) : [part.kind]));
  const characters = Array.from(text);
  let p = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < characters.length) {
    if (pattern[p] === "many") {
      star = p;
      resume = t;
      p += 1;
    } else if (pattern[p] === "one" || pattern[p] === characters[t]) {
      p += 1;
      t += 1;
    } else if (star >= 0) {
      resume += 1;
      p = star + 1;
      t = resume;
    } else {
      return false;
    }
  }
  return pattern.slice(p).every((part) => part === "many");
};

const withinRange = (query: Extract<FieldQuery, { kind: "range" }>, value: string): boolean => {
  const from = query.from === null ? null : fold(query.from);
  const to = query.to === null ? null : fold(query.to);
  const above = from === null || value > from || (query.includesFrom && value.startsWith(from));
  const below = to === null || (value < to && !value.startsWith(to)) || (query.includesTo && value.startsWith(to));
  return above && below && value !== "";
};

const withinNumbers = (query: Extract<FieldQuery, { kind: "range" }>, value: number): boolean => {
  const from = query.from === null ? Number.NEGATIVE_INFINITY : Number(query.from);
  const to = query.to === null ? Number.POSITIVE_INFINITY : Number(query.to);
  return (query.includesFrom ? value >= from : value > from) && (query.includesTo ? value <= to : value < to);
};

const matchesWhole = (query: FieldQuery, kind: "keyword" | "date" | "number", value: string): boolean => {
  switch (query.kind) {
    case "term":
    case "phrase": {
      const wanted = fold(query.text);
      return value === wanted || (kind === "date" && wanted !== "" && value.startsWith(`${wanted}-`));
    }
    case "fuzzy":
      return distance(fold(query.text), value) <= query.edits;
    case "pattern":
      return matchesPattern(query.parts, value);
    case "range":
      return kind === "number" ? withinNumbers(query, Number(value)) : withinRange(query, value);
  }
};

const textScore = (query: FieldQuery, value: readonly string[]): number | null => {
  const share = (matched: number): number => (partial * matched) / value.length;
  switch (query.kind) {
    case "term":
    case "phrase": {
      const wanted = words(query.text);
      const slop = query.kind === "phrase" ? query.slop : 0;
      if (wanted.length === 0 || !consecutive(value, wanted, slop)) return null;
      return wanted.length === value.length ? 1 : share(wanted.length);
    }
    case "fuzzy": {
      const wanted = fold(query.text);
      return value.some((word) => distance(wanted, word) <= query.edits) ? share(0.9) : null;
    }
    case "pattern":
      return value.some((word) => matchesPattern(query.parts, word)) ? share(0.9) : null;
    case "range":
      return withinRange(query, value.join(" ")) ? share(1) : null;
  }
};

/** How well a field answers a query: null not at all, otherwise up to the field's weight. */
export const matchField = (query: FieldQuery, field: IndexedField): number | null => {
  const score =
    field.kind === "text"
      ? bestScore(field.values.map((value) => textScore(query, value)))
      : field.values.some((value) => matchesWhole(query, field.kind, value))
        ? 1
        : null;
  return score === null ? null : score * field.weight;
};

/**
 * How well a field answers several words together: one that consists of exactly those words is nearly as good as the
 * phrase, so that `artist:(Pink Floyd)` ranks the band above one called "Pink".
 */
export const matchWords = (texts: readonly string[], field: IndexedField): number | null => {
  if (field.kind !== "text") return null;
  const wanted = [...new Set(texts.flatMap(words))];
  const scores = field.values.map((value) => {
    const matched = wanted.filter((word) => value.includes(word)).length;
    if (matched === 0) return null;
    return matched === wanted.length && new Set(value).size === matched
      ? 0.98
      : (partial * matched) / Math.max(wanted.length, value.length);
  });
  const score = bestScore(scores);
  return score === null ? null : score * field.weight;
};
