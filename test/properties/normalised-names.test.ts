import * as fc from "fast-check";
import { expect, it } from "vitest";
import { normaliseName, normaliseWithoutArticle } from "../../src/index.ts";
import { anyText } from "./arbitrary-text.ts";

/** A letter whose upper case is a letter of its own, as against ß, which becomes two. */
const casedLetter = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 1 })
  .filter((letter) => /^\p{L}$/u.test(letter) && letter.toUpperCase().toLowerCase() === letter.toLowerCase());
const greek = fc.constantFrom(...Array.from("αβγδεζηθικλμνξοπρστυφχψωΑΣΩάέί"));
const words = fc.array(fc.stringMatching(/^[a-zA-Z0-9\u0430-\u044f\u3042-\u3050]{1,6}$/), {
  minLength: 1,
  maxLength: 4,
});
const many = { numRuns: 3_000 };

it("Normalising a name twice is normalising it once, whatever the text", () => {
  fc.assert(
    fc.property(anyText, (name) => {
      const key = normaliseName(name);
      expect(normaliseName(key)).toBe(key);
      const bare = normaliseWithoutArticle(name);
      expect(normaliseWithoutArticle(bare)).toBe(bare);
    }),
    many,
  );
});

it("A key can be stored: it has no NUL and no half of a surrogate pair", () => {
  fc.assert(
    fc.property(anyText, (name) => {
      const key = normaliseName(name);
      expect(key.isWellFormed()).toBe(true);
      expect(key).not.toContain("\0");
      expect(key).toBe(key.trim());
    }),
    many,
  );
});

it("Every name of which there is something to see has a key", () => {
  fc.assert(
    fc.property(anyText, (name) => {
      fc.pre(/[^\s\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/u.test(name));
      expect(normaliseName(name)).not.toBe("");
      expect(normaliseWithoutArticle(name)).not.toBe("");
    }),
    many,
  );
});

it("Case makes no difference", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(casedLetter, greek, fc.constantFrom(" ", ".", "'"))), (letters) => {
      const name = letters.join("");
      expect(normaliseName(name.toUpperCase())).toBe(normaliseName(name));
      expect(normaliseName(name.toLowerCase())).toBe(normaliseName(name));
    }),
    many,
  );
});

it("Accents on Latin letters make no difference, however many and in whatever order", () => {
  const accents = fc.array(
    fc.integer({ min: 0x300, max: 0x36f }).map((code) => String.fromCharCode(code)),
    { maxLength: 3 },
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...Array.from("abcXYZio ")), accents)), (letters) => {
      const accented = letters.map(([letter, marks]) => letter + (letter === " " ? "" : marks.join(""))).join("");
      const plain = letters.map(([letter]) => letter).join("");
      expect(normaliseName(accented)).toBe(normaliseName(plain));
      expect(normaliseName(accented.normalize("NFC"))).toBe(normaliseName(plain));
    }),
    many,
  );
});

it("Marks that may stand in any order on a letter make one key in every order", () => {
  // Each of a combining class of its own, so that Unicode calls every order equal.
  const marks = ["\u0301", "\u0323", "\u0327", "\u031b", "\u0334", "\u05b0", "\u093c", "\u3099"];
  const base = fc.constantFrom("a", "и", "ש", "क", "か", "ω", "7", "!");
  fc.assert(
    fc.property(
      fc.array(fc.tuple(base, fc.shuffledSubarray(marks)), { minLength: 1, maxLength: 4 }),
      fc.gen(),
      (letters, random) => {
        const spelled = letters.map(([letter, list]) => letter + list.join("")).join("");
        const other = letters
          .map(([letter, list]) => {
            const shuffled = random(fc.shuffledSubarray, list, { minLength: list.length, maxLength: list.length });
            return letter + shuffled.join("");
          })
          .join("");
        expect(normaliseName(other)).toBe(normaliseName(spelled));
      },
    ),
    { numRuns: 500 },
  );
});

it("Width makes no difference", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)) }),
      (name) => {
        const wide = name.replaceAll(/./gsu, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));
        expect(normaliseName(wide)).toBe(normaliseName(name));
      },
    ),
    many,
  );
});

it("Punctuation between words, and apostrophes and dots within them, make no difference", () => {
  const between = fc.constantFrom(" - ", ", ", "–", "/", ": ", "_", " · ", " “", "!  ");
  const within = fc.constantFrom("'", "’", ".", "´", "ʼ");
  fc.assert(
    fc.property(words, between, within, (parts, separator, apostrophe) => {
      const plain = normaliseName(parts.join(" "));
      expect(normaliseName(parts.join(separator))).toBe(plain);
      expect(normaliseName(`(${parts.join(" ")})…`)).toBe(plain);
      expect(normaliseName(parts.map((part) => Array.from(part).join(apostrophe)).join(" "))).toBe(plain);
    }),
    many,
  );
});
