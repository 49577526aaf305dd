import type { AlbumRecord } from "../data/records.ts";
import { creditFields } from "./credit-fields.ts";
import { createSearchIndex } from "./search-index.ts";
import type { SearchIndex } from "./search-index.ts";

/** Below any exact match of the title itself. */
const otherName = 0.72;
/** Below the title, so that a self-titled album leads the other albums of its artist. */
const artistName = 0.5;

/**
 * The release group index with the fields of
 * https://musicbrainz.org/doc/MusicBrainz_API/Search/ReleaseGroupSearch. Bare words look into the title, the aliases and
 * the artist credit.
 */
export const createReleaseGroupIndex = (albums: readonly AlbumRecord[]): SearchIndex<AlbumRecord> =>
  createSearchIndex({
    entities: albums,
    defaultFields: { releasegroup: 1, alias: otherName, artist: artistName },
    fields: {
      releasegroup: { kind: "text", read: (album) => [album.title] },
      alias: { kind: "text", read: (album) => album.aliases.map((alias) => alias.name) },
      ...creditFields,
      rgid: { kind: "keyword", read: (album) => [album.id, ...album.mergedIds] },
      reid: { kind: "keyword", read: (album) => album.releases.map((release) => release.id) },
      release: { kind: "text", read: (album) => album.releases.map((release) => release.title) },
      releases: { kind: "keyword", read: (album) => [String(album.releases.length)] },
      status: { kind: "keyword", read: (album) => album.releases.map((release) => release.status) },
      primarytype: { kind: "keyword", read: (album) => [album.primaryType] },
      secondarytype: { kind: "keyword", read: (album) => album.secondaryTypes },
      type: { kind: "keyword", read: (album) => [album.primaryType, ...album.secondaryTypes] },
      firstreleasedate: { kind: "date", read: (album) => [album.firstReleaseDate] },
      tag: { kind: "text", read: (album) => [...Object.keys(album.genres), ...Object.keys(album.tags)] },
      comment: { kind: "text", read: (album) => [album.disambiguation] },
    },
  });
