import { AccessionError } from "../engine/errors.ts";
import type { Kind } from "../index.ts";
import { album, artist, list, release, song } from "../music/index.ts";

/** The kinds that the command's catalogues hold. */
export const kinds: readonly Kind[] = [artist, album, release, song, list];

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

/** The name of the kind that people mean by `artist` or `music.artist`. @throws AccessionError `kind-unknown`. */
export function readKind(text: string): string {
  const found = kinds.find(({ name }) => name === text || kindWord(name) === text);
  if (found) return found.name;
  const known = kinds.map(({ name }) => kindWord(name)).join(", ");
  throw new AccessionError("kind-unknown", `No kind is named "${text.slice(0, 100)}". Known: ${known}.`);
}
