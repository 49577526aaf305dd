import { beforeAll, describe, expect, it, vi } from "vitest";
import { failureDocument, listedDocument, searchedDocument } from "../../src/command/output/document-schema.ts";
import { type FilledCatalogue, fillCatalogue } from "./filled-catalogue.ts";

// A test runs several commands, each a process of its own.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let catalogue: FilledCatalogue;
beforeAll(async () => {
  catalogue = await fillCatalogue([
    { name: "Pink Floyd", country: "GB", type: "group", begin: "1965" },
    { name: "Björk", country: "IS", type: "person", begin: "1965-11-21" },
    { name: "\u001b[31mRed\u202e", country: "GB" },
    ...Array.from({ length: 60 }, (_, index) => ({ name: `Zed ${index}`, country: "DE", begin: `${1900 + index}` })),
  ]);
});

describe("accession list", () => {
  it("shows an item a line, in alphabetical order, and says how many there are beyond", async () => {
    const all = await catalogue.run("list", "artist");
    expect(all.code).toBe(0);
    const lines = all.stdout.trimEnd().split("\n");
    expect(lines).toHaveLength(50);
    expect(lines).toContain(`Pink Floyd  group · GB · 1965–  ${catalogue.ids[0] ?? ""}`);
    expect(lines[0]).toContain(String.raw`\u001b[31mRed\u202e`);
    expect(all.stderr).toContain("13 more");
    const british = await catalogue.run("list", "artist", "--where", "country=GB", "--where", "begin<1970");
    expect(british.stdout).toMatch(/^Pink Floyd .*\n$/);
    expect(british.stderr).not.toContain("more");
    const none = await catalogue.run("list", "artist", "--where", "country=FR");
    expect([none.code, none.stdout]).toEqual([0, ""]);
    expect(none.stderr).toContain("no artist like that");
  });

  it("sorts by an attribute, those without it last, and with a - before it the other way round", async () => {
    const titles = async (...args: readonly string[]) =>
      listedDocument
        .parse((await catalogue.run("list", "artist", "--json", ...args)).document())
        .map((one) => one.title);
    expect((await titles("--sort", "begin")).slice(0, 2)).toEqual(["Zed 0", "Zed 1"]);
    const latest = await titles("--sort=-begin", "--where", "begin>=1959");
    expect(latest).toEqual(["Björk", "Pink Floyd", "Zed 59"]);
    expect((await titles("--sort", "-begin")).at(-1)).toContain("Red");
    const exported = await catalogue.run("export", "artist", "--sort", "-begin", "--format", "csv");
    expect(exported.stdout.split("\n")[1]).toContain("Björk");
    const wrong = await catalogue.run("list", "artist", "--sort", "height", "--json");
    expect(wrong.code).toBe(2);
    expect(failureDocument.parse(wrong.document()).error.message).toContain('cannot be sorted by "height"');
  });

  it("is one array as JSON, of all items unless it is limited", async () => {
    const all = listedDocument.parse((await catalogue.run("list", "music.artist", "--json")).document());
    expect(all).toHaveLength(63);
    const two = await catalogue.run("list", "artist", "--json", "--where", "begin=1965", "--limit", "1");
    expect(listedDocument.parse(two.document()).map(({ title }) => title)).toEqual(["Björk"]);
    expect(listedDocument.parse((await catalogue.run("list", "album", "--json")).document())).toEqual([]);
  });

  it("ends with 2 for a kind, a condition or a limit that is none", async () => {
    for (const args of [["planet"], ["artist", "--where", "country"], ["artist", "--limit", "0"], []]) {
      expect((await catalogue.run("list", ...args)).code, args.join(" ")).toBe(2);
    }
    const wrong = await catalogue.run("list", "artist", "--where", "colour=red", "--json");
    expect(wrong.code).toBe(2);
    expect(failureDocument.parse(wrong.document()).error).toMatchObject({ code: "query-invalid" });
  });
});

it.each([
  [["list", "music.artits"], "artist"],
  [["export", "Albums"], "album"],
  [["search", "x", "--kind", "relase"], "release"],
  [["load", "-", "--kind", "snog"], "song"],
  [["import", "albums", "x", "--complete", "artist,albun"], "album"],
  [["list", "planet"], undefined],
] as const)("accession %j names the kinds that there are, and the one that may be meant", async (words, meant) => {
  const end = await catalogue.run(...words, "--json");
  expect(end.code).toBe(2);
  const { code, message, remedy } = failureDocument.parse(end.document()).error;
  expect({ code, remedy }).toEqual({ code: "kind-unknown", remedy: "Write one of the known kinds." });
  expect(message).toContain("Known: artist, album, release, song, list.");
  expect(/Did you mean (\w+)\?/.exec(message)?.[1]).toBe(meant);
});

describe("accession search", () => {
  it("finds what is misspelled, in another order, or half typed", async () => {
    for (const text of ["pink flod", "floyd pink", "pin flo"]) {
      const { items } = searchedDocument.parse((await catalogue.run("search", text, "--json")).document());
      expect(items[0]?.title, text).toBe("Pink Floyd");
    }
  });
});
