import { darkSide, darkSideInNine, darkSideLive, theWall, wishYouWereHere } from "./pink-floyd-songs.ts";
import type { ReleaseFacts } from "./releases.ts";

/** Editions of The Dark Side of the Moon: on one disc or two, in one country or several, one of them merged from two. */
export const darkSideEditions: readonly ReleaseFacts[] = [
  {
    date: "1973-03-24",
    country: "GB",
    format: '12" Vinyl',
    packaging: "Gatefold Cover",
    barcode: "",
    labels: [["Harvest", "SHVL 804"]],
    annotation: "With two posters and two stickers.",
  },
  {
    mergedIds: ["5b8d0e47-a2c6-4f19-93d5-7e61f4b0c28a"],
    date: "1985",
    country: "GB",
    media: [{ format: "CD", songs: darkSideInNine }],
    labels: [["Harvest", "CDP 7 46001 2"]],
  },
  {
    date: "1973-03-24",
    country: "US",
    format: '12" Vinyl',
    packaging: "Gatefold Cover",
    barcode: null,
    labels: [["Harvest", "SMAS-11163"]],
  },
  {
    date: "1994-03",
    country: "XE",
    format: "CD",
    barcode: "0724382975229",
    asin: "B000024D4P",
    labels: [["EMI", "7243 8 29752 2 9"]],
    disambiguation: "remaster",
    urls: { "amazon asin": "https://www.amazon.com/gp/product/B000024D4P" },
  },
  {
    date: "2011-09-26",
    country: "GB",
    alsoIn: [
      { date: "2011-09-27", country: "US" },
      { date: "2011-09-28", country: "JP" },
    ],
    packaging: "Digipak",
    barcode: "5099902894522",
    labels: [
      ["EMI", "50999 028945 2 2"],
      ["Harvest", "50999 028945 2 2"],
    ],
    disambiguation: "Experience edition",
    media: [
      { format: "CD", title: "The Dark Side of the Moon", songs: darkSide },
      { format: "CD", title: "Live at the Empire Pool, Wembley, London 1974", songs: darkSideLive },
    ],
  },
];

/** Editions of Wish You Were Here. */
export const wishYouWereHereEditions: readonly ReleaseFacts[] = [
  {
    date: "1975-09-12",
    country: "GB",
    media: [{ format: '12" Vinyl', songs: wishYouWereHere, sides: [2, 3] }],
    barcode: null,
    labels: [["Harvest", "SHVL 814"]],
  },
  {
    date: "1975-09-13",
    country: "US",
    media: [{ format: '12" Vinyl', songs: wishYouWereHere, sides: [2, 3] }],
    barcode: null,
    labels: [["Columbia", "PC 33453"]],
  },
  { date: "1985", country: "GB", format: "CD", labels: [["Harvest", "CDP 7 46035 2"]] },
  { date: "2011-09-26", country: "XW", format: "Digital Media", labels: [["EMI", null]] },
];

/** Editions of Animals. */
export const animalsEditions: readonly ReleaseFacts[] = [
  { date: "1977-01-21", country: "GB", sides: [2, 3], barcode: null, labels: [["Harvest", "SHVL 815"]] },
  { date: "1977-02-10", country: "US", format: "Cassette", sides: [3, 2], labels: [["Columbia", "JCT 34474"]] },
  { date: "2011-09-26", country: "XE", format: "CD", labels: [["EMI", "50999 028951 2 3"]] },
  { date: "2022-09-16", country: "XW", format: "Digital Media", labels: [["Pink Floyd Records", null]] },
];

const onFourSides = [6, 7];

/** Editions of The Wall: always two discs, on vinyl with the sides A to D. */
export const theWallEditions: readonly ReleaseFacts[] = [
  {
    date: "1979-11-30",
    country: "GB",
    packaging: "Gatefold Cover",
    barcode: null,
    labels: [["Harvest", "SHDW 411"]],
    media: [
      { format: '12" Vinyl', songs: theWall.slice(0, 13), sides: onFourSides },
      { format: '12" Vinyl', songs: theWall.slice(13), sides: onFourSides },
    ],
  },
  { date: "1985", country: "GB", format: "CD", discs: [13, 13], labels: [["Harvest", "CDS 7 46036 8"]] },
  {
    date: "1994-10",
    country: "US",
    format: "CD",
    discs: [13, 13],
    asin: "B000006TRV",
    labels: [["Columbia", "C2K 68519"]],
  },
  {
    date: "2012-02-27",
    country: "XE",
    alsoIn: [{ date: "2012-02-28", country: "US" }],
    format: "CD",
    discs: [13, 13],
    packaging: "Digipak",
    labels: [["EMI", "50999 029439 2 8"]],
  },
];

/** Editions of The Piper at the Gates of Dawn: the first one in mono, and the American one with fewer songs. */
export const piperEditions: readonly ReleaseFacts[] = [
  { date: "1967-08-04", country: "GB", sides: [6, 5], disambiguation: "mono", labels: [["EMI Columbia", "SX 6157"]] },
  { date: "1967-10-21", country: "US", tracks: 9, labels: [["Capitol", "T 5093"]] },
  { date: "1987-02-02", country: "XE", format: "CD", labels: [["EMI", "CDP 7 46384 2"]] },
];
