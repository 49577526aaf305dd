import { entity } from "./entity-facts.ts";
import type { EntityFacts } from "./entity-facts.ts";
import { mbid } from "./mbid.ts";
import type { AlbumRecord, ArtistRecord, EntityRecord } from "./records.ts";
import type { seriesTypes } from "./vocabulary.ts";

/** What is in a series, by identifier. `number` is what the series prints, null when its items have none. */
export interface SeriesItem {
  readonly id: string;
  readonly number: string | null;
}

/** A series, https://musicbrainz.org/doc/Series: an ordered list of entities of one kind. */
export interface SeriesRecord extends EntityRecord {
  readonly name: string;
  readonly type: keyof typeof seriesTypes;
  readonly items: readonly SeriesItem[];
}

interface SeriesFacts extends EntityFacts<never> {
  readonly name: string;
  readonly type: keyof typeof seriesTypes;
  readonly items: readonly SeriesItem[];
}

const seriesId = (name: string): string => mbid("series", name);

const series = (facts: SeriesFacts): SeriesRecord => ({
  ...entity(facts, seriesId(facts.name)),
  name: facts.name,
  type: facts.type,
  items: facts.items,
});

/** The best first. */
const ranking: readonly (readonly [title: string, artist: string])[] = [
  ["OK Computer", "Radiohead"],
  ["The Dark Side of the Moon", "Pink Floyd"],
  ["Nevermind", "Nirvana"],
  ["Kid A", "Radiohead"],
  ["Wish You Were Here", "Pink Floyd"],
  ["Low", "David Bowie"],
  ["Dummy", "Portishead"],
  ["Homogenic", "Björk"],
  ["The Beatles", "The Beatles"],
  ["My Life in the Bush of Ghosts", "Brian Eno"],
];

const money = "7fef22bd-76aa-4803-b56b-93a5d6e70662";
const time = "41959321-f2bb-4580-aa19-16248fe665d3";
const teenSpirit = "6da76448-982a-4a01-b65b-9a710301c9c9";

/** The identifiers of the series of the data set. */
export const seriesIds = {
  /** Ten albums with numbers from 1 to 10. */
  greatAlbums: seriesId("Ten Great Albums of the Sandbox"),
  /** Another identifier of `greatAlbums`, which was merged into it. */
  greatAlbumsMerged: "2f9b6c1d-8e47-4a35-b0d2-6c5e9a718f43",
  /** Three albums without numbers. */
  unnumbered: seriesId("Heard in the Sandbox"),
  /** Three recordings with numbers. */
  greatSongs: seriesId("Great Songs of the Sandbox"),
  /** Two releases with catalogue numbers for numbers. */
  originalVinyl: seriesId("Original Vinyl of the Sandbox"),
  /** Two artists. */
  residents: seriesId("Residents of the Sandbox"),
  /** It has no items. */
  empty: seriesId("Nothing Yet"),
} as const;

const numbered = (ids: readonly string[]): readonly SeriesItem[] =>
  ids.map((id, at) => ({ id, number: String(at + 1) }));

/** The series of the data set, made of its albums and artists. */
export const createSeries = (
  albums: readonly AlbumRecord[],
  artists: readonly ArtistRecord[],
): readonly SeriesRecord[] => {
  const albumOf = (title: string, artist: string): AlbumRecord => {
    const album = albums.find((each) => each.title === title && each.credits[0]?.artist.name === artist);
    if (album === undefined) throw new Error(`A series names "${title}" by ${artist}, which the data set lacks`);
    return album;
  };
  const firstReleaseId = (album: AlbumRecord): string => album.releases[0]?.id ?? "";
  const darkSide = albumOf("The Dark Side of the Moon", "Pink Floyd");
  const theWall = albumOf("The Wall", "Pink Floyd");
  return [
    series({
      name: "Ten Great Albums of the Sandbox",
      type: "Release group series",
      mergedIds: [seriesIds.greatAlbumsMerged],
      disambiguation: "ranked",
      aliases: ["Sandbox Top 10"],
      tags: { ranking: 1 },
      annotation: "Ranked by nobody.",
      items: numbered(ranking.map(([title, artist]) => albumOf(title, artist).id)),
    }),
    series({
      name: "Heard in the Sandbox",
      type: "Release group series",
      items: [theWall, darkSide, albumOf("Debut", "Björk")].map(({ id }) => ({ id, number: null })),
    }),
    series({
      name: "Great Songs of the Sandbox",
      type: "Recording series",
      items: numbered([money, teenSpirit, time]),
    }),
    series({
      name: "Original Vinyl of the Sandbox",
      type: "Release series",
      items: [
        { id: firstReleaseId(darkSide), number: "SHVL 804" },
        { id: firstReleaseId(theWall), number: "SHDW 411" },
      ],
    }),
    series({
      name: "Residents of the Sandbox",
      type: "Artist series",
      items: numbered(
        artists.filter(({ name }) => name === "Pink Floyd" || name === "Radiohead").map((artist) => artist.id),
      ),
    }),
    series({ name: "Nothing Yet", type: "Release group series", items: [] }),
  ];
};
