import type { AreaRecord } from "../data/areas.ts";
import { genreId } from "../data/genres.ts";
import { mbid } from "../data/mbid.ts";
import type {
  ArtistRecord,
  CreditRecord,
  EntityRecord,
  MediumRecord,
  ReleaseRecord,
  UrlRecord,
} from "../data/records.ts";
import { artistAliasTypeIds, artistTypeIds, formatIds, packagingIds, statusIds } from "../data/vocabulary.ts";
import type { Json } from "./answer.ts";

/** What a request asks to include. */
export type Inc = ReadonlySet<string>;

/** An area inside a lookup: its type is always null there. */
export const areaJson = (area: AreaRecord | null): Json | null =>
  area === null
    ? null
    : {
        id: area.id,
        name: area.name,
        "sort-name": area.name,
        disambiguation: "",
        type: null,
        "type-id": null,
        ...(area.iso === null ? {} : { "iso-3166-1-codes": [area.iso] }),
      };

const aliasesJson = (entity: EntityRecord): readonly Json[] =>
  entity.aliases
    .map((alias) => ({
      name: alias.name,
      "sort-name": alias.sortName,
      locale: alias.locale,
      // The service says null, not false, where a language has no primary alias.
      primary: alias.locale === null ? null : alias.primary,
      type: alias.type,
      "type-id": alias.type === null ? null : artistAliasTypeIds[alias.type],
      begin: alias.begin,
      end: alias.end,
      ended: alias.end !== null,
    }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));

const genresJson = (entity: EntityRecord): readonly Json[] =>
  Object.entries(entity.genres)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, count]) => ({ id: genreId(name), name, count, disambiguation: "" }));

/** Every genre is a tag as well, so the tags hold both. */
export const tagsJson = (entity: EntityRecord): readonly Json[] =>
  Object.entries({ ...entity.tags, ...entity.genres })
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, count]) => ({ name, count }));

/** Aliases, tags and genres, each only when asked for. */
export const subDataJson = (entity: EntityRecord, inc: Inc): Json => ({
  ...(inc.has("aliases") ? { aliases: aliasesJson(entity) } : {}),
  ...(inc.has("tags") ? { tags: tagsJson(entity) } : {}),
  ...(inc.has("genres") ? { genres: genresJson(entity) } : {}),
});

/** What only the entity itself has, not one nested in another: the rating and the annotation, when asked for. */
export const topLevelJson = (entity: EntityRecord, inc: Inc): Json => ({
  ...subDataJson(entity, inc),
  ...(inc.has("ratings") ? { rating: { value: entity.rating.value, "votes-count": entity.rating.votes } } : {}),
  ...(inc.has("annotation") ? { annotation: entity.annotation } : {}),
});

/** A relationship of an entity or a web address to the other, without its target. */
export const relationJson = (relation: string, typeId: string, direction: "forward" | "backward"): Json => ({
  type: relation,
  "type-id": typeId,
  direction,
  attributes: [],
  "attribute-values": {},
  "attribute-ids": {},
  "source-credit": "",
  "target-credit": "",
  begin: null,
  end: null,
  ended: false,
});

/** The relationships of an entity, when any kind was asked for. The sandbox only knows those to web addresses. */
export const relationsJson = <Relation extends string>(
  urls: readonly UrlRecord<Relation>[],
  typeIds: Readonly<Record<Relation, string>>,
  inc: Inc,
): Json => {
  if (![...inc].some((value) => value.endsWith("-rels"))) return {};
  const shown = inc.has("url-rels") ? urls : [];
  return {
    relations: shown.map(({ relation, resource }) => ({
      ...relationJson(relation, typeIds[relation], "forward"),
      "target-type": "url",
      url: { id: mbid("url", resource), resource },
    })),
  };
};

/** An artist nested in a credit or a relationship: no area, no life span. */
export const nestedArtistJson = (artist: ArtistRecord, inc: Inc): Json => ({
  id: artist.id,
  name: artist.name,
  "sort-name": artist.sortName,
  disambiguation: artist.disambiguation,
  type: artist.type,
  "type-id": artist.type === null ? null : artistTypeIds[artist.type],
  country: artist.area?.iso ?? null,
  ...subDataJson(artist, inc),
});

/** What was not asked for twice: an artist whose tags and genres stand further out does not repeat them further in. */
const withoutTags = (inc: Inc): Inc => new Set([...inc].filter((value) => value !== "tags" && value !== "genres"));

/** Artists whose tags and genres an answer has shown already, by identifier. */
export type ShownArtists = ReadonlySet<string>;

const nobody: ShownArtists = new Set();

/** The artists of a credit added to those that were shown already. */
export const shownWith = (credits: readonly CreditRecord[], shown: ShownArtists = nobody): ShownArtists =>
  new Set([...shown, ...credits.map((credit) => credit.artist.id)]);

/** Whether a request asks for artist credits, under either name. */
export const asksForCredits = (inc: Inc): boolean => inc.has("artists") || inc.has("artist-credits");

/**
 * An artist credit: its display is the names with their join phrases.
 *
 * @param shown who was shown further out; their tags and genres are left out here
 */
export const creditsJson = (
  credits: readonly CreditRecord[],
  inc: Inc,
  shown: ShownArtists = nobody,
): readonly Json[] =>
  credits.map(({ artist, name, join }) => ({
    name,
    joinphrase: join,
    artist: nestedArtistJson(artist, shown.has(artist.id) ? withoutTags(inc) : inc),
  }));

/** A medium without its tracks; pregap and data tracks do not count. */
export const plainMediumJson = (medium: MediumRecord): Json => ({
  id: medium.id,
  position: medium.position,
  title: medium.title,
  format: medium.format,
  "format-id": medium.format === null ? null : formatIds[medium.format],
  "track-count": medium.tracks.length,
});

/** The fields that a release has wherever it appears; date, country and events are absent when no event is known. */
export const plainReleaseJson = (release: ReleaseRecord): Json => ({
  id: release.id,
  title: release.title,
  disambiguation: release.disambiguation,
  status: release.status,
  "status-id": release.status === null ? null : statusIds[release.status],
  quality: "normal",
  packaging: release.packaging,
  "packaging-id": release.packaging === null ? null : packagingIds[release.packaging],
  barcode: release.barcode,
  "text-representation": { language: release.language, script: release.script },
  ...(release.events.length === 0
    ? {}
    : {
        date: release.date ?? "",
        country: release.country?.iso ?? null,
        "release-events": release.events.map((event) => ({ date: event.date ?? "", area: areaJson(event.area) })),
      }),
});

/** A release in a list inside another entity. */
export const listedReleaseJson = (release: ReleaseRecord, inc: Inc, shown: ShownArtists = nobody): Json => ({
  ...plainReleaseJson(release),
  ...(inc.has("media") ? { media: release.media.map(plainMediumJson) } : {}),
  ...(asksForCredits(inc) ? { "artist-credit": creditsJson(release.credits, inc, shown) } : {}),
  ...subDataJson(release, inc),
});
