import type { SongFacts } from "./song-facts.ts";

/** The recordings of The Dark Side of the Moon that other albums have too. */
const speakToMe: SongFacts = { id: "bef3fddb-5aca-49f5-b2fd-d56a23268d63", title: "Speak to Me", length: 68_346 };
const breathe: SongFacts = {
  id: "ecbc7c9b-e79d-4ec8-ac77-44e4a7f7f1b8",
  title: "Breathe",
  length: 168_720,
  genres: { "progressive rock": 4 },
};
const onTheRun: SongFacts = {
  id: "747a79a7-644e-42d4-be86-9adaf44393d8",
  title: "On the Run",
  length: 226_000,
  trackLength: 230_600,
};
const time: SongFacts = {
  id: "41959321-f2bb-4580-aa19-16248fe665d3",
  title: "Time",
  length: 413_000,
  trackLength: 409_600,
  genres: { "progressive rock": 6, "art rock": 3 },
  rating: [4.9, 14],
};
const theGreatGig: SongFacts = {
  id: "73b01cea-2dad-4fc2-9e61-02a31477c1b1",
  title: "The Great Gig in the Sky",
  length: 284_133,
};
const money: SongFacts = {
  id: "7fef22bd-76aa-4803-b56b-93a5d6e70662",
  mergedIds: ["3c8a1f52-9d0e-4b6a-8f47-5e2d7c91b0a4"],
  title: "Money",
  length: 382_746,
  genres: { "progressive rock": 7, "blues rock": 2, rock: 2 },
  tags: { "7/4": 2 },
  rating: [4.7, 21],
  isrcs: ["GBN9Y1100088"],
  annotation: "The loop of coins is seven beats long.",
};
const usAndThem: SongFacts = { id: "2d1201cf-59bb-4ffa-9f52-f5b3afa13346", title: "Us and Them", length: 469_853 };
const anyColour: SongFacts = {
  id: "7c278a16-ae04-460c-88ea-39155cadcd09",
  title: "Any Colour You Like",
  length: 206_000,
  trackLength: 206_213,
};
const brainDamage: SongFacts = {
  id: "71c0e054-b700-4fd2-a35b-95c7afc566cb",
  title: "Brain Damage",
  length: 227_000,
  trackLength: 226_933,
};
const eclipse: SongFacts = { id: "76341a6e-bac9-4ab3-9d9a-3cf1c9ceac80", title: "Eclipse", length: 131_546 };

/** The Dark Side of the Moon as the record has it: ten songs on two sides. */
export const darkSide: readonly SongFacts[] = [
  speakToMe,
  breathe,
  onTheRun,
  time,
  theGreatGig,
  money,
  usAndThem,
  anyColour,
  brainDamage,
  eclipse,
];

/** The Dark Side of the Moon on the first CDs: the first two songs are one track. */
export const darkSideInNine: readonly SongFacts[] = [["Speak to Me / Breathe", "3:57"], ...darkSide.slice(2)];

/** The Dark Side of the Moon played in 1974, on the second disc of the later set. */
export const darkSideLive: readonly SongFacts[] = [
  { title: "Speak to Me", length: "2:45", disambiguation: "live, 1974-11-15" },
  { title: "Breathe", length: "2:50", disambiguation: "live, 1974-11-15", printedAs: "Breathe (In the Air)" },
  { title: "Money", length: "8:39", disambiguation: "live, 1974-11-15" },
  { title: "Us and Them", length: "8:09", disambiguation: "live, 1974-11-15" },
  { title: "Eclipse", length: "2:19", disambiguation: "live, 1974-11-15" },
];

const shineOn: SongFacts = {
  title: "Shine On You Crazy Diamond (Parts I–V)",
  length: "13:31",
  genres: { "progressive rock": 5, "space rock": 1 },
};
const wishYouWereHereSong: SongFacts = {
  id: "5f7d2a6e-1c3b-4e88-9a54-0d6b3c2f7e19",
  title: "Wish You Were Here",
  length: "5:34",
  genres: { "progressive rock": 4, "folk rock": 1 },
  rating: [4.8, 19],
};

/** Wish You Were Here. */
export const wishYouWereHere: readonly SongFacts[] = [
  shineOn,
  ["Welcome to the Machine", "7:28"],
  // Roy Harper sings, but the sleeve credits only the band.
  ["Have a Cigar", "5:07"],
  wishYouWereHereSong,
  ["Shine On You Crazy Diamond (Parts VI–IX)", "12:28"],
];

/** Animals. */
export const animals: readonly SongFacts[] = [
  ["Pigs on the Wing (Part One)", "1:25"],
  ["Dogs", "17:04"],
  ["Pigs (Three Different Ones)", "11:28"],
  ["Sheep", "10:20"],
  ["Pigs on the Wing (Part Two)", "1:28"],
];

const anotherBrick: SongFacts = {
  id: "9c1e5b74-62af-4d0b-8e3f-71a4c5d2960b",
  title: "Another Brick in the Wall (Part 2)",
  length: "3:59",
};
const comfortablyNumb: SongFacts = {
  id: "1d8f4c3a-7b25-4f96-a0e1-38c9d6b2574f",
  title: "Comfortably Numb",
  length: "6:23",
  rating: [4.9, 25],
};

/** The Wall: thirteen songs on each of two discs. */
export const theWall: readonly SongFacts[] = [
  ["In the Flesh?", "3:16"],
  ["The Thin Ice", "2:27"],
  ["Another Brick in the Wall (Part 1)", "3:11"],
  ["The Happiest Days of Our Lives", "1:46"],
  anotherBrick,
  ["Mother", "5:32"],
  ["Goodbye Blue Sky", "2:45"],
  ["Empty Spaces", "2:10"],
  ["Young Lust", "3:25"],
  ["One of My Turns", "3:41"],
  ["Don’t Leave Me Now", "4:08"],
  ["Another Brick in the Wall (Part 3)", "1:18"],
  ["Goodbye Cruel World", "1:16"],
  ["Hey You", "4:40"],
  ["Is There Anybody Out There?", "2:44"],
  ["Nobody Home", "3:26"],
  ["Vera", "1:35"],
  ["Bring the Boys Back Home", "1:21"],
  comfortablyNumb,
  ["The Show Must Go On", "1:36"],
  ["In the Flesh", "4:15"],
  ["Run Like Hell", "4:20"],
  ["Waiting for the Worms", "4:04"],
  ["Stop", "0:30"],
  ["The Trial", "5:13"],
  ["Outside the Wall", "1:41"],
];

const seeEmilyPlay: SongFacts = ["See Emily Play", "2:47"];
const astronomyDomine: SongFacts = {
  id: "e3b70c96-4d5a-4c12-b8f7-29d1a6e0843c",
  title: "Astronomy Domine",
  length: "4:12",
};
const echoesSong: SongFacts = ["Echoes", "23:31"];

/** The Piper at the Gates of Dawn. */
export const piper: readonly SongFacts[] = [
  astronomyDomine,
  ["Lucifer Sam", "3:07"],
  ["Matilda Mother", "3:08"],
  ["Flaming", "2:46"],
  ["Pow R. Toc H.", "4:26"],
  ["Take Up Thy Stethoscope and Walk", "3:05"],
  ["Interstellar Overdrive", "9:41"],
  ["The Gnome", "2:13"],
  ["Chapter 24", "3:42"],
  ["The Scarecrow", "2:11"],
  ["Bike", "3:21"],
];

/** Meddle. */
export const meddle: readonly SongFacts[] = [
  ["One of These Days", "5:57"],
  ["A Pillow of Winds", "5:10"],
  ["Fearless", "6:08"],
  ["San Tropez", "3:43"],
  ["Seamus", "2:15"],
  echoesSong,
];

/** A part of Echoes: The Best of Pink Floyd. Some recordings are those of the albums, others edits of its own. */
export const bestOf: readonly SongFacts[] = [
  astronomyDomine,
  seeEmilyPlay,
  { ...anotherBrick, printedAs: "Another Brick in the Wall, Part 2" },
  { title: "Echoes", length: "16:30", disambiguation: "edit" },
  money,
  comfortablyNumb,
  time,
  wishYouWereHereSong,
  { title: "Shine On You Crazy Diamond (Parts 1–7)", length: "17:32", disambiguation: "edit" },
  eclipse,
];
