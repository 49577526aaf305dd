import type { Catalogue } from "../data/catalogue.ts";
import type { ReleaseRecord } from "../data/records.ts";
import { creditFields } from "./credit-fields.ts";
import { createSearchIndex } from "./search-index.ts";
import type { SearchIndex } from "./search-index.ts";

/** Below any exact match of the title itself. */
const artistName = 0.5;

const trackCount = (release: ReleaseRecord): number =>
  release.media.reduce((sum, medium) => sum + medium.tracks.length, 0);

/**
 * The release index with the fields of https://musicbrainz.org/doc/MusicBrainz_API/Search/ReleaseSearch. Bare words look
 * into the title and the artist credit.
 */
export const createReleaseSearchIndex = (catalogue: Catalogue): SearchIndex<ReleaseRecord> =>
  createSearchIndex({
    entities: catalogue.releases(),
    defaultFields: { release: 1, artist: artistName },
    fields: {
      release: { kind: "text", read: (release) => [release.title] },
      ...creditFields,
      reid: { kind: "keyword", read: (release) => [release.id, ...release.mergedIds] },
      rgid: {
        kind: "keyword",
        read: (release) => {
          const album = catalogue.albumOf(release);
          return [album.id, ...album.mergedIds];
        },
      },
      barcode: { kind: "keyword", read: (release) => [release.barcode] },
      asin: { kind: "keyword", read: (release) => [release.asin] },
      catno: { kind: "keyword", read: (release) => release.labels.map(({ catalogNumber }) => catalogNumber) },
      label: { kind: "text", read: (release) => release.labels.map(({ label }) => label?.name ?? null) },
      laid: { kind: "keyword", read: (release) => release.labels.map(({ label }) => label?.id ?? null) },
      date: { kind: "date", read: (release) => release.events.map((event) => event.date) },
      country: { kind: "keyword", read: (release) => release.events.map((event) => event.area?.iso ?? null) },
      status: { kind: "keyword", read: (release) => [release.status] },
      packaging: { kind: "text", read: (release) => [release.packaging] },
      format: { kind: "text", read: (release) => release.media.map((medium) => medium.format) },
      mediums: { kind: "number", read: (release) => [String(release.media.length)] },
      tracks: { kind: "number", read: (release) => [String(trackCount(release))] },
      lang: { kind: "keyword", read: (release) => [release.language] },
      script: { kind: "keyword", read: (release) => [release.script] },
      primarytype: { kind: "keyword", read: (release) => [catalogue.albumOf(release).primaryType] },
      secondarytype: { kind: "keyword", read: (release) => catalogue.albumOf(release).secondaryTypes },
      comment: { kind: "text", read: (release) => [release.disambiguation] },
    },
  });
