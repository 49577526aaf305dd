import { album, artist } from "./builder.ts";
import { bleach, nevermind } from "./well-known-songs.ts";
import type { DataGroup } from "./records.ts";

const grunge = artist({
  id: "5b11f4ce-a62d-471e-81fc-a69a8278c7da",
  name: "Nirvana",
  disambiguation: "1980s–1990s US grunge band",
  type: "Group",
  area: "United States",
  beginArea: "Aberdeen, Washington",
  begin: "1988-01",
  end: "1994-04-05",
  isnis: ["0000000123486830"],
  aliases: [{ name: "Nirvana US", type: "Search hint" }, "ニルヴァーナ"],
  genres: { grunge: 33, "alternative rock": 21, rock: 13, punk: 4 },
  tags: { seattle: 3, american: 2 },
  rating: [4.4, 97],
  popularity: 1,
  urls: {
    wikidata: "https://www.wikidata.org/wiki/Q11649",
    discogs: "https://www.discogs.com/artist/125246",
    allmusic: "https://www.allmusic.com/artist/mn0000357406",
    "official homepage": "https://www.nirvana.com/",
  },
});

const psychedelic = artist({
  id: "9282c8b4-ca0b-4c6b-b7e3-4f7762dfc4d6",
  name: "Nirvana",
  disambiguation: "1960s band from the UK",
  type: "Group",
  area: "United Kingdom",
  beginArea: "London",
  begin: "1965",
  aliases: ["Nirvana UK"],
  genres: { "psychedelic pop": 3, "baroque pop": 2 },
  popularity: 0.7,
});

const yugoslav = artist({
  name: "Nirvana",
  disambiguation: "Yugoslav progressive rock band",
  type: "Group",
  area: "Yugoslavia",
  begin: "1970",
  end: "1973",
  genres: { "progressive rock": 1 },
  popularity: 0.3,
});

/** Three bands of one name: what a search for "Nirvana" has to tell apart. */
export const nirvanas: DataGroup = {
  artists: [grunge, psychedelic, yugoslav],
  albums: [
    album({
      id: "1b022e01-4da6-387b-8658-8678046e4cef",
      title: "Nevermind",
      by: grunge,
      date: "1991-09-24",
      genres: { grunge: 25, "alternative rock": 15 },
      rating: [4.5, 60],
      popularity: 1,
      songs: nevermind,
      releases: [
        {
          date: "1991-09-24",
          country: "US",
          format: "CD",
          barcode: "720642442524",
          asin: "B000003TA4",
          labels: [["DGC Records", "DGCD-24425"]],
          annotation: "The last song is hidden: it begins ten minutes after the one before it.",
          urls: { "amazon asin": "https://www.amazon.com/gp/product/B000003TA4" },
        },
        { date: "1991-09-24", country: "GB", format: '12" Vinyl', labels: [["DGC Records", "DGC 24425"]] },
      ],
    }),
    album({
      id: "f1afec0b-26dd-3db5-9aa1-c91229a74a24",
      title: "Bleach",
      by: grunge,
      date: "1989-06-15",
      genres: { grunge: 12 },
      songs: bleach,
      releases: [
        { date: "1989-06-15", country: "US", format: '12" Vinyl', tracks: 11, labels: [["Sub Pop", "SP34"]] },
        { date: "1992-04", country: "US", format: "CD", labels: [["Sub Pop", "SP 34b"]] },
      ],
    }),
    album({ title: "In Utero", by: grunge, date: "1993-09-21", genres: { grunge: 14, "alternative rock": 6 } }),
    album({
      title: "Incesticide",
      by: grunge,
      date: "1992-12-14",
      secondaryTypes: ["Compilation"],
      genres: { grunge: 6 },
    }),
    album({
      title: "MTV Unplugged in New York",
      by: grunge,
      date: "1994-11-01",
      secondaryTypes: ["Live"],
      genres: { "alternative rock": 8, acoustic: 3 },
    }),
    // Only a bootleg: the website's default list leaves it out, the full list does not.
    album({
      title: "Outcesticide: In Memory of Kurt Cobain",
      by: grunge,
      date: "1994",
      secondaryTypes: ["Compilation"],
      releases: [{ status: "Bootleg", date: "1994", format: "CD", tracks: 23 }],
      popularity: 0.1,
    }),
    album({
      title: "The Story of Simon Simopath",
      by: psychedelic,
      date: "1967-10",
      genres: { "psychedelic pop": 2 },
    }),
    album({ title: "All of Us", by: psychedelic, date: "1968", genres: { "psychedelic pop": 1 } }),
  ],
};
