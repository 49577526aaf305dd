import { distance } from "fastest-levenshtein";

/** Where the words are that a misspelled word may have meant: they begin, or else end, as it does, and are as long. */
export interface WordRange {
  readonly beginning: string;
  /** Read backwards, as the index has it. */
  readonly end: string;
  readonly shortest: number;
  readonly longest: number;
}

// What a word of so many letters may have wrong. Ideographs say more with fewer.
const leastLetters = (word: string): number => (/^[\p{ASCII}]*$/u.test(word) ? 4 : 3);
const twoErrors = 7;
/** In a word of fewer letters, three at the end would reach into the two at the beginning, and one error could spoil both. */
const threeAtEnd = 6;
/** Of the words that one may have meant, no more are looked for. */
const mostVariants = 30;

/** Whether a word is long enough to be recognised where it is misspelled. */
export function canBeMisspelled(word: string): boolean {
  return Array.from(word).length >= leastLetters(word);
}

/** The range of a word that {@link canBeMisspelled}. */
export function rangeOf(word: string): WordRange {
  const letters = Array.from(word);
  const errors = errorsIn(word);
  return {
    beginning: letters.slice(0, 2).join(""),
    end: letters
      .slice(letters.length < threeAtEnd ? -2 : -3)
      .toReversed()
      .join(""),
    shortest: letters.length - errors,
    longest: letters.length + errors,
  };
}

/**
 * Of words, those that the typed one may have meant, the likeliest first: those with one error, and where there are none,
 * those with two.
 */
export function variantsOf(typed: string, words: readonly string[]): readonly string[] {
  const near = words
    .map((word) => ({ word, errors: errorsBetween(typed, word) }))
    .filter(({ errors }) => errors <= errorsIn(typed))
    .toSorted((left, right) => left.errors - right.errors);
  const most = Math.max(1, near[0]?.errors ?? 0);
  return near
    .filter(({ errors }) => errors <= most)
    .slice(0, mostVariants)
    .map(({ word }) => word);
}

/**
 * How far a name is from the typed words: the errors in each, and a little for a word that was not typed. The smaller, the
 * likelier is it meant.
 */
export function farness(typed: readonly string[], nameKey: string): number {
  const words = nameKey.split(" ");
  const errors = typed.map((one) =>
    Math.min(...words.map((word) => (word.startsWith(one) ? (word === one ? 0 : 0.5) : errorsBetween(one, word)))),
  );
  return errors.reduce((sum, one) => sum + one, 0) + Math.abs(words.length - typed.length) / 10;
}

function errorsIn(word: string): number {
  return Array.from(word).length >= twoErrors ? 2 : 1;
}

/** Letters that are wrong, missing or too many; two neighbours that changed places are one error. */
function errorsBetween(typed: string, word: string): number {
  const steps = distance(typed, word);
  return steps === 2 && typed.length === word.length && sorted(typed) === sorted(word) ? 1 : steps;
}

function sorted(word: string): string {
  return Array.from(word).toSorted().join("");
}
