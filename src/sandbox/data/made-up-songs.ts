import { fingerprint } from "./mbid.ts";
import type { SongFacts } from "./song-facts.ts";

const first = ["Silver", "Paper", "Hollow", "Northern", "Velvet", "Broken", "Distant", "Copper", "Quiet", "Burning"];
const second = ["Harbour", "Lantern", "Meridian", "Orchard", "Signal", "Carousel", "Telegraph", "Winter", "Mirror"];
const shortest = 95_000;
const spread = 330_000;

/** Fewest and most songs of an album whose songs nobody has written down. */
const fewest = 5;
const most = 12;

/** How many songs an album gets whose tracks nobody has written down: 5 to 12, always the same for the same album. */
export const madeUpCount = (albumId: string): number => fewest + (fingerprint("songs", albumId) % (most - fewest + 1));

/**
 * Songs with made-up titles and lengths, none of the titles twice on one album. An album always gets the same ones, and
 * asking for more of them leaves the first ones as they are.
 *
 * @param count at most 90 have titles of two words; later ones are numbered
 */
export const madeUpSongs = (albumId: string, count: number): readonly SongFacts[] => {
  const start = fingerprint("titles", albumId);
  return Array.from({ length: count }, (_, at): SongFacts => {
    // Both lists have no common divisor, so that every pair comes once in ninety.
    const number = (start % 90) + at;
    const words = `${first[number % 10] ?? ""} ${second[number % 9] ?? ""}`;
    const title = at < 90 ? words : `${words}, Part ${String(Math.floor(at / 90) + 1)}`;
    return [title, shortest + ((start + at * 7_919_333) % spread)];
  });
};
