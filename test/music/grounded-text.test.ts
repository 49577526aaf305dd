import { assert, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { groundText } from "../../src/music/providers/description/grounded-text.ts";
import { holdsAddress, plainText, visibleText } from "../../src/music/providers/description/plain-text.ts";

const facts = [
  { id: "f1", about: "name", value: "21 Savage" },
  { id: "f2", about: "begin", value: "1992-10-09" },
  { id: "f3", about: "genre", value: "Trap" },
];
const ground = (...sentences: readonly (readonly [text: string, ...facts: string[]])[]) =>
  groundText(
    sentences.map(([text, ...ids]) => ({ text, facts: ids })),
    facts,
  );

describe("a sentence of a language model", () => {
  it("stands if it cites a known fact, and only then", () => {
    expect(ground(["It is trap.", "f3"])).toEqual({ text: "It is trap.", refused: [] });
    expect(ground(["It is trap."], ["It is trap.", "f9"], ["It is trap.", "constructor"])).toEqual({
      refused: ["cites no known fact", "cites no known fact", "cites no known fact"],
    });
  });

  it("may have the numbers of its facts and of the name, however they are written, and no others", () => {
    expect(ground(["21 Savage began on 9 October 1992.", "f2"]).refused).toEqual([]);
    expect(ground(["It began in 1992.", "f3"], ["It began in 1993.", "f2"]).refused).toEqual([
      "has a number that its facts do not have",
      "has a number that its facts do not have",
    ]);
  });

  it.each([
    "See https://evil.example/x.",
    "See www.evil.example.",
    "Write to me@evil.example.",
    "javascript:alert()",
    "Go to evil.com now.",
  ])("is refused for an address: %s", (text) => {
    expect(ground([text, "f3"])).toEqual({ refused: ["holds an address"] });
    expect(holdsAddress(text)).toBe(true);
  });

  it("is left out whole where the text would be longer than 600 characters", () => {
    const long = `${"word ".repeat(80)}end.`;
    expect(ground([long, "f3"], [long, "f3"], ["Short.", "f3"])).toEqual({
      text: `${long} Short.`,
      refused: ["too long"],
    });
  });

  it("is ended by a full stop", () => {
    expect(ground(["It is trap", "f3"], ["Is it?", "f3"]).text).toBe("It is trap. Is it?");
  });
});

describe("plain text", () => {
  it.each([
    ["<b>Bold</b> and <script>alert()</script>", "Bold and alert()"],
    ["<scr<b>ipt>x</scr</b>ipt>", "x"],
    ["<img src=x onerror=alert()//", "img src=x onerror=alert()//"],
    ["# Title\n- **one** and *two* and __three__ and `four`", "Title one and two and three and four"],
    ["[here](https://evil.example/)", "here"],
    [
      "N*E*R*D, M*A*S*H, *NSYNC, !!!, #1 Record, 1. Outside, Sunn O)))",
      "N*E*R*D, M*A*S*H, *NSYNC, !!!, #1 Record, 1. Outside, Sunn O)))",
    ],
    ["a\u202eb\u0000c\u001b[31md\u200be\u{e0041}f\r\ng", "abc[31mdef g"],
    ["می‌خواهم", "می‌خواهم"],
  ])("of %j is %j", (text, expected) => {
    expect(plainText(text)).toBe(expected);
  });

  it("of any text has no tag, no control character and no lone surrogate, and stays as it is", () => {
    assert(
      property(string({ unit: "binary", maxLength: 200 }), (text) => {
        const bare = plainText(text);
        expect(bare).not.toMatch(/[<>`\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
        expect(bare.isWellFormed()).toBe(true);
        expect(visibleText(bare)).toBe(bare);
      }),
    );
  });
});
