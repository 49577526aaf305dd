import { album, artist } from "./builder.ts";
import type { DataGroup } from "./records.ts";

const weezer = artist({
  id: "6fe07aa5-fec0-4eca-a456-f29bff451b04",
  name: "Weezer",
  type: "Group",
  area: "United States",
  beginArea: "Los Angeles",
  begin: "1992-02-14",
  genres: { "alternative rock": 14, "power pop": 10, rock: 7 },
  rating: [4.1, 33],
  popularity: 0.9,
});

const guns = artist({
  id: "eeb1195b-f213-4ce1-b28c-8565211f8e43",
  name: "Guns N’ Roses",
  type: "Group",
  area: "United States",
  beginArea: "Los Angeles",
  begin: "1985-03",
  aliases: ["GNR", "Guns and Roses", "Guns 'n' Roses"],
  genres: { "hard rock": 18, rock: 9, "heavy metal": 6 },
  rating: [4.2, 48],
  popularity: 0.95,
});

const metallica = artist({
  id: "65f4f0c5-ef9e-490c-aee3-909e7ae6b2ab",
  name: "Metallica",
  type: "Group",
  area: "United States",
  beginArea: "Los Angeles",
  begin: "1981-10-28",
  genres: { "thrash metal": 26, "heavy metal": 19, metal: 12 },
  rating: [4.3, 92],
  popularity: 1,
});

// Renamed in 2020; the old name lives on as an alias.
const chicks = artist({
  name: "The Chicks",
  disambiguation: "US country group",
  type: "Group",
  area: "United States",
  beginArea: "Dallas",
  begin: "1989",
  aliases: [
    { name: "Dixie Chicks", type: "Artist name", begin: "1989", end: "2020-06-25" },
    { name: "The Dixie Chicks", sortName: "Dixie Chicks, The", type: "Search hint" },
  ],
  genres: { country: 9, bluegrass: 2 },
  rating: [3.9, 12],
  popularity: 0.6,
});

const dylan = artist({
  id: "72c536dc-7137-4477-a521-567eeb840fa8",
  name: "Bob Dylan",
  sortName: "Dylan, Bob",
  type: "Person",
  gender: "Male",
  area: "United States",
  beginArea: "Duluth",
  begin: "1941-05-24",
  isnis: ["0000000121479733"],
  aliases: [
    { name: "Robert Allen Zimmerman", sortName: "Zimmerman, Robert Allen", type: "Legal name" },
    { name: "Blind Boy Grunt", sortName: "Grunt, Blind Boy", type: "Artist name", begin: "1962", end: "1963" },
  ],
  genres: { "folk rock": 21, folk: 16, "singer-songwriter": 14, rock: 9 },
  rating: [4.45, 63],
  popularity: 1,
  urls: { wikidata: "https://www.wikidata.org/wiki/Q392", "official homepage": "https://www.bobdylan.com/" },
});

const davis = artist({
  id: "561d854a-6a28-4aa7-8c99-323e6ce46c2a",
  name: "Miles Davis",
  sortName: "Davis, Miles",
  disambiguation: "jazz trumpeter, bandleader, songwriter",
  type: "Person",
  gender: "Male",
  area: "United States",
  beginArea: "Alton",
  begin: "1926-05-26",
  end: "1991-09-28",
  isnis: ["000000012144707X"],
  genres: { jazz: 27, "cool jazz": 8, fusion: 7 },
  rating: [4.6, 41],
  popularity: 0.9,
  urls: { wikidata: "https://www.wikidata.org/wiki/Q93341" },
});

/** American artists: an album title shared by six albums (Weezer), a renamed group (The Chicks), a typographic apostrophe. */
export const americanRock: DataGroup = {
  artists: [weezer, guns, metallica, chicks, dylan, davis],
  albums: [
    album({
      title: "Weezer",
      disambiguation: "Blue Album",
      by: weezer,
      date: "1994-05-10",
      aliases: ["The Blue Album"],
      genres: { "alternative rock": 9, "power pop": 8 },
      rating: [4.5, 29],
      popularity: 0.9,
    }),
    album({
      title: "Weezer",
      disambiguation: "Green Album",
      by: weezer,
      date: "2001-05-15",
      aliases: ["The Green Album"],
      genres: { "power pop": 5 },
      popularity: 0.7,
    }),
    album({ title: "Weezer", disambiguation: "Red Album", by: weezer, date: "2008-06-03", popularity: 0.5 }),
    album({ title: "Weezer", disambiguation: "White Album", by: weezer, date: "2016-04-01", popularity: 0.45 }),
    album({ title: "Weezer", disambiguation: "Teal Album", by: weezer, date: "2019-01-24", popularity: 0.4 }),
    album({ title: "Weezer", disambiguation: "Black Album", by: weezer, date: "2019-03-01", popularity: 0.35 }),
    album({ title: "Pinkerton", by: weezer, date: "1996-09-24", genres: { "alternative rock": 6 } }),
    album({ title: "Appetite for Destruction", by: guns, date: "1987-07-21", genres: { "hard rock": 12 } }),
    album({ title: "G N’ R Lies", by: guns, date: "1988-11-29", genres: { "hard rock": 3 } }),
    album({
      id: "e8f70201-8899-3f0c-9e07-5d6495bc8046",
      title: "Metallica",
      by: metallica,
      date: "1991-08-12",
      aliases: ["The Black Album"],
      genres: { "heavy metal": 13 },
      popularity: 0.9,
    }),
    album({ title: "Master of Puppets", by: metallica, date: "1986-03-03", genres: { "thrash metal": 15 } }),
    album({
      title: "Wide Open Spaces",
      by: [{ artist: chicks, as: "Dixie Chicks" }],
      date: "1998-01-27",
      genres: { country: 5 },
    }),
    album({ title: "Gaslighter", by: chicks, date: "2020-07-17", genres: { country: 3 } }),
    album({ title: "Blonde on Blonde", by: dylan, date: "1966-06-20", genres: { "folk rock": 8, rock: 5 } }),
    album({
      id: "b18ef710-0e47-3c10-ab0b-6631533549ee",
      title: "Another Side of Bob Dylan",
      by: dylan,
      date: "1964-08-08",
      genres: { folk: 6 },
    }),
    album({
      id: "8e8a594f-2175-38c7-a871-abb68ec363e7",
      title: "Kind of Blue",
      by: davis,
      date: "1959-08-17",
      genres: { jazz: 16, "modal jazz": 7 },
      popularity: 0.95,
    }),
    album({ title: "Bitches Brew", by: davis, date: "1970-03-30", genres: { fusion: 8, jazz: 6 } }),
  ],
};
