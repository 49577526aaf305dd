import type { Category } from "../../../engine/contribution.ts";
import type { CountResponse } from "./responses/parts.ts";

/** How many genres, and how many tags, are worth keeping. */
const most = 5;

/** Words that are written in capitals; all else gets a capital first letter. */
const acronyms = new Set([
  "aor",
  "dj",
  "ebm",
  "edm",
  "idm",
  "lgbt",
  "mc",
  "mpb",
  "nwobhm",
  "opm",
  "rac",
  "uk",
  "us",
  "usa",
]);

/**
 * The strongest genres or tags as categories, by votes, and by name where these are equal. What nobody voted for, or more
 * people against than for, is left out.
 */
export function strongest(type: "genre" | "tag", counts: readonly CountResponse[]): Category[] {
  const votes = new Map<string, number>();
  for (const { name, count } of counts) {
    const title = titleCase(name);
    if (count > 0 && title !== "") votes.set(title, Math.max(count, votes.get(title) ?? 0));
  }
  return [...votes]
    .toSorted(([nameA, a], [nameB, b]) => b - a || (nameA < nameB ? -1 : 1))
    .slice(0, most)
    .map(([name, weight]) => ({ type, name, weight }));
}

/** Places as categories, each once, without those that are not known. */
export function locations(...names: readonly (string | undefined)[]): Category[] {
  const known = names.filter((name) => name !== undefined);
  return [...new Set(known)].map((name) => ({ type: "location", name }));
}

/**
 * A genre or tag as a title; MusicBrainz has them in lower case. Hyphens, slashes and ampersands stay, and what follows
 * them begins a word.
 *
 * @example titleCase("post-punk"); // "Post-Punk"
 * @example titleCase("r&b"); // "R&B"
 */
export function titleCase(name: string): string {
  return name.trim().replaceAll(/\p{L}[\p{L}\p{M}\p{N}'’]*/gu, (word, offset: number, whole: string) => {
    if (acronyms.has(word.toLowerCase())) return word.toUpperCase();
    // "80s" and "2nd" stay as they are.
    if (offset > 0 && /\p{N}/u.test(whole.charAt(offset - 1))) return word;
    const [first = ""] = word;
    return first.toUpperCase() + word.slice(first.length);
  });
}
