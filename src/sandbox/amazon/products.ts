/** A product of the sandbox, as the files below describe it. Amounts are in the currency's main unit: 24.98. */
export interface SandboxProduct {
  /** Ten letters and digits, made up. */
  readonly asin: string;
  readonly title: string;
  /** In the `artist` role; none where the real service would name a brand alone. */
  readonly artists: readonly string[];
  readonly brand?: string;
  readonly binding: string;
  readonly group: string;
  /** EAN with 13 digits, UPC with 12; both made up. */
  readonly eans?: readonly string[];
  readonly upcs?: readonly string[];
  /** By marketplace; a marketplace that is not there does not sell it, null lists it without an offer. */
  readonly prices: Readonly<Record<string, number | null>>;
  readonly salesRank?: number;
}

const us = "www.amazon.com";
const uk = "www.amazon.co.uk";
const jp = "www.amazon.co.jp";
const floyd = ["Pink Floyd"];
const cd = { binding: "Audio CD", group: "Music" };
const vinyl = { binding: "Vinyl", group: "Music" };

/** Editions of the sandbox's own albums, and what is sold beside them under the same names. */
export const sandboxProducts: readonly SandboxProduct[] = [
  {
    asin: "B0SBXDSM01",
    title: "The Dark Side of the Moon",
    artists: floyd,
    ...cd,
    eans: ["0190295996901"],
    upcs: ["190295996901"],
    prices: { [us]: 13.98, [uk]: 9.99, [jp]: 2860 },
    salesRank: 1204,
  },
  {
    asin: "B0SBXDSM02",
    title: "The Dark Side of the Moon (50th Anniversary Remaster) [Vinyl]",
    artists: floyd,
    ...vinyl,
    eans: ["5054197141478"],
    prices: { [us]: 29.99, [uk]: 26.5, [jp]: 5390 },
    salesRank: 310,
  },
  {
    asin: "B0SBXDSM03",
    title: "Dark Side Of The Moon - 2011 Remastered Edition",
    artists: floyd,
    ...cd,
    upcs: ["509990289552"],
    prices: { [us]: null },
  },
  {
    asin: "B0SBXDSM04",
    title: "The Dark Side of the Moon (Immersion Box Set)",
    artists: floyd,
    ...cd,
    prices: { [us]: 189.5 },
    salesRank: 48_112,
  },
  {
    asin: "B0SBXDSM05",
    title: "The Dark Side of the Moon",
    artists: floyd,
    binding: "MP3 Music",
    group: "Digital Music Album",
    prices: { [us]: 9.49 },
  },
  {
    asin: "B0SBXDSM10",
    title: "The Dark Side of the Moon: A Tribute to Pink Floyd",
    artists: ["Various Artists"],
    ...cd,
    prices: { [us]: 11.99 },
  },
  {
    asin: "B0SBXWYWH2",
    title: "Wish You Were Here",
    artists: ["The Moonlight String Quartet"],
    ...cd,
    prices: { [us]: 12.5 },
  },
  {
    asin: "B0SBXDSM12",
    title: "The Dark Side of the Moon (Live at Wembley 1974)",
    artists: floyd,
    ...vinyl,
    prices: { [us]: 31.98 },
  },
  {
    asin: "B0SBXDSM13",
    title: "Pink Floyd The Dark Side of the Moon T-Shirt",
    artists: [],
    brand: "Pink Floyd",
    binding: "Apparel",
    group: "Apparel",
    prices: { [us]: 19.95 },
  },
  {
    asin: "B0SBXDSM14",
    title: "The Dark Side of the Moon",
    artists: floyd,
    binding: "Paperback",
    group: "Book",
    prices: { [us]: 16.2 },
  },
  {
    asin: "B0SBXDSM15",
    title: "The Dark Side of the Moon / Wish You Were Here / The Wall (3 CD)",
    artists: floyd,
    ...cd,
    prices: { [us]: 44.0 },
  },
  {
    asin: "B0SBXWYWH1",
    title: "Wish You Were Here",
    artists: floyd,
    ...cd,
    eans: ["5099902894522"],
    prices: { [us]: 12.99, [uk]: 10.49, [jp]: 2750 },
    salesRank: 2210,
  },
  {
    asin: "B0SBXNVMD1",
    title: "Nevermind",
    artists: ["Nirvana"],
    ...vinyl,
    upcs: ["720642442517"],
    prices: { [us]: 24.98, [uk]: 21.99 },
    salesRank: 88,
  },
  {
    asin: "B0SBXNVMD2",
    title: "Nevermind (Karaoke Versions in the Style of Nirvana)",
    artists: ["Sing It Loud"],
    ...cd,
    prices: { [us]: 7.99 },
  },
  // Sold under a name so odd that only its barcode tells what it is.
  {
    asin: "B0SBXBLUE1",
    title: "Miles Davis KOB 180g audiophile pressing",
    artists: ["Davis, Miles & Coltrane, John & Evans, Bill"],
    ...vinyl,
    eans: ["0886979193611"],
    prices: { [us]: 27.0 },
  },
  // Nobody says whom it is by.
  {
    asin: "B0SBXDUMM1",
    title: "Dummy",
    artists: [],
    ...vinyl,
    prices: { [us]: 22.5 },
  },
  {
    asin: "B0SBXHATS1",
    title: "初恋",
    artists: ["宇多田ヒカル"],
    binding: "CD",
    group: "ミュージック",
    eans: ["4547366363913"],
    prices: { [jp]: 3300 },
    salesRank: 5120,
  },
];

/** The marketplaces that the sandbox has, each with its currency. */
export const sandboxMarketplaces: Readonly<Record<string, { readonly currency: string; readonly locale: string }>> = {
  [us]: { currency: "USD", locale: "en_US" },
  [uk]: { currency: "GBP", locale: "en_GB" },
  [jp]: { currency: "JPY", locale: "ja_JP" },
};
