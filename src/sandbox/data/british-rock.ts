import { album, artist } from "./builder.ts";
import { okComputer } from "./well-known-songs.ts";
import type { DataGroup } from "./records.ts";

const beatles = artist({
  id: "b10bbbfc-cf9e-42e0-be17-e2c3e1d2600d",
  name: "The Beatles",
  type: "Group",
  area: "United Kingdom",
  beginArea: "Liverpool",
  begin: "1957-03",
  end: "1970-04-10",
  aliases: ["Beatles", "Fab Four", { name: "ビートルズ", locale: "ja", primary: true }],
  genres: { rock: 32, pop: 18, "psychedelic rock": 5 },
  tags: { british: 15, liverpool: 4 },
  rating: [4.7, 130],
  popularity: 1,
  urls: { wikidata: "https://www.wikidata.org/wiki/Q1299", "official homepage": "https://www.thebeatles.com/" },
});

const bowie = artist({
  id: "5441c29d-3602-4898-b1a1-b77fa23b8e50",
  name: "David Bowie",
  sortName: "Bowie, David",
  disambiguation: "English singer-songwriter",
  type: "Person",
  gender: "Male",
  area: "United Kingdom",
  beginArea: "London",
  endArea: "New York",
  begin: "1947-01-08",
  end: "2016-01-10",
  aliases: [{ name: "David Robert Jones", sortName: "Jones, David Robert", type: "Legal name" }, "Bowie"],
  genres: { rock: 18, "art rock": 14, "glam rock": 12, pop: 6 },
  rating: [4.55, 72],
  popularity: 1,
  urls: {
    wikidata: "https://www.wikidata.org/wiki/Q5383",
    "official homepage": "https://www.davidbowie.com/",
  },
});

const queen = artist({
  id: "0383dadf-2a4e-4d10-a46a-e9e041da8eb3",
  name: "Queen",
  disambiguation: "UK rock group",
  type: "Group",
  area: "United Kingdom",
  beginArea: "London",
  begin: "1970-06-27",
  genres: { rock: 25, "hard rock": 12, "glam rock": 5 },
  rating: [4.55, 85],
  popularity: 1,
  urls: { wikidata: "https://www.wikidata.org/wiki/Q15862" },
});

const radiohead = artist({
  id: "a74b1b7f-71a5-4011-9441-d0b5e4122711",
  name: "Radiohead",
  type: "Group",
  area: "United Kingdom",
  beginArea: "Abingdon-on-Thames",
  begin: "1991",
  aliases: [{ name: "On a Friday", type: "Artist name", begin: "1985", end: "1991" }],
  genres: { "alternative rock": 28, "art rock": 16, electronic: 11, experimental: 7 },
  rating: [4.5, 110],
  popularity: 1,
  urls: {
    wikidata: "https://www.wikidata.org/wiki/Q44190",
    "official homepage": "https://www.radiohead.com/",
  },
});

const motorhead = artist({
  id: "57961a97-3796-4bf7-9f02-a985a8979ae9",
  mergedIds: ["0c5f9a1e-6b1d-4d0e-9c3a-5d5f1b7f2a10"],
  name: "Motörhead",
  type: "Group",
  area: "United Kingdom",
  beginArea: "London",
  begin: "1975-06",
  end: "2015-12-28",
  genres: { "heavy metal": 12, "hard rock": 8, "speed metal": 3 },
  rating: [4.35, 31],
  popularity: 0.8,
});

/** British rock besides Pink Floyd. Motörhead and "Ace of Spades" each have an identifier that was merged into theirs. */
export const britishRock: DataGroup = {
  artists: [beatles, bowie, queen, radiohead, motorhead],
  albums: [
    album({
      id: "9162580e-5df4-32de-80cc-f45a8d8a9b1d",
      title: "Abbey Road",
      by: beatles,
      date: "1969-09-26",
      genres: { rock: 14, pop: 6 },
      popularity: 0.95,
    }),
    album({ title: "Revolver", by: beatles, date: "1966-08-05", genres: { rock: 9, "psychedelic rock": 5 } }),
    album({ title: "The Beatles", by: beatles, date: "1968-11-22", aliases: ["The White Album"], genres: { rock: 9 } }),
    album({
      title: "Yellow Submarine",
      by: beatles,
      date: "1969-01-13",
      secondaryTypes: ["Soundtrack"],
      genres: { rock: 3 },
    }),
    album({ title: "“Heroes”", by: bowie, date: "1977-10-14", genres: { "art rock": 11, electronic: 3 } }),
    album({ title: "Low", by: bowie, date: "1977-01-14", genres: { "art rock": 9, electronic: 4 } }),
    album({ title: "Hunky Dory", by: bowie, date: "1971-12-17", genres: { "glam rock": 6, rock: 5 } }),
    album({ title: "★", by: bowie, date: "2016-01-08", aliases: ["Blackstar"], genres: { "art rock": 7, jazz: 2 } }),
    album({ title: "A Night at the Opera", by: queen, date: "1975-11-21", genres: { rock: 8, "hard rock": 4 } }),
    album({ title: "Queen", by: queen, date: "1973-07-13", genres: { "hard rock": 4 } }),
    album({
      title: "Greatest Hits",
      by: queen,
      date: "1981-10-26",
      secondaryTypes: ["Compilation"],
      genres: { rock: 5 },
    }),
    album({
      id: "b1392450-e666-3926-a536-22c65f834433",
      title: "OK Computer",
      by: radiohead,
      date: "1997-05-21",
      genres: { "alternative rock": 17, "art rock": 9 },
      rating: [4.65, 70],
      popularity: 1,
      releases: [
        { date: "1997-05-21", country: "JP", format: "CD", labels: [["Parlophone", "TOCP-50201"]] },
        { date: "1997-06-16", country: "GB", format: "CD", labels: [["Parlophone", "CDNODATA 02"]] },
      ],
      songs: okComputer,
    }),
    album({ title: "Kid A", by: radiohead, date: "2000-10-02", genres: { electronic: 9, experimental: 6 } }),
    album({ title: "My Iron Lung", by: radiohead, date: "1994-09-26", primaryType: "EP", genres: { rock: 1 } }),
    album({
      title: "Ace of Spades",
      by: motorhead,
      date: "1980-11-08",
      mergedIds: ["7d2f4c66-3a0b-4e57-8f19-2b9c6e4d1a33"],
      genres: { "heavy metal": 8, "hard rock": 3 },
    }),
    album({
      title: "No Sleep ’til Hammersmith",
      by: motorhead,
      date: "1981-06-27",
      secondaryTypes: ["Live"],
      genres: { "heavy metal": 4 },
    }),
  ],
};
