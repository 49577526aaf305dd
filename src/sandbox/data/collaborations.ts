import { album, artist } from "./builder.ts";
import { compiledArtists, pulpFiction } from "./pulp-fiction.ts";
import { dummy } from "./well-known-songs.ts";
import type { DataGroup } from "./records.ts";

const eno = artist({
  id: "ff95eb47-41c4-4f7f-a104-cdc30f02e872",
  name: "Brian Eno",
  sortName: "Eno, Brian",
  type: "Person",
  gender: "Male",
  area: "United Kingdom",
  beginArea: "Woodbridge",
  begin: "1948-05-15",
  aliases: ["Eno"],
  genres: { ambient: 18, electronic: 12, "art rock": 6 },
  rating: [4.3, 27],
  popularity: 0.9,
});

const byrne = artist({
  id: "d4659efb-b8eb-4f03-95e9-f69ce35967a9",
  name: "David Byrne",
  sortName: "Byrne, David",
  disambiguation: "Talking Heads frontman",
  type: "Person",
  gender: "Male",
  area: "United States",
  beginArea: "Dumbarton",
  begin: "1952-05-14",
  genres: { "art pop": 5, "new wave": 4 },
  popularity: 0.8,
});

const talkingHeads = artist({
  id: "a94a7155-c79d-4409-9fcf-220cb0e4dc3a",
  name: "Talking Heads",
  type: "Group",
  area: "United States",
  beginArea: "New York",
  begin: "1975-05",
  end: "1991-12",
  genres: { "new wave": 17, "post-punk": 6, "art rock": 4 },
  rating: [4.4, 36],
  popularity: 0.9,
});

const prince = artist({
  id: "070d193a-845c-479f-980e-bef15710653e",
  name: "Prince",
  type: "Person",
  gender: "Male",
  area: "United States",
  beginArea: "Minneapolis",
  begin: "1958-06-07",
  end: "2016-04-21",
  aliases: [
    { name: "Prince Rogers Nelson", sortName: "Nelson, Prince Rogers", type: "Legal name" },
    { name: "The Artist Formerly Known as Prince", type: "Artist name", begin: "1993", end: "2000" },
  ],
  genres: { funk: 16, pop: 11, "minneapolis sound": 4 },
  rating: [4.4, 47],
  popularity: 1,
  urls: { wikidata: "https://www.wikidata.org/wiki/Q7542" },
});

const revolution = artist({
  name: "The Revolution",
  disambiguation: "Prince's band",
  type: "Group",
  area: "United States",
  beginArea: "Minneapolis",
  begin: "1979",
  popularity: 0.4,
});

const massiveAttack = artist({
  name: "Massive Attack",
  type: "Group",
  area: "United Kingdom",
  beginArea: "Bristol",
  begin: "1988",
  genres: { "trip hop": 22, electronic: 9 },
  rating: [4.3, 52],
  popularity: 0.9,
});

const madProfessor = artist({
  name: "Mad Professor",
  type: "Person",
  gender: "Male",
  area: "United Kingdom",
  genres: { dub: 5 },
  popularity: 0.3,
});

const portishead = artist({
  id: "8f6bd1e4-fbe1-4f50-aa9b-94c450ec0f11",
  name: "Portishead",
  type: "Group",
  area: "United Kingdom",
  beginArea: "Bristol",
  begin: "1991",
  genres: { "trip hop": 21, electronic: 8 },
  rating: [4.4, 45],
  popularity: 0.85,
});

const various = artist({
  id: "89ad4ac3-39f7-470e-963a-56509c546377",
  name: "Various Artists",
  disambiguation: "add compilations to this artist",
  type: "Other",
  aliases: [{ name: "VA", type: "Search hint" }],
  popularity: 0.9,
});

/** Albums credited to two artists, credited to nobody in particular, and a title that two artists share. */
export const collaborations: DataGroup = {
  artists: [
    eno,
    byrne,
    talkingHeads,
    prince,
    revolution,
    massiveAttack,
    madProfessor,
    portishead,
    various,
    ...compiledArtists,
  ],
  albums: [
    album({
      title: "My Life in the Bush of Ghosts",
      by: [{ artist: eno, join: " & " }, byrne],
      date: "1981-02",
      genres: { experimental: 5, electronic: 4 },
      rating: [4.4, 11],
    }),
    album({
      title: "Everything That Happens Will Happen Today",
      by: [{ artist: byrne, join: " & " }, eno],
      date: "2008-08-18",
      genres: { "art pop": 2 },
    }),
    album({ title: "Another Green World", by: eno, date: "1975-11-14", genres: { ambient: 6, "art rock": 5 } }),
    album({ title: "Remain in Light", by: talkingHeads, date: "1980-10-08", genres: { "new wave": 10 } }),
    album({
      title: "Stop Making Sense",
      by: talkingHeads,
      date: "1984-09",
      secondaryTypes: ["Soundtrack", "Live"],
      genres: { "new wave": 6 },
    }),
    album({
      title: "Purple Rain",
      by: [
        { artist: prince, join: " and " },
        { artist: revolution, as: "the Revolution" },
      ],
      date: "1984-06-25",
      secondaryTypes: ["Soundtrack"],
      genres: { pop: 8, funk: 6 },
      popularity: 0.9,
    }),
    album({ title: "Blue Lines", by: massiveAttack, date: "1991-04-08", genres: { "trip hop": 9 } }),
    album({
      title: "No Protection",
      by: [{ artist: massiveAttack, join: " v " }, madProfessor],
      date: "1995-02-20",
      secondaryTypes: ["Remix"],
      genres: { dub: 4, "trip hop": 3 },
    }),
    album({
      title: "Dummy",
      by: portishead,
      date: "1994-08-22",
      genres: { "trip hop": 14 },
      popularity: 0.9,
      songs: dummy,
      releases: [
        { date: "1994-08-22", country: "GB", format: "CD", labels: [["Go! Beat", "828 522-2"]] },
        { date: "1994-10-17", country: "US", format: "CD", labels: [["Go! Beat", "422-828 522-2"]] },
      ],
    }),
    album({
      title: "Pulp Fiction: Music From the Motion Picture",
      by: various,
      date: "1994-09-27",
      secondaryTypes: ["Compilation", "Soundtrack"],
      genres: { rock: 2 },
      songs: pulpFiction,
      releases: [
        { date: "1994-09-27", country: "US", format: "CD", labels: [["MCA", "MCAD-11103"]] },
        { date: "1994-10-11", country: "XE", format: "Cassette", labels: [["MCA", "MCC 11103"]] },
      ],
    }),
    album({
      title: "Greatest Hits of the 80s",
      by: various,
      secondaryTypes: ["Compilation"],
      popularity: 0.1,
    }),
  ],
};
