import { album, artist } from "./builder.ts";
import type { DataGroup } from "./records.ts";

const utada = artist({
  id: "b539e453-c4fe-47e3-8a07-8517eac74429",
  name: "宇多田ヒカル",
  sortName: "Utada, Hikaru",
  type: "Person",
  gender: "Female",
  area: "Japan",
  beginArea: "New York",
  begin: "1983-01-19",
  aliases: [
    { name: "Hikaru Utada", sortName: "Utada, Hikaru", locale: "en", primary: true, type: "Artist name" },
    { name: "Utada", type: "Artist name", begin: "2004", end: "2010" },
  ],
  genres: { "j-pop": 13, pop: 4 },
  rating: [4.3, 18],
  popularity: 0.8,
});

const sakamoto = artist({
  name: "坂本龍一",
  sortName: "Sakamoto, Ryuichi",
  type: "Person",
  gender: "Male",
  area: "Japan",
  beginArea: "Tokyo",
  endArea: "Tokyo",
  begin: "1952-01-17",
  end: "2023-03-28",
  aliases: [
    { name: "Ryuichi Sakamoto", sortName: "Sakamoto, Ryuichi", locale: "en", primary: true, type: "Artist name" },
  ],
  genres: { electronic: 8, ambient: 6, "synth-pop": 4 },
  popularity: 0.8,
});

const aquarium = artist({
  name: "Аквариум",
  sortName: "Aquarium",
  disambiguation: "Russian rock band",
  type: "Group",
  area: "Russia",
  beginArea: "Saint Petersburg",
  begin: "1972",
  aliases: [{ name: "Aquarium", locale: "en", primary: true, type: "Artist name" }, "Akvarium"],
  genres: { rock: 5, folk: 2 },
  popularity: 0.6,
});

const kino = artist({
  name: "Кино",
  sortName: "Kino",
  disambiguation: "Soviet rock band",
  type: "Group",
  area: "Russia",
  beginArea: "Saint Petersburg",
  begin: "1982",
  end: "1990-08-15",
  aliases: [{ name: "Kino", locale: "en", primary: true, type: "Artist name" }],
  genres: { "post-punk": 6, "new wave": 4 },
  popularity: 0.7,
});

const fairuz = artist({
  name: "فيروز",
  sortName: "Fairuz",
  type: "Person",
  gender: "Female",
  area: "Lebanon",
  beginArea: "Beirut",
  begin: "1934-11-20",
  aliases: [{ name: "Fairuz", locale: "en", primary: true, type: "Artist name" }, "Fairouz", "Feyrouz"],
  genres: { "arabic pop": 2 },
  popularity: 0.6,
});

const theodorakis = artist({
  name: "Μίκης Θεοδωράκης",
  sortName: "Theodorakis, Mikis",
  type: "Person",
  gender: "Male",
  area: "Greece",
  endArea: "Athens",
  begin: "1925-07-29",
  end: "2021-09-02",
  aliases: [
    { name: "Mikis Theodorakis", sortName: "Theodorakis, Mikis", locale: "en", primary: true, type: "Artist name" },
  ],
  genres: { éntekhno: 2, classical: 2 },
  popularity: 0.5,
});

const kraftwerk = artist({
  id: "5700dcd4-c139-4f31-aa3e-6382b9af9032",
  name: "Kraftwerk",
  type: "Group",
  area: "Germany",
  beginArea: "Düsseldorf",
  begin: "1970",
  genres: { electronic: 22, "synth-pop": 9, krautrock: 7 },
  rating: [4.3, 39],
  popularity: 0.9,
});

const can = artist({
  name: "Can",
  disambiguation: "German krautrock band",
  type: "Group",
  area: "Germany",
  beginArea: "Cologne",
  begin: "1968",
  end: "1979",
  aliases: ["The Can"],
  genres: { krautrock: 9, experimental: 4 },
  popularity: 0.6,
});

/** Artists whose names are not written in Latin letters, with a Latin alias, and two from Germany. */
export const aroundTheWorld: DataGroup = {
  artists: [utada, sakamoto, aquarium, kino, fairuz, theodorakis, kraftwerk, can],
  albums: [
    album({ title: "First Love", by: utada, date: "1999-03-10", genres: { "j-pop": 6 } }),
    album({ title: "初恋", by: utada, date: "2018-06-27", aliases: ["Hatsukoi"], genres: { "j-pop": 4 } }),
    album({ title: "Exodus", by: [{ artist: utada, as: "Utada" }], date: "2004-09-08", genres: { "dance-pop": 2 } }),
    album({ title: "千のナイフ", by: sakamoto, date: "1978-10-25", aliases: ["Thousand Knives"] }),
    album({
      title: "Merry Christmas Mr. Lawrence",
      by: [{ artist: sakamoto, as: "Ryuichi Sakamoto" }],
      date: "1983-05-01",
      secondaryTypes: ["Soundtrack"],
      genres: { ambient: 3 },
    }),
    album({ title: "Радио Африка", by: aquarium, date: "1983", aliases: ["Radio Africa"], genres: { rock: 2 } }),
    album({ title: "Группа крови", by: kino, date: "1988-01-05", genres: { "post-punk": 4 } }),
    // Copied from tape to tape for years: nobody knows the date.
    album({ title: "46", by: kino, genres: { rock: 1 } }),
    album({ title: "كيفك إنت", by: fairuz, date: "1991", aliases: ["Kifak Inta"] }),
    album({
      title: "Zorba the Greek",
      by: [{ artist: theodorakis, as: "Mikis Theodorakis" }],
      date: "1965",
      secondaryTypes: ["Soundtrack"],
    }),
    album({ title: "Autobahn", by: kraftwerk, date: "1974-11", genres: { electronic: 8, krautrock: 3 } }),
    album({ title: "Trans Europa Express", by: kraftwerk, date: "1977-03", genres: { electronic: 9 } }),
    album({ title: "Tago Mago", by: can, date: "1971-02", genres: { krautrock: 7 } }),
  ],
};
