import { americanRock } from "./american-rock.ts";
import { aroundTheWorld } from "./around-the-world.ts";
import { benchPlayers } from "./bench-players.ts";
import { britishRock } from "./british-rock.ts";
import { collaborations } from "./collaborations.ts";
import { byIdentifier } from "./found.ts";
import type { Found } from "./found.ts";
import { mbid } from "./mbid.ts";
import { nirvanas } from "./nirvanas.ts";
import { oddEditions } from "./odd-editions.ts";
import { oddNames } from "./odd-names.ts";
import { pinkFloyd } from "./pink-floyd.ts";
import type { AlbumRecord, ArtistRecord, ArtistUrlRelation, DataGroup, ReleaseGroupUrlRelation } from "./records.ts";
import { createReleaseIndex } from "./release-index.ts";
import type { ReleaseIndex } from "./release-index.ts";
import { createSeries } from "./series.ts";
import type { SeriesRecord } from "./series.ts";

/** Who uses a web address, and as what. */
export type UrlUse =
  | { readonly kind: "artist"; readonly artist: ArtistRecord; readonly relation: ArtistUrlRelation }
  | { readonly kind: "release-group"; readonly album: AlbumRecord; readonly relation: ReleaseGroupUrlRelation };

/** A web address as an entity of its own, https://musicbrainz.org/doc/URL. */
export interface UrlEntity {
  readonly id: string;
  readonly resource: string;
  readonly uses: readonly UrlUse[];
}

/** The data set behind the sandbox, indexed for lookups and browsing. */
export interface Catalogue extends ReleaseIndex {
  readonly artists: readonly ArtistRecord[];
  readonly albums: readonly AlbumRecord[];
  /** By current or merged identifier, in either case. */
  readonly findArtist: (id: string) => Found<ArtistRecord> | undefined;
  /** By current or merged identifier, in either case. */
  readonly findAlbum: (id: string) => Found<AlbumRecord> | undefined;
  /** Every album that credits the artist, alone or with others. */
  readonly albumsOf: (artist: ArtistRecord) => readonly AlbumRecord[];
  readonly series: readonly SeriesRecord[];
  /** By current or merged identifier, in either case. */
  readonly findSeries: (id: string) => Found<SeriesRecord> | undefined;
  /** By exact address. */
  readonly findUrl: (resource: string) => UrlEntity | undefined;
  /** By identifier. */
  readonly findUrlById: (id: string) => UrlEntity | undefined;
}

const urlEntities = (
  artists: readonly ArtistRecord[],
  albums: readonly AlbumRecord[],
): ReadonlyMap<string, UrlEntity> => {
  const uses: { readonly resource: string; readonly use: UrlUse }[] = [
    ...artists.flatMap((artist) =>
      artist.urls.map((url) => ({
        resource: url.resource,
        use: { kind: "artist", artist, relation: url.relation } as const,
      })),
    ),
    ...albums.flatMap((album) =>
      album.urls.map((url) => ({
        resource: url.resource,
        use: { kind: "release-group", album, relation: url.relation } as const,
      })),
    ),
  ];
  const grouped = Map.groupBy(uses, (each) => each.resource);
  return new Map(
    [...grouped].map(([resource, group]) => [
      resource,
      { id: mbid("url", resource), resource, uses: group.map((each) => each.use) },
    ]),
  );
};

/**
 * Indexes data groups.
 *
 * @example createCatalogue([pinkFloyd]).findArtist("83d91898-7763-47d7-b03b-b92132375c47")
 */
const createCatalogue = (groups: readonly DataGroup[]): Catalogue => {
  const artists = groups.flatMap((group) => group.artists);
  const albums = groups.flatMap((group) => group.albums);
  const artistsById = byIdentifier(artists);
  const albumsById = byIdentifier(albums);
  const series = createSeries(albums, artists);
  const seriesById = byIdentifier(series);
  const urls = urlEntities(artists, albums);
  const urlsById = new Map([...urls.values()].map((url) => [url.id, url]));
  return {
    artists,
    albums,
    findArtist: (id) => artistsById.get(id.toLowerCase()),
    findAlbum: (id) => albumsById.get(id.toLowerCase()),
    albumsOf: (artist) => albums.filter((album) => album.credits.some((credit) => credit.artist === artist)),
    ...createReleaseIndex(albums),
    series,
    findSeries: (id) => seriesById.get(id.toLowerCase()),
    findUrl: (resource) => urls.get(resource),
    findUrlById: (id) => urlsById.get(id.toLowerCase()),
  };
};

/** The data set that every sandbox serves. */
export const sandboxCatalogue: Catalogue = createCatalogue([
  pinkFloyd,
  nirvanas,
  britishRock,
  americanRock,
  oddNames,
  aroundTheWorld,
  collaborations,
  oddEditions,
  benchPlayers,
]);
