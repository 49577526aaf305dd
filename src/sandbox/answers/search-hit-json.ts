import { mbid } from "../data/mbid.ts";
import type { AreaRecord } from "../data/areas.ts";
import type { AlbumRecord, AliasRecord, ArtistRecord, CreditRecord, ReleaseStatus } from "../data/records.ts";
import {
  areaTypeIds,
  artistAliasTypeIds,
  artistTypeIds,
  genderIds,
  primaryTypeIds,
  secondaryTypeIds,
  statusIds,
} from "../data/vocabulary.ts";
import type { Hit } from "../search/search-index.ts";
import type { Json } from "./answer.ts";
import { tagsJson } from "./parts-json.ts";

/** Search hits leave out what is unknown or empty, where lookups say null. */
export const withoutEmpty = (fields: Json): Json =>
  Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) => value !== null && value !== "" && !(Array.isArray(value) && value.length === 0),
    ),
  );

const areaHit = (area: AreaRecord | null): Json | null =>
  area === null
    ? null
    : {
        id: area.id,
        type: area.kind,
        "type-id": areaTypeIds[area.kind],
        name: area.name,
        "sort-name": area.name,
        "life-span": { ended: null },
      };

const aliasHit = (alias: AliasRecord): Json => ({
  "sort-name": alias.sortName,
  ...(alias.type === null ? {} : { "type-id": artistAliasTypeIds[alias.type] }),
  name: alias.name,
  locale: alias.locale,
  type: alias.type,
  primary: alias.primary ? true : null,
  "begin-date": alias.begin,
  "end-date": alias.end,
});

/**
 * An artist as the search shows it (https://musicbrainz.org/doc/MusicBrainz_API/Search/ArtistSearch): without genres,
 * rating, annotation and relationships, with a lower-case gender, and `ended` null for false.
 */
export const artistHitJson = ({ entity: artist, score }: Hit<ArtistRecord>): Json => ({
  id: artist.id,
  score,
  ...withoutEmpty({
    type: artist.type,
    "type-id": artist.type === null ? null : artistTypeIds[artist.type],
    name: artist.name,
    "sort-name": artist.sortName,
    gender: artist.gender === null ? null : artist.gender.toLowerCase(),
    "gender-id": artist.gender === null ? null : genderIds[artist.gender],
    country: artist.area?.iso ?? null,
    area: areaHit(artist.area),
    "begin-area": areaHit(artist.beginArea),
    "end-area": areaHit(artist.endArea),
    disambiguation: artist.disambiguation,
    ipis: artist.ipis,
    isnis: artist.isnis,
    aliases: artist.aliases.map(aliasHit),
    tags: tagsJson(artist),
  }),
  "life-span": {
    ...withoutEmpty({ begin: artist.begin, end: artist.end }),
    ended: artist.ended ? true : null,
  },
});

/** A status as the search shows it: nothing at all when it is unknown. */
export const statusHit = (status: ReleaseStatus | null): Json =>
  status === null ? {} : { "status-id": statusIds[status], status };

/** An artist credit as the search shows it; the credit of a release inside a recording lacks the aliases. */
export const creditHit = ({ artist, name, join }: CreditRecord, parts: { readonly aliases: boolean }): Json => ({
  name,
  ...withoutEmpty({ joinphrase: join }),
  artist: withoutEmpty({
    id: artist.id,
    name: artist.name,
    "sort-name": artist.sortName,
    disambiguation: artist.disambiguation,
    aliases: parts.aliases ? artist.aliases.map(aliasHit) : [],
  }),
});

/** The artist credit of a search hit. */
export const creditsHit = (credits: readonly CreditRecord[]): readonly Json[] =>
  credits.map((credit) => creditHit(credit, { aliases: true }));

/** The identifier of an artist credit, which only the search shows. */
export const creditId = (credits: readonly CreditRecord[]): string =>
  mbid("artist-credit", ...credits.flatMap((part) => [part.artist.id, part.name]));

/**
 * A release group as the search shows it (https://musicbrainz.org/doc/MusicBrainz_API/Search/ReleaseGroupSearch): without
 * genres, rating, annotation, relationships and aliases. `count` is its number of releases.
 */
export const releaseGroupHitJson = ({ entity: album, score }: Hit<AlbumRecord>): Json => {
  const primaryId = album.primaryType === null ? null : primaryTypeIds[album.primaryType];
  const secondaryIds = album.secondaryTypes.map((type) => secondaryTypeIds[type]);
  return {
    id: album.id,
    score,
    ...withoutEmpty({
      "type-id": secondaryIds[0] ?? primaryId,
      "primary-type-id": primaryId,
      "artist-credit-id": creditId(album.credits),
      title: album.title,
      disambiguation: album.disambiguation,
      "first-release-date": album.firstReleaseDate,
      "primary-type": album.primaryType,
      "secondary-types": album.secondaryTypes,
      "secondary-type-ids": secondaryIds,
      tags: tagsJson(album),
    }),
    count: album.releases.length,
    "artist-credit": creditsHit(album.credits),
    releases: album.releases.map((release) => ({
      id: release.id,
      title: release.title,
      ...statusHit(release.status),
    })),
  };
};
