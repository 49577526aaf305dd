/** Latin letters that Unicode does not take apart, spelled as people type them. */
const letters: Readonly<Record<string, string>> = {
  ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ħ: "h", ŋ: "n", ё: "е",
}; // prettier-ignore

/** Marks that fold away: accents on Latin and Greek, Arabic and Hebrew vowel signs, the Arabic tatweel. */
const accents = /(?<=[\p{Script=Latin}\p{Script=Greek}]\p{M}*)\p{M}/gu;
const vowelSigns = /[\u064B-\u0652\u0670\u0640]|[\u0591-\u05C7]/gu;

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
  const folded = fold(name);
  const words = folded
    .replace(/['’‘ʼ`´.]/gu, "")
    .replace(/\p{P}+/gu, " ")
    .replace(/\s+/gu, " ")
    .trim();
  return words === "" ? folded.replace(/\s+/gu, " ").trim() : words;
}

/**
 * As {@link normaliseName}, with a leading English article folded away: "The Beatles" and "Beatles" are one key.
 *
 * @example normaliseWithoutArticle("The Pink Floyd"); // "pink floyd"
 */
export function normaliseWithoutArticle(name: string): string {
  return normaliseName(name).replace(/^(?:the )+(?=.)/u, "");
}

function fold(name: string): string {
  return name
    .normalize("NFKD")
    .toLowerCase()
    .replace(accents, "")
    .replace(vowelSigns, "")
    .replace(/[\p{Cf}\p{Cc}\p{Cs}]/gu, (character) => (/\s/u.test(character) ? " " : ""))
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[ßæœøłđðþıħŋё]/gu, (letter) => letters[letter] ?? letter)
    .normalize("NFKC");
}
