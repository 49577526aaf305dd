import { artist } from "./builder.ts";
import type { SongFacts } from "./song-facts.ts";

const dickDale = artist({ name: "Dick Dale & His Del‐Tones", type: "Group", popularity: 0.4 });
const kool = artist({ name: "Kool & the Gang", type: "Group", genres: { funk: 9, disco: 4 }, popularity: 0.6 });
const alGreen = artist({ name: "Al Green", sortName: "Green, Al", type: "Person", genres: { soul: 12 } });
const tornadoes = artist({ name: "The Tornadoes", disambiguation: "US surf band", type: "Group", popularity: 0.2 });
const rickyNelson = artist({ name: "Ricky Nelson", sortName: "Nelson, Ricky", type: "Person" });
const dusty = artist({
  name: "Dusty Springfield",
  sortName: "Springfield, Dusty",
  type: "Person",
  genres: { soul: 5 },
});
const centurians = artist({ name: "The Centurians", type: "Group", popularity: 0.1 });
const chuckBerry = artist({ name: "Chuck Berry", sortName: "Berry, Chuck", type: "Person", genres: { rock: 8 } });
const urgeOverkill = artist({ name: "Urge Overkill", type: "Group", popularity: 0.3 });
const mariaMcKee = artist({ name: "Maria McKee", sortName: "McKee, Maria", type: "Person", popularity: 0.3 });
const travolta = artist({ name: "John Travolta", sortName: "Travolta, John", type: "Person", popularity: 0.3 });
const jackson = artist({ name: "Samuel L. Jackson", sortName: "Jackson, Samuel L.", type: "Person", popularity: 0.3 });

/** Artists of whom the data set has no album, only a song on a compilation. */
export const compiledArtists = [
  dickDale,
  kool,
  alGreen,
  tornadoes,
  rickyNelson,
  dusty,
  centurians,
  chuckBerry,
  urgeOverkill,
  mariaMcKee,
  travolta,
  jackson,
];

/**
 * The soundtrack of Pulp Fiction, shortened: each song has another artist, one has two, one is credited under another
 * name, and dialogue comes before the music.
 */
export const pulpFiction: readonly SongFacts[] = [
  {
    title: "Royale With Cheese (Dialogue)",
    length: "1:42",
    by: [{ artist: travolta, join: " & " }, jackson],
    isrcs: [],
  },
  { title: "Misirlou", length: "2:27", by: dickDale, genres: { rock: 3 } },
  { title: "Jungle Boogie", length: "3:05", by: kool, genres: { funk: 5 } },
  { title: "Let’s Stay Together", length: "3:15", by: alGreen, genres: { soul: 7 } },
  { title: "Bustin’ Surfboards", length: "2:26", by: tornadoes },
  { title: "Lonesome Town", length: "2:13", by: rickyNelson },
  { title: "Son of a Preacher Man", length: "2:25", by: dusty, genres: { soul: 4, pop: 2 } },
  { title: "Bullwinkle Part II", length: "2:29", by: [{ artist: centurians, as: "The Centurions" }] },
  { title: "You Never Can Tell", length: "3:12", by: chuckBerry },
  { title: "Girl, You’ll Be a Woman Soon", length: "3:09", by: urgeOverkill },
  { title: "If Love Is a Red Dress (Hang Me in Rags)", length: "4:55", by: mariaMcKee },
];
