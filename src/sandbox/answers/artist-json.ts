import type { AlbumRecord, ArtistRecord, RecordingRecord } from "../data/records.ts";
import { artistTypeIds, artistUrlRelationIds, genderIds } from "../data/vocabulary.ts";
import type { Json } from "./answer.ts";
import { passesStatus, passesType } from "./filters.ts";
import type { Filters } from "./filters.ts";
import { areaJson, creditsJson, relationsJson, listedReleaseJson, topLevelJson } from "./parts-json.ts";
import type { Inc } from "./parts-json.ts";
import { recordingJson } from "./recording-json.ts";
import { longestSubList, plainReleaseGroupJson } from "./release-group-json.ts";

/** What is by an artist. The recordings are only gathered when they are asked for. */
export interface ArtistWorks {
  readonly albums: readonly AlbumRecord[];
  readonly recordings: () => readonly RecordingRecord[];
}

const subLists = ({ albums, recordings }: ArtistWorks, inc: Inc, filters: Filters): Json => {
  const wanted = albums.filter((album) => passesType(album, filters));
  const releases = wanted.flatMap((album) => album.releases.filter((release) => passesStatus(release, filters)));
  return {
    ...(inc.has("release-groups")
      ? {
          "release-groups": wanted.slice(0, longestSubList).map((album) => ({
            ...plainReleaseGroupJson(album),
            ...(inc.has("artist-credits") ? { "artist-credit": creditsJson(album.credits, inc) } : {}),
          })),
        }
      : {}),
    ...(inc.has("releases")
      ? {
          releases: releases.slice(0, longestSubList).map((release) => listedReleaseJson(release, inc)),
        }
      : {}),
    ...(inc.has("recordings")
      ? {
          recordings: recordings()
            .slice(0, longestSubList)
            .map((recording) => recordingJson(recording, null, inc)),
        }
      : {}),
    // The data set has none; the service shows an empty list too when an artist has none.
    ...(inc.has("works") ? { works: [] } : {}),
  };
};

/**
 * An artist as a lookup shows it (https://musicbrainz.org/doc/MusicBrainz_API#Lookups): unknown values are null, and
 * nothing beyond the plain fields is there unless `inc` asks for it.
 */
export const artistJson = (artist: ArtistRecord, works: ArtistWorks, inc: Inc, filters: Filters): Json => ({
  id: artist.id,
  name: artist.name,
  "sort-name": artist.sortName,
  disambiguation: artist.disambiguation,
  type: artist.type,
  "type-id": artist.type === null ? null : artistTypeIds[artist.type],
  gender: artist.gender,
  "gender-id": artist.gender === null ? null : genderIds[artist.gender],
  country: artist.area?.iso ?? null,
  area: areaJson(artist.area),
  "begin-area": areaJson(artist.beginArea),
  "end-area": areaJson(artist.endArea),
  "life-span": { begin: artist.begin, end: artist.end, ended: artist.ended },
  isnis: artist.isnis,
  ipis: artist.ipis,
  ...topLevelJson(artist, inc),
  ...relationsJson(artist.urls, artistUrlRelationIds, inc),
  ...subLists(works, inc, filters),
});
