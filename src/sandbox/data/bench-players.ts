import { album, artist } from "./builder.ts";
import { madeUpSongs } from "./made-up-songs.ts";
import { mbid } from "./mbid.ts";
import type { AlbumRecord, DataGroup } from "./records.ts";
import type { ReleaseFacts } from "./releases.ts";

const players = artist({
  name: "The Bench Players",
  disambiguation: "made up, to measure with",
  type: "Group",
  area: "Germany",
  begin: "1980",
  genres: { electronic: 1 },
  popularity: 0.05,
});

/** Where the editions of the larger albums came out, in turn. */
const countries = ["DE", "GB", "US", "JP", "FR"];
const tracks = 10;

const edition = (at: number): ReleaseFacts => ({
  date: `${String(1990 + Math.floor(at / 12))}-${String((at % 12) + 1).padStart(2, "0")}-01`,
  country: countries[at % countries.length] ?? "DE",
  format: "CD",
});

const benchAlbum = (releases: number): AlbumRecord => {
  const title = `Bench ${String(releases)}`;
  return album({
    title,
    by: players,
    date: "1990-01-01",
    songs: madeUpSongs(mbid("bench", title), tracks),
    releases: Array.from({ length: releases }, (_, at) => edition(at)),
    popularity: 0.05,
  });
};

const one = benchAlbum(1);
const five = benchAlbum(5);
const twentyFive = benchAlbum(25);
const oneHundredAndTwenty = benchAlbum(120);

/** An album to measure with: so many releases, each of so many tracks. */
export interface BenchAlbum {
  readonly albumId: string;
  readonly title: string;
  readonly releases: number;
  /** On each release; all releases share the same recordings. */
  readonly tracks: number;
}

const measured = ({ id, title, releases }: AlbumRecord): BenchAlbum => ({
  albumId: id,
  title,
  releases: releases.length,
  tracks,
});

/** The artist of the albums to measure with. */
export const benchArtist = { artistId: players.id, name: players.name } as const;

/** Albums to measure with by their number of releases: 1, 5, 25 and 120, of ten tracks each. */
export const benchAlbums = {
  1: measured(one),
  5: measured(five),
  25: measured(twentyFive),
  120: measured(oneHundredAndTwenty),
} as const;

/** An album whose releases with recordings take three pages, since a page ends at 500 tracks. */
export const manyReleases: BenchAlbum = measured(oneHundredAndTwenty);

/** One artist with albums of 1, 5, 25 and 120 releases. */
export const benchPlayers: DataGroup = { artists: [players], albums: [one, five, twentyFive, oneHundredAndTwenty] };
