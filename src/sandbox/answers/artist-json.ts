import type { AlbumRecord, ArtistRecord } from "../data/records.ts";
import { artistTypeIds, artistUrlRelationIds, genderIds } from "../data/vocabulary.ts";
import type { Json } from "./answer.ts";
import { passesStatus, passesType } from "./filters.ts";
import type { Filters } from "./filters.ts";
import { areaJson, creditsJson, relationsJson, releaseJson, topLevelJson } from "./parts-json.ts";
import type { Inc } from "./parts-json.ts";
import { longestSubList, plainReleaseGroupJson } from "./release-group-json.ts";

const subLists = (albums: readonly AlbumRecord[], inc: Inc, filters: Filters): Json => {
  const wanted = albums.filter((album) => passesType(album, filters));
  const releases = wanted.flatMap((album) =>
    album.releases.filter((release) => passesStatus(release, filters)).map((release) => ({ release, album })),
  );
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
          releases: releases
            .slice(0, longestSubList)
            .map(({ release, album }) => releaseJson(release, album.credits, inc)),
        }
      : {}),
    // The data set has none of these yet; the service shows an empty list too when an artist has none.
    ...(inc.has("recordings") ? { recordings: [] } : {}),
    ...(inc.has("works") ? { works: [] } : {}),
  };
};

/**
 * An artist as a lookup shows it (https://musicbrainz.org/doc/MusicBrainz_API#Lookups): unknown values are null, and
 * nothing beyond the plain fields is there unless `inc` asks for it.
 */
export const artistJson = (artist: ArtistRecord, albums: readonly AlbumRecord[], inc: Inc, filters: Filters): Json => ({
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
  ...subLists(albums, inc, filters),
});
