import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import type { Sandbox } from "../../src/sandbox/open-sandbox.ts";
import { artistNames, ask } from "./ask.ts";
import type { ErrorBody } from "./ask.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());

describe("a query", () => {
  test.each([
    ["words alone are alternatives", "metallica radiohead", ["Metallica", "Radiohead"]],
    ["OR joins alternatives", "metallica OR radiohead", ["Metallica", "Radiohead"]],
    ["|| is OR", "metallica || radiohead", ["Metallica", "Radiohead"]],
    ["AND requires both", "talking AND heads", ["Talking Heads"]],
    ["&& is AND", "talking && heads", ["Talking Heads"]],
    ["AND without a match finds nothing", "talking AND metallica", []],
    ["NOT excludes", "massive NOT metallica", ["Massive Attack"]],
    ["a minus excludes", "pink -floyd", ["P!nk"]],
    ["an exclamation mark excludes", "pink !floyd", ["P!nk"]],
    ["a plus requires", "+talking heads", ["Talking Heads"]],
    ["parentheses group", "(metallica OR weezer) AND begin:1981", ["Metallica"]],
    ["a field reaches over parentheses", "artist:(talking heads) AND country:US", ["Talking Heads"]],
    ["a field inside parentheses wins", "artist:(country:IS AND type:group)", ["Sigur Rós"]],
    ["a star stands for any run", "radio*", ["Radiohead"]],
    ["a question mark stands for one character", "we?zer", ["Weezer"]],
    ["a boost changes no match", "radiohead^4", ["Radiohead"]],
    ["slop lets words stand between", '"guns roses"~1', ["Guns N’ Roses"]],
    ["without slop words stand together", '"guns roses"', []],
    ["braces exclude the bounds of a range", "begin:{1985 TO 1989} AND type:person", ["Ke$ha"]],
    ["a range may be open", "begin:[2000 TO *]", []],
    ["a word of symbols has to be escaped", "\\!\\!\\!", ["!!!"]],
    ["every special character may be escaped", "artist:Sunn\\ O\\)\\)\\)", ["Sunn O)))"]],
    ["an escaped slash is no syntax", "AC\\/DC", ["AC/DC"]],
    ["escapes work inside a phrase", '"AC\\/DC"', ["AC/DC"]],
    ["lower-case operators are words", "metallica and nothing", ["Metallica", "Guns N’ Roses"]],
  ])("%s: %s", async (_rule, query, names) => {
    expect(new Set(await artistNames(sandbox, query))).toEqual(new Set(names));
  });

  test("that only excludes finds the rest", async () => {
    const names = await artistNames(sandbox, "-country:US", { limit: "100" });
    expect(names).toContain("Pink Floyd");
    expect(names).not.toContain("Weezer");
  });

  test.each([
    ['artist:"Nirvana'],
    ["(nirvana"],
    ["nirvana)"],
    ["()"],
    ["artist:"],
    ["artist:()"],
    ["nirvana AND"],
    ["AND nirvana"],
    ["nirvana OR OR metallica"],
    ["nirvana \\"],
    ["AC/DC"],
    ["/nir.*/"],
    ["!!!"],
    ["+"],
    ["begin:[1980 1990]"],
    ["begin:[1980 TO"],
    ["nirvana^"],
    ["colour:blue"],
    ["a:b:c"],
    [":"],
    ["]"],
  ])("that is not well formed gets 400: %s", async (query) => {
    const { status, body } = await ask<ErrorBody>(sandbox, "/artist", { query });
    expect(status).toBe(400);
    expect(body.error).toBe("Search server could not complete query: Bad request");
  });
});
