import { distance } from "fastest-levenshtein";
import { AccessionError } from "../engine/errors.ts";
import type { Kind } from "../index.ts";
import { album, artist, list, release, song } from "../music/index.ts";

/** The kinds that the command's catalogues hold. */
export const kinds: readonly Kind[] = [artist, album, release, song, list];

/** Letters that are wrong, missing or too many; two letters that changed places are two. */
const mostSlips = 2;

/** The kind with this name, which an item of the catalogue is sure to have. */
export function kindNamed(name: string): Kind {
  const kind = kinds.find((one) => one.name === name);
  if (!kind) throw new Error(`the catalogue holds a ${name}, a kind that this version does not have`);
  return kind;
}

/** What people call the kind: its name without the pack's. @example kindWord("music.artist"); // "artist" */
export function kindWord(name: string): string {
  return name.slice(name.indexOf(".") + 1);
}

/**
 * The name of the kind that people mean by `artist` or `music.artist`.
 *
 * @throws AccessionError `kind-unknown`, with the kinds that there are, and the one that may have been meant.
 */
export function readKind(text: string): string {
  const found = kinds.find(({ name }) => name === text || kindWord(name) === text);
  if (found) return found.name;
  const words = kinds.map(({ name }) => kindWord(name));
  const near = nearest(kindWord(text.trim().toLowerCase().slice(0, 100)), words);
  throw new AccessionError(
    "kind-unknown",
    `No kind is named "${text.slice(0, 100)}".${near === undefined ? "" : ` Did you mean ${near}?`} Known: ${words.join(", ")}.`,
    { remedy: "Write one of the known kinds." },
  );
}

/** The word that a text is a slip of the pen away from; undefined where none is. */
function nearest(text: string, words: readonly string[]): string | undefined {
  const [best] = words.map((word) => ({ word, slips: distance(text, word) })).toSorted((a, b) => a.slips - b.slips);
  return best && best.slips <= mostSlips ? best.word : undefined;
}
