import type { AmazonProduct } from "./product.ts";
import { bestSimilarity, splitTitle } from "./product-title.ts";

/** The album that products are to be of. */
export interface SoughtAlbum {
  readonly title: string;
  /** Other names of it. */
  readonly aliases: readonly string[];
  /** Whom it is by, in every spelling that is known; empty where nobody knows. */
  readonly artists: readonly string[];
  /** `live`, `compilation` and the like, in lower case. */
  readonly secondaryTypes: readonly string[];
  /** Digits, as {@link barcodeKey} gives them. */
  readonly barcodes: ReadonlySet<string>;
  /** ASINs that another source says are the album's. */
  readonly asins: ReadonlySet<string>;
}

/** What the rules say of a product. Confidence is 0 to 1. */
export type Verdict =
  | { readonly status: "accepted"; readonly confidence: number; readonly reason: string }
  | { readonly status: "rejected"; readonly reason: string }
  /** Neither: a language model is asked, where there is one. */
  | { readonly status: "doubtful"; readonly reason: string };

/** What music comes on, in the languages of the marketplaces. */
const carriers =
  /\b(?:audio[ -]?cds?|cds?|sacd|vinyle?|vinilo|lp|schallplatte|disque|(?:audio|musi[ck])?[ -]?(?:cassette|kassette|mc)|mp3|(?:dvd|blu-ray)[ -]audio|mini-?disc)\b|レコード|ビニール/iu;
const musicGroup = /^(?:digital )?(?:music|musik|musique|m[úu]sica|muziek|musikk?|muzyka|müzik|ミュージック)\b/iu;
/** What is sold beside music under the same names; "vinyl bound" is a book. */
const otherGoods =
  /\b(?:book|paperback|hardcover|taschenbuch|broch[ée]|kindle|audible|audiobook|sheet music|songbook|vinyl bound|spiral-bound|apparel|t-?shirt|shirt|hoodie|poster|calendar|toy|mug|sticker|patch|ornament|home|puzzle|slipmat|vhs)\b|^(?:dvd|blu-ray)$/iu;
const imitations =
  /\b(?:tribute|karaoke|in the style of|made famous by|originally performed|as performed by|cover versions?|lullaby|lullabies|renditions?|sing[- ]?along|8-bit|string quartet|backing tracks?|ringtones?)\b/iu;
const concerts = /\b(?:live (?:at|in|from|on)|in concert|unplugged)\b|^live\b|\blive$/iu;

/** At least so alike two names must be for one name, and so alike for it to be worth a question. */
const limits = { same: 0.88, worthAsking: 0.6 };

/** Judges by rules whether a product is an edition of the album. Pure; the reason is for people. */
export function judgeByRules(product: AmazonProduct, album: SoughtAlbum): Verdict {
  const { title, binding = "", group = "" } = product;
  const goods = [binding, group].find((one) => otherGoods.test(one));
  if (goods !== undefined) return rejected(`it is no music but "${goods}"`);
  if (!carriers.test(binding) && !musicGroup.test(group))
    return rejected(binding || group ? `it is no music but "${binding || group}"` : "nothing says that it is music");
  const names = [album.title, ...album.aliases];
  const imitation = [title, ...product.artists].map((one) => imitations.exec(one)?.[0]).find(Boolean);
  if (imitation !== undefined && ![...names, ...album.artists].some((one) => imitations.test(one)))
    return rejected(`it is by others: "${imitation.toLowerCase()}"`);

  if (product.barcodes.some((one) => album.barcodes.has(barcodeKey(one))))
    return { status: "accepted", confidence: 1, reason: "its barcode is the album's" };
  if (album.asins.has(product.asin))
    return { status: "accepted", confidence: 1, reason: "another source names its ASIN" };

  const { title: bare, edition = "" } = splitTitle(title);
  const titles = bestSimilarity([title, bare], names);
  if (titles < limits.worthAsking) return rejected(`its title is another (${percent(titles)} alike)`);
  const artists = bestSimilarity([...product.artists, product.artists.join(" & ")], album.artists);
  const hasArtists = product.artists.length > 0 && album.artists.length > 0;
  if (hasArtists && artists < limits.worthAsking) {
    return rejected(`it is by ${product.artists.slice(0, 3).join(", ")} (${percent(artists)} alike)`);
  }
  if (titles < limits.same) return doubtful(`its title is only ${percent(titles)} alike`);
  if (!hasArtists) return doubtful("nobody says whom it is by");
  if (artists < limits.same) return doubtful(`its artist is only ${percent(artists)} alike`);
  if (concerts.test(edition) && !album.secondaryTypes.includes("live") && !names.some((one) => concerts.test(one)))
    return doubtful("it seems to be of a concert");
  return { status: "accepted", confidence: Math.min(titles, artists), reason: "its title and artist are the album's" };
}

/** A barcode in the one form in which an EAN and a UPC of the same goods are equal: digits without leading zeros. */
export function barcodeKey(barcode: string): string {
  return barcode.replaceAll(/\D/g, "").replace(/^0+/, "");
}

function rejected(reason: string): Verdict {
  return { status: "rejected", reason };
}

function doubtful(reason: string): Verdict {
  return { status: "doubtful", reason };
}

function percent(likeness: number): string {
  return `${Math.round(likeness * 100)} %`;
}
