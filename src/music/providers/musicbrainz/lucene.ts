import { storableText } from "../../../engine/json.ts";

/**
 * Web servers refuse request lines beyond 8 kB, of which a character may take nine: a query of two groups of alternatives
 * stays below it, and a group has room for two of the longest phrases.
 */
const limits = { phrase: 200, group: 3_800 };

/**
 * The text as one phrase of a Lucene query, to be found as it stands: inside quotes only the quote and the backslash mean
 * something, so `AC/DC`, `!!!` and `Sunn O)))` need nothing else.
 *
 * Source of the rule: https://lucene.apache.org/core/9_12_0/queryparser/org/apache/lucene/queryparser/classic/package-summary.html
 *
 * @example phrase('"Heroes"'); // "\"Heroes\"", in quotes
 */
export function phrase(text: string): string {
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

/** A phrase to be looked for in one field. @example field("artist", "AC/DC"); // artist:"AC/DC" */
export function field(name: string, text: string): string {
  return `${name}:${phrase(text)}`;
}

/** A query for what fits at least one of the clauses, likeliest first: the last ones are left out where room is short. */
export function anyOf(clauses: readonly string[]): string {
  let room = limits.group;
  const fitting = [...new Set(clauses)].filter((clause) => {
    room -= encodeURIComponent(` OR ${clause}`).length;
    return room >= 0;
  });
  return fitting.length === 1 ? (fitting[0] ?? "") : `(${fitting.join(" OR ")})`;
}

/** A query for what fits all of the clauses. */
export function allOf(clauses: readonly string[]): string {
  return clauses.join(" AND ");
}

/**
 * The ways in which to look for a name: as it stands, and without a leading English article, which people add to names
 * that have none. Control characters are gone, and a name beyond 200 characters is cut at a space where it has one: a
 * phrase also fits longer names that begin with it. Empty for a name of nothing visible.
 *
 * @example spellings("The Pink Floyd"); // ["The Pink Floyd", "Pink Floyd"]
 */
export function spellings(name: string): string[] {
  const visible = storableText(name)
    .replaceAll(/[\s\p{Cc}]+/gu, " ")
    .trim();
  const text = visible.length <= limits.phrase ? visible : cut(visible);
  const bare = text.replace(/^the +(?=\S)/i, "");
  return text === "" ? [] : bare === text || /^the$/i.test(bare) ? [text] : [text, bare];
}

function cut(text: string): string {
  // A surrogate pair that the cut divides leaves a lone half, which is dropped.
  const start = text.slice(0, limits.phrase).replace(/[\uD800-\uDBFF]$/, "");
  const space = start.lastIndexOf(" ");
  // Scripts without spaces, and one endless word, are cut where they must be.
  return (space > limits.phrase / 2 ? start.slice(0, space) : start).trim();
}
