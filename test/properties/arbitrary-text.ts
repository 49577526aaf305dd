import * as fc from "fast-check";

/** Code units by themselves, so that halves of surrogate pairs come alone. */
const codeUnits = fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) });

/** Letters, marks, signs and invisible characters that fold in ways of their own. */
const oddities = fc.string({
  unit: fc.constantFrom(
    ..."a A Ä s ß ẞ Σ σ ς ſ İ ı I ŉ ᾳ ё Й й ﬁ Ⅷ ½ ㎏ か ｶ 한 ᄒ ᅡ ᆫ אּ ج ﷺ क ก 👩‍👩‍👧 \u{1f3f4}".split(" "),
    ..."\u0301 \u0308 \u0323 \u0345 \u034f \u0640 \u064b \u05b0 \u093c \u3099 \uff9e \ufe0f".split(" "),
    ..."\ufeff \u200b \u200d \u00ad \0 \u0085 \ud800 \udc00".split(" "),
    ...". ' ’ ´ ` ¨ - – ! ? & / ( ) … ・ + $ ^ ~ ゛ ʼ".split(" "),
    " ",
    "\u00a0",
    "\t",
    "\n",
    "\u2028",
  ),
});

/** Any string that JavaScript can hold, the ones that nobody expects more often than by chance. */
export const anyText = fc.oneof(
  fc.string(),
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "binary" }),
  codeUnits,
  oddities,
);
