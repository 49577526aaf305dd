import { album, artist } from "./builder.ts";
import { madeUpSongs } from "./made-up-songs.ts";
import { mbid } from "./mbid.ts";
import type { AlbumRecord, DataGroup } from "./records.ts";
import type { ReleaseFacts } from "./releases.ts";
import type { SongFacts } from "./song-facts.ts";

const by = artist({
  name: "The Odd Editions",
  disambiguation: "made up, each album is odd in one way",
  type: "Group",
  area: "United Kingdom",
  begin: "1990",
  popularity: 0.05,
});

const songs = (title: string, count: number): readonly SongFacts[] => madeUpSongs(mbid("odd", title), count);

const odd = (title: string, releases: readonly ReleaseFacts[], tracks: readonly SongFacts[] = songs(title, 4)) =>
  album({ title, by, date: "1995-05-05", songs: tracks, releases, popularity: 0.05 });

const in1995 = { date: "1995-05-05", country: "GB", format: "CD" } as const;

const hiddenTrack = odd("Before the First Song", [
  { ...in1995, media: [{ format: "CD", pregap: ["Rewind to Hear This", "2:08"], songs: songs("pregap", 4) }] },
]);
const dataTracks = odd("Songs and Files", [
  {
    ...in1995,
    media: [
      {
        format: "CD",
        songs: songs("data", 4),
        dataSongs: [{ title: "Interview to Watch", length: "4:40", video: true }, ["Screensaver", null]],
      },
    ],
  },
]);
const oddLengths = odd(
  "Nobody Timed It",
  [in1995],
  [
    ["As Usual", "3:03"],
    ["No Time at All", 0],
    ["Untimed", null],
  ],
);
const undated = odd("Some Time Ago", [{ format: "CD", barcode: null }, in1995]);
const barcodes = odd("Bars and Stripes", [
  { ...in1995, barcode: "" },
  { ...in1995, barcode: null },
  { ...in1995, barcode: "0724384260958" },
]);
const boxSet = odd(
  "Everything, Ever",
  [{ ...in1995, packaging: "Box", discs: Array.from({ length: 10 }, () => 30) }],
  songs("Everything, Ever", 300),
);
const withoutTracks = odd("One Full Disc, One Empty", [
  {
    ...in1995,
    media: [
      { format: "CD", songs: songs("full", 4) },
      { format: "CD", title: "Nobody has typed this in", songs: [] },
    ],
  },
]);
const video = odd("Moving Pictures of the Odd Editions", [
  {
    ...in1995,
    media: [
      {
        format: "DVD-Video",
        songs: [
          { title: "Tuning Up", length: "3:33", video: true },
          { title: "Packing In", length: "4:44", video: true },
        ],
      },
    ],
  },
]);
const littleKnown = odd("Hardly Anything Is Known", [
  { status: null, packaging: null, labels: [], media: [{ format: null, songs: [["Track 1", null]] }] },
  { ...in1995, labels: [[null, "OE 5"]] },
  { ...in1995, labels: [["EMI", null]], status: "Promotion" },
  { ...in1995, title: "Мало что известно", status: "Pseudo-Release" },
]);
const malformed = odd("One Release Is Broken", [
  in1995,
  { ...in1995, country: "DE", spoiled: { id: "not-an-mbid", title: undefined } },
  { ...in1995, country: "FR" },
]);

const known = (record: AlbumRecord) => ({ albumId: record.id, releaseIds: record.releases.map(({ id }) => id) });

/**
 * Albums that are odd in one way each, by what is odd. `releaseIds` are in the order in which the data set has them; the
 * service has an order of its own.
 *
 * | Name            | What is odd                                                                                 |
 * | --------------- | ------------------------------------------------------------------------------------------- |
 * | `hiddenTrack`   | A track before the first one: `pregap`, number "0"                                          |
 * | `dataTracks`    | Two `data-tracks`, of which one is a video and one has no length                            |
 * | `oddLengths`    | A track of length 0 and one of length null                                                  |
 * | `undated`       | A release without date, country and release events; another one with them                  |
 * | `barcodes`      | Three releases of one day in one country, with the barcode "", null and one of digits       |
 * | `boxSet`        | Ten discs of thirty tracks                                                                  |
 * | `withoutTracks` | Its second medium has no tracks, so that the field is absent                                |
 * | `video`         | A DVD of two video recordings                                                               |
 * | `littleKnown`   | Releases with null for status, packaging, format, label, catalogue number; a pseudo-release |
 * | `malformed`     | The second of three releases has no title and an id that is none, on browse pages only      |
 *
 * Among the other albums are odd ones too: The Wall has two discs, on vinyl with the sides A to D; each song of the
 * soundtrack of Pulp Fiction has another artist.
 */
export const oddAlbums = {
  hiddenTrack: known(hiddenTrack),
  dataTracks: known(dataTracks),
  oddLengths: known(oddLengths),
  undated: known(undated),
  barcodes: known(barcodes),
  boxSet: known(boxSet),
  withoutTracks: known(withoutTracks),
  video: known(video),
  littleKnown: known(littleKnown),
  malformed: known(malformed),
} as const;

/** One artist whose albums are what `oddAlbums` says. */
export const oddEditions: DataGroup = {
  artists: [by],
  albums: [
    hiddenTrack,
    dataTracks,
    oddLengths,
    undated,
    barcodes,
    boxSet,
    withoutTracks,
    video,
    littleKnown,
    malformed,
  ],
};
