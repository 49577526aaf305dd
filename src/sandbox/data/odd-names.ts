import { album, artist } from "./builder.ts";
import type { DataGroup } from "./records.ts";

const acdc = artist({
  id: "66c662b6-6e2f-4930-8610-912e24c63ed1",
  name: "AC/DC",
  disambiguation: "Australian hard rock band",
  type: "Group",
  area: "Australia",
  beginArea: "Sydney",
  begin: "1973-11",
  aliases: ["ACDC", "AC-DC", "Acca Dacca"],
  genres: { "hard rock": 25, rock: 14, "blues rock": 4 },
  rating: [4.4, 70],
  popularity: 1,
  urls: { wikidata: "https://www.wikidata.org/wiki/Q27593", "official homepage": "https://www.acdc.com/" },
});

const chkChkChk = artist({
  id: "f26c72d3-e52c-467b-b651-679c73d8e1a7",
  name: "!!!",
  disambiguation: "dance-punk band",
  type: "Group",
  area: "United States",
  beginArea: "Sacramento",
  begin: "1996",
  aliases: ["chk chk chk", "Chick Chick Chick"],
  genres: { "dance-punk": 6, "indie rock": 3 },
  popularity: 0.4,
});

const sunn = artist({
  name: "Sunn O)))",
  type: "Group",
  area: "United States",
  beginArea: "Seattle",
  begin: "1998",
  aliases: [{ name: "Sunn", type: "Search hint" }],
  genres: { "drone metal": 9, "doom metal": 4, experimental: 3 },
  popularity: 0.5,
});

const sigurRos = artist({
  id: "f6f2326f-6b25-4170-b89d-e235b25508e8",
  name: "Sigur Rós",
  type: "Group",
  area: "Iceland",
  beginArea: "Reykjavík",
  begin: "1994-08",
  genres: { "post-rock": 19, ambient: 7, "dream pop": 4 },
  rating: [4.4, 40],
  popularity: 0.8,
});

const bjork = artist({
  id: "87c5dedd-371d-4a53-9f7f-80522fb7f3cb",
  name: "Björk",
  type: "Person",
  gender: "Female",
  area: "Iceland",
  beginArea: "Reykjavík",
  begin: "1965-11-21",
  aliases: [{ name: "Björk Guðmundsdóttir", sortName: "Björk Guðmundsdóttir", type: "Legal name" }],
  genres: { electronic: 19, "art pop": 14, experimental: 9, "trip hop": 5 },
  rating: [4.3, 66],
  popularity: 0.9,
  urls: { wikidata: "https://www.wikidata.org/wiki/Q42455", "official homepage": "https://www.bjork.com/" },
});

const pink = artist({
  id: "f4d5cc07-3bc9-4836-9b15-88a08359bc63",
  name: "P!nk",
  type: "Person",
  gender: "Female",
  area: "United States",
  begin: "1979-09-08",
  aliases: [{ name: "Alecia Beth Moore", sortName: "Moore, Alecia Beth", type: "Legal name" }, "Pink"],
  genres: { pop: 12, "pop rock": 7, "dance-pop": 4 },
  rating: [3.9, 34],
  popularity: 0.9,
});

const kesha = artist({
  name: "Ke$ha",
  type: "Person",
  gender: "Female",
  area: "United States",
  beginArea: "Los Angeles",
  begin: "1987-03-01",
  aliases: [{ name: "Kesha Rose Sebert", sortName: "Sebert, Kesha Rose", type: "Legal name" }, "Kesha"],
  genres: { "dance-pop": 6, pop: 5 },
  popularity: 0.6,
});

const beyonce = artist({
  id: "859d0860-d480-4efd-970c-c05d5f1776b8",
  name: "Beyoncé",
  type: "Person",
  gender: "Female",
  area: "United States",
  beginArea: "Houston",
  begin: "1981-09-04",
  aliases: [
    { name: "Beyoncé Giselle Knowles-Carter", sortName: "Knowles-Carter, Beyoncé Giselle", type: "Legal name" },
    "Beyonce Knowles",
  ],
  genres: { "contemporary r&b": 11, pop: 10, "dance-pop": 3 },
  rating: [4, 44],
  popularity: 1,
  urls: { wikidata: "https://www.wikidata.org/wiki/Q36153" },
});

const x = artist({
  name: "X",
  disambiguation: "US punk band",
  type: "Group",
  area: "United States",
  beginArea: "Los Angeles",
  begin: "1977",
  genres: { punk: 5 },
  popularity: 0.3,
});

/** Names that break naive queries: symbols, diacritics, query syntax inside a name, one letter. */
export const oddNames: DataGroup = {
  artists: [acdc, chkChkChk, sunn, sigurRos, bjork, pink, kesha, beyonce, x],
  albums: [
    album({ title: "Back in Black", by: acdc, date: "1980-07-25", genres: { "hard rock": 14 }, popularity: 0.95 }),
    album({ title: "Highway to Hell", by: acdc, date: "1979-07-27", genres: { "hard rock": 9 } }),
    album({ title: "!!!", by: chkChkChk, date: "2001", genres: { "dance-punk": 2 }, popularity: 0.2 }),
    album({ title: "Louden Up Now", by: chkChkChk, date: "2004-06-08", genres: { "dance-punk": 3 } }),
    album({ title: "ØØ Void", by: sunn, date: "2000", genres: { "drone metal": 3 } }),
    album({ title: "Monoliths & Dimensions", by: sunn, date: "2009-05-18", genres: { "drone metal": 5 } }),
    album({ title: "Ágætis byrjun", by: sigurRos, date: "1999-06-12", genres: { "post-rock": 11 } }),
    album({ title: "( )", by: sigurRos, date: "2002-10-28", aliases: ["Untitled"], genres: { "post-rock": 8 } }),
    album({ title: "Debut", by: bjork, date: "1993-07-05", genres: { electronic: 8, "art pop": 5 } }),
    album({ title: "Homogenic", by: bjork, date: "1997-09-22", genres: { electronic: 9, "art pop": 7 } }),
    album({
      title: "Selmasongs",
      by: bjork,
      date: "2000-09-18",
      secondaryTypes: ["Soundtrack"],
      genres: { electronic: 3 },
    }),
    album({ title: "M!ssundaztood", by: [{ artist: pink, as: "Pink" }], date: "2001-11-20", genres: { pop: 4 } }),
    album({ title: "Animal", by: kesha, date: "2010-01-01", genres: { "dance-pop": 3 } }),
    album({ title: "Cannibal", by: kesha, date: "2010-11-19", primaryType: "EP", genres: { "dance-pop": 2 } }),
    album({ title: "Lemonade", by: beyonce, date: "2016-04-23", genres: { "contemporary r&b": 8, pop: 3 } }),
    album({ title: "Los Angeles", by: x, date: "1980-04-26", genres: { punk: 3 } }),
  ],
};
