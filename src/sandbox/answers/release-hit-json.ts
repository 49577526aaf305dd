import type { Catalogue } from "../data/catalogue.ts";
import type { RecordingUse } from "../data/release-index.ts";
import type { AlbumRecord, RecordingRecord, ReleaseRecord } from "../data/records.ts";
import type { SeriesRecord } from "../data/series.ts";
import { packagingIds, primaryTypeIds, secondaryTypeIds, seriesTypes } from "../data/vocabulary.ts";
import type { Hit } from "../search/search-index.ts";
import type { Json } from "./answer.ts";
import { tagsJson } from "./parts-json.ts";
import { creditHit, creditId, creditsHit, statusHit, withoutEmpty } from "./search-hit-json.ts";

const releaseGroupIn = (album: AlbumRecord): Json => {
  const primaryId = album.primaryType === null ? null : primaryTypeIds[album.primaryType];
  const secondaryIds = album.secondaryTypes.map((type) => secondaryTypeIds[type]);
  return withoutEmpty({
    id: album.id,
    "type-id": secondaryIds[0] ?? primaryId,
    "primary-type-id": primaryId,
    title: album.title,
    "primary-type": album.primaryType,
    "secondary-types": album.secondaryTypes,
    "secondary-type-ids": secondaryIds,
  });
};

const eventsIn = (release: ReleaseRecord): Json =>
  withoutEmpty({
    date: release.date,
    country: release.country?.iso ?? null,
    "release-events": release.events.map(({ date, area }) =>
      withoutEmpty({
        date,
        area:
          area === null
            ? null
            : withoutEmpty({
                id: area.id,
                name: area.name,
                "sort-name": area.name,
                "iso-3166-1-codes": area.iso === null ? [] : [area.iso],
              }),
      }),
    ),
  });

const trackCount = (release: ReleaseRecord): number =>
  release.media.reduce((sum, medium) => sum + medium.tracks.length, 0);

/**
 * A release as the search shows it (https://musicbrainz.org/doc/MusicBrainz_API/Search/ReleaseSearch): media without
 * tracks, and neither genres nor relationships, quality nor cover art. `count` is its number of media.
 */
export const releaseHitJson =
  (catalogue: Catalogue) =>
  ({ entity: release, score }: Hit<ReleaseRecord>): Json => ({
    id: release.id,
    score,
    ...statusHit(release.status),
    ...withoutEmpty({
      "packaging-id": release.packaging === null ? null : packagingIds[release.packaging],
      "artist-credit-id": creditId(release.credits),
      title: release.title,
      disambiguation: release.disambiguation,
      packaging: release.packaging,
      "text-representation":
        release.language === null ? null : withoutEmpty({ language: release.language, script: release.script }),
    }),
    count: release.media.length,
    "artist-credit": creditsHit(release.credits),
    "release-group": releaseGroupIn(catalogue.albumOf(release)),
    ...eventsIn(release),
    ...withoutEmpty({
      barcode: release.barcode,
      asin: release.asin,
      "label-info": release.labels.map(({ label, catalogNumber }) =>
        withoutEmpty({
          "catalog-number": catalogNumber,
          label: label === null ? null : { id: label.id, name: label.name },
        }),
      ),
    }),
    "track-count": trackCount(release),
    media: release.media.map((medium) => ({
      ...withoutEmpty({ id: medium.id, format: medium.format }),
      "disc-count": 0,
      "track-count": medium.tracks.length,
    })),
    ...withoutEmpty({ tags: tagsJson(release) }),
  });

const releaseIn = (recording: RecordingRecord, uses: readonly RecordingUse[]): readonly Json[] => {
  const [use] = uses;
  if (use === undefined) return [];
  const { album, release } = use;
  // Only where somebody else is credited, above all on compilations.
  const differs = creditId(release.credits) !== creditId(recording.credits);
  return [
    {
      id: release.id,
      ...statusHit(release.status),
      count: release.media.length,
      ...withoutEmpty({
        title: release.title,
        disambiguation: release.disambiguation,
        "artist-credit-id": differs ? creditId(release.credits) : null,
        "artist-credit": differs ? release.credits.map((credit) => creditHit(credit, { aliases: false })) : [],
      }),
      "release-group": releaseGroupIn(album),
      ...eventsIn(release),
      "track-count": trackCount(release),
      // `track` and not `tracks`, unlike everywhere else.
      media: uses.map(({ medium, track }) => ({
        ...withoutEmpty({ id: medium.id, position: medium.position, format: medium.format }),
        track: [withoutEmpty({ id: track.id, number: track.number, title: track.title, length: track.length })],
        "track-count": medium.tracks.length,
        "track-offset": Math.max(0, track.position - 1),
      })),
    },
  ];
};

/**
 * A recording as the search shows it (https://musicbrainz.org/doc/MusicBrainz_API/Search/RecordingSearch): with its
 * releases, of whose media only the recording's own `track`, and without genres, rating and relationships. `video` is null
 * for false.
 */
export const recordingHitJson =
  (catalogue: Catalogue) =>
  ({ entity: recording, score }: Hit<RecordingRecord>): Json => ({
    id: recording.id,
    score,
    ...withoutEmpty({
      "artist-credit-id": creditId(recording.credits),
      title: recording.title,
      length: recording.length,
      disambiguation: recording.disambiguation,
    }),
    video: recording.video ? true : null,
    "artist-credit": creditsHit(recording.credits),
    ...withoutEmpty({
      "first-release-date": catalogue.firstReleaseDate(recording),
      releases: [...Map.groupBy(catalogue.usesOf(recording), (use) => use.release).values()].flatMap((uses) =>
        releaseIn(recording, uses),
      ),
      isrcs: recording.isrcs,
      tags: tagsJson(recording),
    }),
  });

/** A series as the search shows it (https://musicbrainz.org/doc/MusicBrainz_API/Search/SeriesSearch): without what is in it. */
export const seriesHitJson = ({ entity: series, score }: Hit<SeriesRecord>): Json => ({
  id: series.id,
  type: series.type,
  "type-id": seriesTypes[series.type].id,
  score,
  name: series.name,
  ...withoutEmpty({ disambiguation: series.disambiguation, tags: tagsJson(series) }),
});
