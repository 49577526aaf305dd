import type { RecordingUse } from "../data/release-index.ts";
import type { RecordingRecord } from "../data/records.ts";
import type { Json } from "./answer.ts";
import { passesStatus, passesType } from "./filters.ts";
import type { Filters } from "./filters.ts";
import {
  asksForCredits,
  creditsJson,
  listedReleaseJson,
  plainMediumJson,
  plainReleaseJson,
  relationsJson,
  shownWith,
  subDataJson,
  topLevelJson,
} from "./parts-json.ts";
import type { Inc, ShownArtists } from "./parts-json.ts";
import { longestSubList, plainReleaseGroupJson } from "./release-group-json.ts";

/**
 * A recording inside another entity (https://musicbrainz.org/doc/Recording): no rating, no annotation, no relationships.
 *
 * @param firstReleaseDate null leaves the field out, as the service does for recordings of no known date
 */
export const recordingJson = (
  recording: RecordingRecord,
  firstReleaseDate: string | null,
  inc: Inc,
  shown?: ShownArtists,
): Json => ({
  id: recording.id,
  title: recording.title,
  length: recording.length,
  video: recording.video,
  disambiguation: recording.disambiguation,
  ...(firstReleaseDate === null ? {} : { "first-release-date": firstReleaseDate }),
  ...(inc.has("isrcs") ? { isrcs: recording.isrcs } : {}),
  ...(asksForCredits(inc) ? { "artist-credit": creditsJson(recording.credits, inc, shown) } : {}),
  ...subDataJson(recording, inc),
});

/** Of the media only those that have the recording, of their tracks only the recording's. */
const mediaWith = (uses: readonly RecordingUse[]): readonly Json[] =>
  [...Map.groupBy(uses, (use) => use.medium)].map(([medium, onMedium]) => ({
    ...plainMediumJson(medium),
    "track-offset": Math.max(0, (onMedium[0]?.track.position ?? 1) - 1),
    tracks: onMedium.map(({ track: { id, position, number, title, length } }) => ({
      id,
      position,
      number,
      title,
      length,
    })),
  }));

const releasesJson = (uses: readonly RecordingUse[], inc: Inc, filters: Filters, shown: ShownArtists): Json => {
  if (!inc.has("releases")) return {};
  const wanted = uses.filter(({ album, release }) => passesStatus(release, filters) && passesType(album, filters));
  const listed = [...Map.groupBy(wanted, (use) => use.release)].slice(0, longestSubList);
  return {
    releases: listed.map(([release, onRelease]) => {
      const album = onRelease[0]?.album;
      return {
        ...plainReleaseJson(release),
        ...listedReleaseJson(release, new Set([...inc].filter((value) => value !== "media")), shown),
        ...(inc.has("media") ? { media: mediaWith(onRelease) } : {}),
        ...(inc.has("release-groups") && album !== undefined
          ? {
              "release-group": {
                ...plainReleaseGroupJson(album),
                // Always empty: the service takes the parameter for the group as well, and has nothing loaded.
                releases: [],
                ...(asksForCredits(inc) ? { "artist-credit": creditsJson(album.credits, inc, shown) } : {}),
                ...subDataJson(album, inc),
              },
            }
          : {}),
      };
    }),
  };
};

/**
 * A recording as a lookup shows it (https://musicbrainz.org/doc/MusicBrainz_API#Lookups), with at most 25 of the releases
 * that it is on.
 *
 * @param uses all tracks that have it, earliest release first
 */
export const wholeRecordingJson = (
  recording: RecordingRecord,
  uses: readonly RecordingUse[],
  inc: Inc,
  filters: Filters,
): Json => ({
  ...recordingJson(recording, uses[0]?.release.date ?? null, inc),
  ...releasesJson(uses, inc, filters, asksForCredits(inc) ? shownWith(recording.credits) : new Set()),
  ...topLevelJson(recording, inc),
  ...relationsJson([], {}, inc),
});
