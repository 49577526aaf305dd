import { hasCover } from "../cover-art/cover-image.ts";
import type { Catalogue } from "../data/catalogue.ts";
import type { AlbumRecord, LabelRecord, MediumRecord, ReleaseRecord, TrackRecord } from "../data/records.ts";
import { labelTypeIds, releaseUrlRelationIds } from "../data/vocabulary.ts";
import type { Json } from "./answer.ts";
import {
  asksForCredits,
  creditsJson,
  plainMediumJson,
  plainReleaseJson,
  relationsJson,
  shownWith,
  subDataJson,
  topLevelJson,
} from "./parts-json.ts";
import type { Inc, ShownArtists } from "./parts-json.ts";
import { recordingJson } from "./recording-json.ts";
import { plainReleaseGroupJson } from "./release-group-json.ts";

const labelJson = (label: LabelRecord, inc: Inc): Json => ({
  id: label.id,
  name: label.name,
  "sort-name": label.name,
  disambiguation: "",
  type: label.type,
  "type-id": label.type === null ? null : labelTypeIds[label.type],
  "label-code": label.code,
  ...(inc.has("aliases") ? { aliases: [] } : {}),
  ...(inc.has("tags") ? { tags: [] } : {}),
  ...(inc.has("genres") ? { genres: [] } : {}),
});

/** Relationships of recordings come only at their own level, and the data set has none of them. */
const recordingRelations = (inc: Inc): Json =>
  inc.has("recording-level-rels") && [...inc].some((value) => value.endsWith("-rels") && !value.endsWith("level-rels"))
    ? { relations: [] }
    : {};

const trackJson = (track: TrackRecord, catalogue: Catalogue, inc: Inc, shown: ShownArtists): Json => ({
  id: track.id,
  position: track.position,
  number: track.number,
  title: track.title,
  length: track.length,
  ...(asksForCredits(inc) ? { "artist-credit": creditsJson(track.credits, inc, shown) } : {}),
  recording: {
    ...recordingJson(
      track.recording,
      catalogue.firstReleaseDate(track.recording),
      inc,
      shownWith(track.credits, shown),
    ),
    ...recordingRelations(inc),
  },
});

/** The service gives no `tracks` and no `track-offset` where a medium has no tracks or none were asked for. */
const mediumJson = (medium: MediumRecord, catalogue: Catalogue, inc: Inc, shown: ShownArtists): Json => {
  const track = (one: TrackRecord): Json => trackJson(one, catalogue, inc, shown);
  const { pregap, tracks, dataTracks } = medium;
  return {
    ...plainMediumJson(medium),
    ...(inc.has("discids") ? { discs: [] } : {}),
    ...(inc.has("recordings")
      ? {
          ...(pregap === null ? {} : { pregap: track(pregap) }),
          ...(tracks.length === 0 ? {} : { "track-offset": 0, tracks: tracks.map(track) }),
          ...(dataTracks.length === 0 ? {} : { "data-tracks": dataTracks.map(track) }),
        }
      : {}),
  };
};

const releaseGroupOfJson = (album: AlbumRecord, inc: Inc, shown: ShownArtists): Json => ({
  ...plainReleaseGroupJson(album),
  ...(asksForCredits(inc) ? { "artist-credit": creditsJson(album.credits, inc, shown) } : {}),
  ...subDataJson(album, inc),
  ...(inc.has("ratings") ? { rating: { value: album.rating.value, "votes-count": album.rating.votes } } : {}),
});

/**
 * A release as a lookup and a browse page show it (https://musicbrainz.org/doc/MusicBrainz_API#Lookups). Nothing beyond
 * the plain fields is there unless `inc` asks for it. Tags and genres of an artist stand on the outermost credit only.
 */
export const releaseJson = (release: ReleaseRecord, catalogue: Catalogue, inc: Inc): Json => {
  const album = catalogue.albumOf(release);
  const shown = shownWith(release.credits);
  const pictured = hasCover(album.id);
  const unrated = [...inc].filter((value) => value !== "ratings");
  return {
    ...plainReleaseJson(release),
    asin: release.asin,
    "cover-art-archive": {
      artwork: pictured,
      count: pictured ? 1 : 0,
      front: pictured,
      back: false,
      darkened: false,
    },
    ...(asksForCredits(inc) ? { "artist-credit": creditsJson(release.credits, inc) } : {}),
    ...(inc.has("labels")
      ? {
          "label-info": release.labels.map(({ label, catalogNumber }) => ({
            "catalog-number": catalogNumber,
            label: label === null ? null : labelJson(label, inc),
          })),
        }
      : {}),
    ...(inc.has("release-groups") ? { "release-group": releaseGroupOfJson(album, inc, shown) } : {}),
    ...(inc.has("media") || inc.has("discids") || inc.has("recordings")
      ? { media: release.media.map((medium) => mediumJson(medium, catalogue, inc, shown)) }
      : {}),
    // A release has no rating of its own; the one of its release group is shown there.
    ...topLevelJson(release, new Set(unrated)),
    ...relationsJson(release.urls, releaseUrlRelationIds, inc),
  };
};
