import type { ArtistRecord } from "../data/records.ts";
import { createSearchIndex } from "./search-index.ts";
import type { SearchIndex } from "./search-index.ts";

/** Below any exact match of the name itself. */
const otherName = 0.72;

/**
 * The artist index with the fields of https://musicbrainz.org/doc/MusicBrainz_API/Search/ArtistSearch. Bare words look
 * into the name, the sort name and the aliases.
 */
export const createArtistIndex = (artists: readonly ArtistRecord[]): SearchIndex<ArtistRecord> =>
  createSearchIndex({
    entities: artists,
    defaultFields: { artist: 1, sortname: otherName, alias: otherName },
    fields: {
      artist: { kind: "text", read: (artist) => [artist.name] },
      sortname: { kind: "text", read: (artist) => [artist.sortName] },
      alias: { kind: "text", read: (artist) => artist.aliases.map((alias) => alias.name) },
      primary_alias: {
        kind: "text",
        read: (artist) => artist.aliases.filter((alias) => alias.primary).map((alias) => alias.name),
      },
      arid: { kind: "keyword", read: (artist) => [artist.id, ...artist.mergedIds] },
      type: { kind: "keyword", read: (artist) => [artist.type] },
      gender: { kind: "keyword", read: (artist) => [artist.gender] },
      country: { kind: "keyword", read: (artist) => [artist.area?.iso ?? null] },
      area: {
        kind: "text",
        read: (artist) => [artist.area?.name ?? null, artist.beginArea?.name ?? null, artist.endArea?.name ?? null],
      },
      beginarea: { kind: "text", read: (artist) => [artist.beginArea?.name ?? null] },
      endarea: { kind: "text", read: (artist) => [artist.endArea?.name ?? null] },
      begin: { kind: "date", read: (artist) => [artist.begin] },
      end: { kind: "date", read: (artist) => [artist.end] },
      ended: { kind: "keyword", read: (artist) => [String(artist.ended)] },
      tag: { kind: "text", read: (artist) => [...Object.keys(artist.genres), ...Object.keys(artist.tags)] },
      isni: { kind: "keyword", read: (artist) => artist.isnis },
      ipi: { kind: "keyword", read: (artist) => artist.ipis },
      comment: { kind: "text", read: (artist) => [artist.disambiguation] },
    },
  });
