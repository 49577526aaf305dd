/** What Unicode has nothing to fold in: most names, and looking for marks in them takes most of the time. */
const plain = /^[ -~]*$/;

/** Lower-case words that are their own key already. */
const folded = /^[a-z0-9]+(?: [a-z0-9]+)*$/;

/** Letters that Unicode does not take apart, spelled as people type them. */
const letters: Readonly<Record<string, string>> = {
  ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ħ: "h", ŋ: "n", ς: "σ",
}; // prettier-ignore

/** Marks that fold away: accents on Latin and Greek, the dots of the Russian ё, Arabic and Hebrew vowel signs, the tatweel. */
const accents = /(?<=[\p{Script=Latin}\p{Script=Greek}]\p{M}*)\p{M}|(?<=е\p{M}*)\u0308/gu;
const vowelSigns = /\u0640|[\u0591-\u05C7\u064B-\u0652\u0670]/gu;
const invisible = /[\p{Cf}\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * The key under which a name is found again: two spellings of one name give one key. Case, accents, width, punctuation
 * and invisible characters fold away; letters of every script, digits and symbols stay. A name of nothing but
 * punctuation (`!!!`) is its own key. Normalising twice changes nothing.
 *
 * @example
 * normaliseName("Sigur Rós"); // "sigur ros"
 * normaliseName("Guns N’ Roses"); // "guns n roses"
 * normaliseName("!!!"); // "!!!"
 */
export function normaliseName(name: string): string {
  const visible = decompose(name);
  if (folded.test(visible)) return visible;
  const words = visible.replace(/['’‘ʼ`.]/gu, "").replace(/\p{P}+/gu, " ");
  return fold(words) || fold(visible) || compose(visible);
}

/**
 * As {@link normaliseName}, with a leading English article folded away: "The Beatles" and "Beatles" are one key.
 *
 * @example normaliseWithoutArticle("The Pink Floyd"); // "pink floyd"
 */
export function normaliseWithoutArticle(name: string): string {
  return normaliseName(name).replace(/^(?:the )+(?=.)/u, "");
}

/** The text taken apart into letters and marks, in lower case, of which everything can be seen. */
function decompose(name: string): string {
  if (plain.test(name)) return name.toLowerCase();
  return name
    .replaceAll("´", "'") // which Unicode would take apart into a space and an accent
    .normalize("NFKD")
    .toLowerCase()
    .replace(invisible, (character) => (/\s/u.test(character) ? " " : ""));
}

function fold(decomposed: string): string {
  if (plain.test(decomposed)) return compose(decomposed);
  const bare = decomposed.replace(vowelSigns, "").replace(accents, "");
  return compose(bare.replace(/[ßæœøłđðþıħŋς]/gu, (letter) => letters[letter] ?? letter));
}

function compose(decomposed: string): string {
  const composed = plain.test(decomposed) ? decomposed : decomposed.normalize("NFKC");
  return composed.replace(/\s+/gu, " ").trim();
}
