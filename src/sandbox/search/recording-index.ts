import type { Catalogue } from "../data/catalogue.ts";
import type { RecordingRecord } from "../data/records.ts";
import { creditFields } from "./credit-fields.ts";
import { createSearchIndex } from "./search-index.ts";
import type { SearchIndex } from "./search-index.ts";

/** Below any exact match of the title itself. */
const artistName = 0.5;

/**
 * The recording index with the fields of https://musicbrainz.org/doc/MusicBrainz_API/Search/RecordingSearch. Bare words
 * look into the title and the artist credit.
 */
export const createRecordingIndex = (catalogue: Catalogue): SearchIndex<RecordingRecord> => {
  const uses = (recording: RecordingRecord) => catalogue.usesOf(recording);
  return createSearchIndex({
    entities: catalogue.recordings(),
    defaultFields: { recording: 1, artist: artistName },
    fields: {
      recording: { kind: "text", read: (recording) => [recording.title] },
      ...creditFields,
      rid: { kind: "keyword", read: (recording) => [recording.id, ...recording.mergedIds] },
      isrc: { kind: "keyword", read: (recording) => recording.isrcs },
      dur: { kind: "number", read: (recording) => [recording.length === null ? null : String(recording.length)] },
      video: { kind: "keyword", read: (recording) => [String(recording.video)] },
      release: { kind: "text", read: (recording) => uses(recording).map(({ release }) => release.title) },
      reid: { kind: "keyword", read: (recording) => uses(recording).map(({ release }) => release.id) },
      rgid: {
        kind: "keyword",
        read: (recording) => uses(recording).flatMap(({ album }) => [album.id, ...album.mergedIds]),
      },
      date: { kind: "date", read: (recording) => uses(recording).map(({ release }) => release.date) },
      firstreleasedate: { kind: "date", read: (recording) => [catalogue.firstReleaseDate(recording)] },
      country: {
        kind: "keyword",
        read: (recording) => uses(recording).map(({ release }) => release.country?.iso ?? null),
      },
      status: { kind: "keyword", read: (recording) => uses(recording).map(({ release }) => release.status) },
      format: { kind: "text", read: (recording) => uses(recording).map(({ medium }) => medium.format) },
      number: { kind: "keyword", read: (recording) => uses(recording).map(({ track }) => track.number) },
      tnum: { kind: "number", read: (recording) => uses(recording).map(({ track }) => String(track.position)) },
      primarytype: { kind: "keyword", read: (recording) => uses(recording).map(({ album }) => album.primaryType) },
      secondarytype: {
        kind: "keyword",
        read: (recording) => uses(recording).flatMap(({ album }) => album.secondaryTypes),
      },
      tag: {
        kind: "text",
        read: (recording) => [...Object.keys(recording.genres), ...Object.keys(recording.tags)],
      },
      comment: { kind: "text", read: (recording) => [recording.disambiguation] },
    },
  });
};
