import type { AlbumRecord } from "../data/records.ts";
import { primaryTypeIds, releaseGroupUrlRelationIds, secondaryTypeIds } from "../data/vocabulary.ts";
import type { Json } from "./answer.ts";
import { passesStatus } from "./filters.ts";
import type { Filters } from "./filters.ts";
import { asksForCredits, creditsJson, listedReleaseJson, relationsJson, topLevelJson } from "./parts-json.ts";
import type { Inc } from "./parts-json.ts";

/** A lookup lists at most so many releases, release groups, recordings or works, and cannot be paged. */
export const longestSubList = 25;

/** The fields that a release group has wherever it appears. */
export const plainReleaseGroupJson = (album: AlbumRecord): Json => ({
  id: album.id,
  title: album.title,
  disambiguation: album.disambiguation,
  "primary-type": album.primaryType,
  "primary-type-id": album.primaryType === null ? null : primaryTypeIds[album.primaryType],
  "secondary-types": album.secondaryTypes,
  "secondary-type-ids": album.secondaryTypes.map((type) => secondaryTypeIds[type]),
  "first-release-date": album.firstReleaseDate,
});

/**
 * A release group as a lookup and a browse page show it (https://musicbrainz.org/doc/MusicBrainz_API#Lookups). Nothing
 * beyond the plain fields is there unless `inc` asks for it.
 */
export const releaseGroupJson = (album: AlbumRecord, inc: Inc, filters: Filters): Json => ({
  ...plainReleaseGroupJson(album),
  ...(asksForCredits(inc) ? { "artist-credit": creditsJson(album.credits, inc) } : {}),
  ...(inc.has("releases")
    ? {
        releases: album.releases
          .filter((release) => passesStatus(release, filters))
          .slice(0, longestSubList)
          .map((release) => listedReleaseJson(release, inc)),
      }
    : {}),
  ...topLevelJson(album, inc),
  ...relationsJson(album.urls, releaseGroupUrlRelationIds, inc),
});
