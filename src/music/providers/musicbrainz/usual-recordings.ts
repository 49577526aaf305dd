import { normaliseName } from "../../../engine/normalise.ts";
import { parsePartialDate } from "../../../engine/partial-date.ts";
import { said, saidWord } from "./names.ts";
import type { RecordingHit } from "./responses/recording.ts";

/**
 * The hits of a recording search without those that no person could tell from a better one. Recordings of one title by the
 * same artists, of which nothing else is said, are the song itself, entered more than once; of these the one stays that is
 * on an official studio release, and of several the one that came out first. Live recordings, mixes and videos say what
 * they are, and all stay.
 *
 * @param year what is known of when it came out: the one of that year is then the better one.
 */
export function withoutTwins(hits: readonly RecordingHit[], year: string | undefined): readonly RecordingHit[] {
  const twins = Map.groupBy(hits.filter(isPlain), twinKey);
  const kept = new Set([...twins.values()].flatMap((group) => group.toSorted(byUse(year))[0] ?? []));
  return hits.filter((hit) => !isPlain(hit) || kept.has(hit));
}

function isPlain(hit: RecordingHit): boolean {
  return said(hit.disambiguation) === undefined && hit.video !== true;
}

function twinKey(hit: RecordingHit): string {
  return JSON.stringify([normaliseName(hit.title), hit["artist-credit"].map((credit) => credit.artist.id)]);
}

/** The one that is meant first. */
function byUse(year: string | undefined): (left: RecordingHit, right: RecordingHit) => number {
  const keyOf = (hit: RecordingHit): string => {
    const date = parsePartialDate(hit["first-release-date"]) ?? "unknown";
    const isOfYear = year !== undefined && date.startsWith(year.slice(0, 4));
    return [isOfYear ? 0 : 1, isOnStudioRelease(hit) ? 0 : 1, date].join(" ");
  };
  return (left, right) => {
    const [a, b] = [keyOf(left), keyOf(right)];
    return a === b ? right.releases.length - left.releases.length : a < b ? -1 : 1;
  };
}

function isOnStudioRelease(hit: RecordingHit): boolean {
  return hit.releases.some(
    ({ status, "release-group": group }) =>
      saidWord(status) === "official" && group != null && group["secondary-types"].length === 0,
  );
}
