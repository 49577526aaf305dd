const letters: Readonly<Record<string, string>> = {
  ß: "ss",
  ø: "o",
  đ: "d",
  ł: "l",
  æ: "ae",
  œ: "oe",
  þ: "th",
  ð: "d",
  ı: "i",
  ς: "σ",
};

/**
 * Text with case, diacritics and compatibility forms removed, the way the search index compares it: "Björk" is "bjork",
 * "ＡＣ" is "ac". Voiced kana keep their marks, because が and か are different letters and not an accent apart.
 */
export const fold = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/[\p{M}--[\u3099\u309a]]/gv, "")
    .toLowerCase()
    .replace(/[ßøđłæœþðıς]/gu, (letter) => letters[letter] ?? letter)
    .normalize("NFC");

/**
 * The words that the index knows a text by. Han and Hiragana characters are words of their own, as in Lucene's standard
 * tokenizer; apostrophes join ("don't" is "dont"), every other symbol separates ("AC/DC" is "ac", "dc"). A text of symbols
 * only ("!!!") would have no word at all and could never be found, so it is one word as it stands.
 */
export const words = (text: string): readonly string[] => {
  const found = fold(text)
    .replace(/['’ʼ‘`]/gu, "")
    .match(/[\p{sc=Han}\p{sc=Hiragana}]|[[\p{L}\p{N}]--[\p{sc=Han}\p{sc=Hiragana}]]+/gv);
  if (found !== null) return found;
  const symbols = text.normalize("NFKC").trim();
  return symbols === "" ? [] : [symbols];
};
