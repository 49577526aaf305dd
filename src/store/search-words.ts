import { type RawBuilder, sql } from "kysely";
import { normaliseName, normaliseWithoutArticle } from "../engine/normalise.ts";

/** What the store looks for, of a text that somebody has typed. */
export interface SearchedName {
  /** The keys that a name of exactly this text may have: kinds differ in whether they fold a leading article away. */
  readonly keys: readonly string[];
  /** Their beginnings, as far as the index of titles has them. */
  readonly beginnings: readonly string[];
  /** Its words, each once. */
  readonly words: readonly string[];
}

// The store looks no further into a name.
const longestKey = 500;
const longestBeginning = 80;
/** Names of more letters have no lexeme without their spaces. */
const longestJoined = 40;
const mostWords = 8;

/** Reads a text as a name to search for; undefined where there is nothing in it that a name could have. */
export function readSearchedName(text: string): SearchedName | undefined {
  const read = text.slice(0, 2 * longestKey);
  const keys = [normaliseWithoutArticle(read), normaliseName(read), `the ${normaliseWithoutArticle(read)}`];
  const beginnings = keys.map((key) => Array.from(key).slice(0, longestBeginning).join("").trim());
  const [beginning = ""] = beginnings;
  if (beginning === "") return undefined;
  return {
    keys: [...new Set(keys.map((key) => key.slice(0, longestKey).toWellFormed()))],
    beginnings: [...new Set(beginnings)],
    words: [...new Set(beginning.split(" "))].slice(0, mostWords),
  };
}

/**
 * The query for items that have all words as they were typed, in any order, or the name without its spaces. What is
 * typed may be the beginning of a word, except where it is so short that half of all words begin with it.
 */
export function typedQuery({ beginnings: [key = ""], words }: SearchedName): string {
  const all = words.map((word) => (/^[a-z0-9]{1,2}$/.test(word) ? lexeme(word) : `${lexeme(word)}:*`));
  const joined = words.length > 1 ? [`${lexeme(key.replaceAll(" ", ""))}:*`] : [];
  return [`(${all.join(" & ")})`, ...joined].join(" | ");
}

/** The condition that an item's indexed names meet a query. @param item the alias of its table. */
export function namesMeet(schema: string, item: string, query: string): RawBuilder<unknown> {
  return sql`${sql.table(`${schema}.name_lexemes`)}(${sql.ref(`${item}.name_keys`)}) @@ ${query}::tsquery`;
}

/**
 * The query for items that may have one of these keys as a name, of all names that are indexed. Names that it cannot tell
 * apart have the same letters, or begin with the same 80, so whoever asks compares them.
 */
export function namedQuery(keys: readonly string[]): string {
  return keys
    .map((key) => {
      const indexed = Array.from(key).slice(0, longestBeginning);
      const words = indexed
        .join("")
        .split(" ")
        .filter((word) => word !== "");
      const joined = words.length > 1 && indexed.length <= longestJoined ? [words.join("")] : words;
      return joined.map(lexeme).join(" & ");
    })
    .filter((query) => query !== "")
    .map((query) => `(${query})`)
    .join(" | ");
}

/** The query for items that have one of each word's variants. */
export function variantsQuery(variants: readonly (readonly string[])[]): string {
  return variants.map((words) => `(${words.map(lexeme).join(" | ")})`).join(" & ");
}

/** The word as a query of PostgreSQL's text search spells it. */
function lexeme(word: string): string {
  return `'${word.replaceAll(/['\\]/g, String.raw`$&$&`)}'`;
}
