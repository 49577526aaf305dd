import type { SongFacts } from "./song-facts.ts";

/** Nevermind, with the hidden song as a track of its own. */
export const nevermind: readonly SongFacts[] = [
  {
    id: "6da76448-982a-4a01-b65b-9a710301c9c9",
    title: "Smells Like Teen Spirit",
    length: 301_106,
    genres: { grunge: 12, "alternative rock": 5 },
    rating: [4.6, 31],
    isrcs: ["USGF19942501"],
  },
  ["In Bloom", "4:14"],
  ["Come as You Are", "3:39"],
  ["Breed", "3:03"],
  ["Lithium", "4:17"],
  ["Polly", "2:57"],
  ["Territorial Pissings", "2:22"],
  ["Drain You", "3:43"],
  ["Lounge Act", "2:36"],
  ["Stay Away", "3:32"],
  ["On a Plain", "3:16"],
  { title: "Something in the Way / Endless, Nameless", length: "20:35", printedAs: "Something in the Way" },
];

/** Bleach; the last two songs came with the CD. */
export const bleach: readonly SongFacts[] = [
  ["Blew", "2:55"],
  ["Floyd the Barber", "2:18"],
  ["About a Girl", "2:48"],
  ["School", "2:42"],
  ["Love Buzz", "3:35"],
  ["Paper Cuts", "4:06"],
  ["Negative Creep", "2:56"],
  ["Scoff", "4:10"],
  ["Swap Meet", "3:03"],
  ["Mr. Moustache", "3:24"],
  ["Sifting", "5:22"],
  ["Big Cheese", "3:42"],
  ["Downer", "1:43"],
];

/** OK Computer. */
export const okComputer: readonly SongFacts[] = [
  ["Airbag", "4:44"],
  ["Paranoid Android", "6:23"],
  ["Subterranean Homesick Alien", "4:27"],
  ["Exit Music (for a Film)", "4:24"],
  ["Let Down", "4:59"],
  ["Karma Police", "4:21"],
  ["Fitter Happier", "1:57"],
  ["Electioneering", "3:50"],
  ["Climbing Up the Walls", "4:45"],
  ["No Surprises", "3:48"],
  ["Lucky", "4:19"],
  ["The Tourist", "5:24"],
];

/** Dummy. */
export const dummy: readonly SongFacts[] = [
  ["Mysterons", "5:02"],
  ["Sour Times", "4:11"],
  ["Strangers", "3:55"],
  ["It Could Be Sweet", "4:16"],
  ["Wandering Star", "4:51"],
  ["It’s a Fire", "3:49"],
  ["Numb", "3:54"],
  ["Roads", "5:02"],
  ["Pedestal", "3:39"],
  ["Biscuit", "5:01"],
  ["Glory Box", "5:06"],
];
