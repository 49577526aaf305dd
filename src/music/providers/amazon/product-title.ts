import { distance } from "fastest-levenshtein";
import { normaliseWithoutArticle } from "../../../engine/normalise.ts";

/** A product's title taken apart. */
export interface ProductTitle {
  /** What is left without remarks on the edition: "The Dark Side of the Moon". */
  readonly title: string;
  /** The remarks: "50th Anniversary Remaster". Absent where there are none. */
  readonly edition?: string | undefined;
}

/** Words by which what follows a dash, or stands between brackets, is a remark on the edition. */
const editionWords =
  /\b(?:edition|remaster(?:ed)?|re-?issue|deluxe|anniversary|expanded|limited|import|mono|stereo|vinyl|lp|\d*\s?cds?|sacd|box ?set|bonus|gram|explicit|clean|audio|ep|single|mix)\b|盤|限定|リマスター/iu;

/**
 * Takes a product's title apart. What stands between brackets is a remark, what follows a dash only where it speaks of an
 * edition: titles of albums have dashes too.
 *
 * @example splitTitle("The Wall (Remastered) [Vinyl]"); // { title: "The Wall", edition: "Remastered, Vinyl" }
 */
export function splitTitle(full: string): ProductTitle {
  const remarks: string[] = [];
  const bare = full.replace(/\s*[([【（]([^()[\]【】（）]*)[)\]】）]/gu, (_whole, remark: string) => {
    if (remark.trim() !== "") remarks.push(remark.trim());
    return "";
  });
  const [, title = bare, after = ""] = /^(.+?)\s+[-–—:]\s+(.+)$/u.exec(bare) ?? [];
  const isRemark = editionWords.test(after);
  if (isRemark) remarks.push(after.trim());
  const left = (isRemark ? title : bare).trim();
  // A title all of which stands between brackets is a title.
  if (left === "") return { title: full.trim() };
  return remarks.length === 0 ? { title: left } : { title: left, edition: remarks.join(", ") };
}

/** How alike two names are as people see them, 0 to 1: what {@link normaliseWithoutArticle} folds away is no difference. */
function similarity(left: string, right: string): number {
  const [one, other] = [normaliseWithoutArticle(left).slice(0, 500), normaliseWithoutArticle(right).slice(0, 500)];
  const longest = Math.max(one.length, other.length);
  return longest === 0 ? 0 : 1 - distance(one, other) / longest;
}

/** The likeness of the most alike pair, 0 where one of the lists is empty. */
export function bestSimilarity(left: readonly string[], right: readonly string[]): number {
  return Math.max(0, ...left.flatMap((one) => right.map((other) => similarity(one, other))));
}
