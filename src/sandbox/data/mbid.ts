import { createHash } from "node:crypto";

/**
 * A made-up but stable identifier for what has no real MusicBrainz identifier here: the same words always give the same
 * one, shaped like a version 4 UUID, so that nothing downstream can tell it from a real one.
 *
 * @example mbid("artist", "Аквариум")
 */
export const mbid = (...words: readonly string[]): string => {
  const hex = createHash("sha256").update(words.join("\u001f")).digest("hex");
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
};

/**
 * A number from 0 to 2^32 that looks like chance and is always the same for the same words.
 *
 * @example fingerprint("tracks", albumId) % 8
 */
export const fingerprint = (...words: readonly string[]): number =>
  createHash("sha256").update(words.join("\u001f")).digest().readUInt32BE(0);
