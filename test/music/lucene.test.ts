import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allOf, anyOf, field, phrase, spellings } from "../../src/music/providers/musicbrainz/lucene.ts";

/** Reads a phrase as Lucene does: a backslash takes the next character as it is, a bare quote ends the phrase. */
function readPhrase(query: string): { readonly text: string; readonly rest: string } {
  let text = "";
  for (let at = 1; at < query.length; at += 1) {
    if (query[at] === '"') return { text, rest: query.slice(at + 1) };
    if (query[at] === "\\") at += 1;
    text += query[at] ?? "";
  }
  return expect.fail(`the phrase never ends: ${query}`);
}

const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom('"', "\\", "a", " ", ")", "(", "/", "\0", "\uD83D", "\n", "the ") }),
);

describe("a phrase", () => {
  test("holds any text whole, and nothing comes after it", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(readPhrase(phrase(text))).toEqual({ text, rest: "" });
      }),
    );
  });

  test.each([
    ["AC/DC", String.raw`"AC/DC"`],
    ["!!!", String.raw`"!!!"`],
    ["Sunn O)))", String.raw`"Sunn O)))"`],
    ['"Heroes"', String.raw`"\"Heroes\""`],
    ["Sigur Rós", String.raw`"Sigur Rós"`],
    ["back\\slash", String.raw`"back\\slash"`],
  ])("of %s is %s", (text, expected) => {
    expect(phrase(text)).toBe(expected);
  });
});

describe("the spellings of a name", () => {
  test("are well-formed text without control characters, short enough to be sent", () => {
    fc.assert(
      fc.property(anyText, (name) => {
        for (const spelling of spellings(name)) {
          expect(spelling).toMatch(/^\S/u);
          expect(spelling).not.toMatch(/\p{Cc}/u);
          expect(spelling.isWellFormed()).toBe(true);
          expect(spelling.length).toBeLessThanOrEqual(200);
          expect(encodeURIComponent(phrase(spelling)).length).toBeLessThan(1_900);
        }
      }),
    );
  });

  test.each([
    ["The Pink Floyd", ["The Pink Floyd", "Pink Floyd"]],
    ["The The", ["The The"]],
    ["The", ["The"]],
    ["Theatre", ["Theatre"]],
    ["  Sigur \t Rós ", ["Sigur Rós"]],
    ["A\0B", ["AB"]],
    ["\0\n", []],
    ["", []],
  ])("%j are %j", (name, expected) => {
    expect(spellings(name)).toEqual(expected);
  });

  test("of a very long name are its beginning, cut at a space where there is one", () => {
    expect(spellings("word ".repeat(200_000))).toEqual([Array.from({ length: 40 }, () => "word").join(" ")]);
    expect(spellings("x".repeat(1_000_000))).toEqual(["x".repeat(200)]);
    expect(spellings("😀".repeat(1_000))[0]?.isWellFormed()).toBe(true);
    expect(spellings(`x${"😀".repeat(1_000)}`)[0]?.isWellFormed()).toBe(true);
  });
});

describe("a query", () => {
  test("joins alternatives, each once, within parentheses", () => {
    const alternatives = anyOf([field("artist", "X"), field("alias", "X"), field("artist", "X")]);
    expect(allOf([alternatives, field("arid", "1")])).toBe('(artist:"X" OR alias:"X") AND arid:"1"');
    expect(anyOf([field("artist", "X")])).toBe('artist:"X"');
  });

  test("fits a request line, whatever is looked for: the first alternative is always there", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: "binary", minLength: 150, maxLength: 400 }), { minLength: 1 }),
        (names) => {
          const clauses = names.flatMap(spellings).map((name) => field("releasegroup", name));
          fc.pre(clauses.length > 0);
          const query = anyOf(clauses);
          expect(query).toContain(clauses[0]);
          expect(encodeURIComponent(query).length).toBeLessThan(3_900);
        },
      ),
    );
  });
});
