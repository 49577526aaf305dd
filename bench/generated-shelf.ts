import { v5 as uuid } from "uuid";
import {
  type Contribution,
  contributed,
  defineImporter,
  definePack,
  defineProvider,
  notFound,
  type Pack,
} from "../src/index.ts";
import { album, artist, release, song } from "../src/music/index.ts";

/** How many releases the albums of the source have, and how many tracks each of these. */
export interface ShelfSize {
  readonly releases: number;
  readonly tracks: number;
}

const idOf = (what: string): string => uuid(what, uuid.URL);

/** The MBID of the album of this number. */
export function albumMbid(number: number): string {
  return idOf(`album ${number}`);
}

/** A source without a network that knows any number of albums and lists their releases, a page each. */
export function createGeneratedShelf(size: ShelfSize): Pack {
  const byId = new Map<string, number>();
  const numberOf = (mbid: string): number => {
    for (let next = byId.size; !byId.has(mbid); next += 1) byId.set(albumMbid(next), next);
    return byId.get(mbid) ?? 0;
  };
  const albums = defineProvider(album, {
    name: "generated",
    identifiedBy: "musicbrainz.release-group",
    async provide(sought) {
      const mbid = sought.identifier("musicbrainz.release-group");
      return mbid === undefined ? notFound : contributed(albumOf(numberOf(mbid)));
    },
  });
  const releases = defineProvider(release, {
    name: "generated",
    identifiedBy: "musicbrainz.release",
    provide: async () => notFound,
    lists: {
      album: {
        identifiedBy: "musicbrainz.release-group",
        async *pages(parent) {
          const number = numberOf(parent.identifier("musicbrainz.release-group") ?? "");
          const contributions = Array.from({ length: size.releases }, (_, index) =>
            releaseOf(number, index, size.tracks),
          );
          yield { contributions, total: size.releases };
        },
      },
    },
  });
  return definePack({
    name: "bench",
    importers: [
      defineImporter({ kind: artist, providers: [] }),
      defineImporter({ kind: album, providers: [albums] }),
      defineImporter({ kind: song, providers: [] }),
      defineImporter({ kind: release, providers: [releases] }),
    ],
  });
}

function artistOf(number: number) {
  return {
    type: "artist" as const,
    to: {
      identifiers: [{ scheme: "musicbrainz.artist" as const, value: idOf(`artist ${number}`) }],
      attributes: { name: `The Players of ${number}`, sortName: `Players of ${number}, The`, type: "group" as const },
    },
    attributes: { creditedAs: `The Players of ${number}`, joinPhrase: "" },
  };
}

function albumOf(number: number): Contribution<typeof album> {
  return {
    attributes: { title: `Shelf ${number}`, primaryType: "album", firstReleaseDate: "1990-01-01" },
    identifiers: [{ scheme: "musicbrainz.release-group", value: albumMbid(number) }],
    relations: [artistOf(number)],
  };
}

function releaseOf(number: number, index: number, tracks: number): Contribution<typeof release> {
  return {
    attributes: {
      title: `Shelf ${number}`,
      date: `${1990 + (index % 30)}-01-01`,
      country: "GB",
      status: "official",
      labels: [{ name: "Bench Records", catalogueNumber: `BR ${number}-${index}` }],
      media: [{ position: 1, format: "CD", trackCount: tracks }],
      trackCount: tracks,
      language: "eng",
      script: "Latn",
    },
    identifiers: [{ scheme: "musicbrainz.release", value: idOf(`release ${number} ${index}`) }],
    relations: [
      {
        type: "album",
        to: {
          identifiers: [{ scheme: "musicbrainz.release-group", value: albumMbid(number) }],
          attributes: { title: `Shelf ${number}` },
        },
      },
      artistOf(number),
      ...Array.from({ length: tracks }, (_, track) => ({
        type: "track" as const,
        to: {
          // The editions of an album share their recordings.
          identifiers: [{ scheme: "musicbrainz.recording" as const, value: idOf(`recording ${number} ${track}`) }],
          attributes: { title: `Song ${track} of ${number}`, length: 180_000 + track },
          relations: [artistOf(number)],
        },
        position: track + 1,
        attributes: {
          medium: 1,
          number: String(track + 1),
          trackPosition: track + 1,
          title: `Song ${track} of ${number}`,
        },
      })),
    ],
  };
}
