import { album, artist } from "./builder.ts";
import type { DataGroup } from "./records.ts";

const pinkFloydArtist = artist({
  id: "83d91898-7763-47d7-b03b-b92132375c47",
  name: "Pink Floyd",
  type: "Group",
  area: "United Kingdom",
  beginArea: "London",
  begin: "1965",
  end: "2014",
  // Well formed, but made up.
  isnis: ["0000000115259371"],
  aliases: [
    { name: "The Pink Floyd", sortName: "Pink Floyd, The", type: "Artist name", begin: "1965", end: "1967" },
    { name: "Pink Floyd", locale: "en", primary: true, type: "Artist name" },
    { name: "ピンク・フロイド", locale: "ja", primary: true, type: "Artist name" },
    { name: "Пинк Флойд", locale: "ru", primary: true, type: "Artist name" },
    { name: "The Tea Set", sortName: "Tea Set, The", type: "Artist name", begin: "1965", end: "1965" },
  ],
  genres: {
    "progressive rock": 31,
    "psychedelic rock": 19,
    rock: 17,
    "art rock": 14,
    "space rock": 6,
    "blues rock": 3,
    experimental: 2,
  },
  tags: { british: 9, "classic pop and rock": 6, english: 3, "concept album": 2 },
  rating: [4.6, 121],
  popularity: 1,
  annotation: "The name joins the first names of the blues musicians Pink Anderson and Floyd Council.",
  urls: {
    wikidata: "https://www.wikidata.org/wiki/Q2306",
    discogs: "https://www.discogs.com/artist/45467",
    allmusic: "https://www.allmusic.com/artist/mn0000346336",
    "official homepage": "https://www.pinkfloyd.com/",
    "last.fm": "https://www.last.fm/music/Pink+Floyd",
    youtube: "https://www.youtube.com/user/pinkfloyd",
    "social network": ["https://www.facebook.com/pinkfloyd", "https://www.instagram.com/pinkfloyd/"],
  },
});

const by = pinkFloydArtist;

/** Pink Floyd and a good part of their discography: studio, live and compiled. */
export const pinkFloyd: DataGroup = {
  artists: [pinkFloydArtist],
  albums: [
    album({
      id: "f5093c06-23e3-404f-aeaa-40f72885ee3a",
      title: "The Dark Side of the Moon",
      by,
      date: "1973-03-24",
      aliases: ["Dark Side of the Moon", { name: "狂気", locale: "ja", primary: true }],
      genres: { "progressive rock": 22, "art rock": 10, rock: 9, "psychedelic rock": 7, "space rock": 3 },
      tags: { "concept album": 5, "1970s": 2 },
      rating: [4.75, 88],
      popularity: 1,
      annotation: "Recorded at Abbey Road Studios in London between May 1972 and January 1973.",
      urls: {
        wikidata: "https://www.wikidata.org/wiki/Q150901",
        discogs: "https://www.discogs.com/master/10362",
        allmusic: "https://www.allmusic.com/album/mw0000191308",
      },
      releases: [
        { date: "1973-03-24", country: "GB", format: '12" Vinyl', tracks: 10, barcode: "" },
        { date: "1985", country: "GB", format: "CD", tracks: 9 },
      ],
    }),
    album({ title: "The Piper at the Gates of Dawn", by, date: "1967-08-04", genres: { "psychedelic rock": 11 } }),
    album({ title: "A Saucerful of Secrets", by, date: "1968-06-28", genres: { "psychedelic rock": 7 } }),
    album({
      title: "Ummagumma",
      by,
      date: "1969-10-25",
      secondaryTypes: ["Live"],
      genres: { "psychedelic rock": 4, experimental: 4 },
    }),
    album({ title: "Atom Heart Mother", by, date: "1970-10-02", genres: { "progressive rock": 6 } }),
    album({ title: "Meddle", by, date: "1971-10-30", genres: { "progressive rock": 8, "psychedelic rock": 4 } }),
    album({
      title: "Obscured by Clouds",
      by,
      date: "1972-06-02",
      secondaryTypes: ["Soundtrack"],
      genres: { rock: 3 },
    }),
    album({
      title: "Wish You Were Here",
      by,
      date: "1975-09-12",
      genres: { "progressive rock": 16, "art rock": 6 },
      rating: [4.7, 63],
      popularity: 0.9,
    }),
    album({ title: "Animals", by, date: "1977-01-21", genres: { "progressive rock": 11 } }),
    album({
      title: "The Wall",
      by,
      date: "1979-11-30",
      genres: { "art rock": 9, "progressive rock": 12 },
      popularity: 0.95,
    }),
    album({ title: "The Final Cut", by, date: "1983-03-21", genres: { "art rock": 3 } }),
    album({
      title: "Delicate Sound of Thunder",
      by,
      date: "1988-11-21",
      secondaryTypes: ["Live"],
      genres: { "progressive rock": 2 },
    }),
    album({ title: "The Division Bell", by, date: "1994-03-28", genres: { "progressive rock": 6 } }),
    album({
      title: "Echoes: The Best of Pink Floyd",
      by,
      date: "2001-11-05",
      secondaryTypes: ["Compilation"],
      genres: { "progressive rock": 3 },
    }),
    album({ title: "The Endless River", by, date: "2014-11-07", genres: { "progressive rock": 2 } }),
  ],
};
