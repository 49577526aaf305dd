import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import type { Sandbox } from "../../src/sandbox/open-sandbox.ts";
import { artistNames, ask, ids } from "./ask.ts";
import type { SearchPage } from "./ask.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());

const search = async (query: string, extra: Readonly<Record<string, string>> = {}) =>
  (await ask<SearchPage>(sandbox, "/artist", { query, ...extra })).body;

describe("an artist search", () => {
  test("ranks the three Nirvanas by how well known they are", async () => {
    const page = await search('artist:"Nirvana"');
    expect(page.count).toBe(3);
    expect(page.artists.map((artist) => [artist.disambiguation, artist.score])).toEqual([
      ["1980s–1990s US grunge band", 100],
      ["1960s band from the UK", 93],
      ["Yugoslav progressive rock band", 83],
    ]);
  });

  test("gives hits without genres, rating, annotation and links", async () => {
    const [hit] = (await search('artist:"Björk"')).artists;
    expect(hit).toMatchObject({
      score: 100,
      name: "Björk",
      gender: "female",
      country: "IS",
      area: { name: "Iceland", type: "Country", "life-span": { ended: null } },
      "life-span": { begin: "1965-11-21", ended: null },
      aliases: [{ name: "Björk Guðmundsdóttir", type: "Legal name", "begin-date": null }],
      tags: expect.arrayContaining([{ name: "electronic", count: 19 }]) as unknown,
    });
    for (const missing of ["genres", "rating", "annotation", "relations", "end-area", "isnis", "ipis"]) {
      expect(hit).not.toHaveProperty(missing);
    }
    expect(hit?.["area"]).not.toHaveProperty("iso-3166-1-codes");
  });

  test("marks an ended artist as ended", async () => {
    const [hit] = (await search(`arid:${ids.pinkFloyd}`)).artists;
    expect(hit?.["life-span"]).toEqual({ begin: "1965", end: "2014", ended: true });
  });

  test("finds nothing for a typing error", async () => {
    expect(await search('artist:"Pink Floid"')).toMatchObject({ count: 0, artists: [] });
    expect(await artistNames(sandbox, "Metalica")).toEqual([]);
  });

  test("forgives a typing error where the query says so", async () => {
    expect(await artistNames(sandbox, "Metalica~")).toEqual(["Metallica"]);
    expect(await artistNames(sandbox, "Metalica~1")).toEqual(["Metallica"]);
  });

  test.each([
    ["Sigur Ros", "Sigur Rós"],
    ["bjork", "Björk"],
    ["MOTORHEAD", "Motörhead"],
    ["beyonce", "Beyoncé"],
    ["Guns N' Roses", "Guns N’ Roses"],
    ["guns n roses", "Guns N’ Roses"],
    ["AC/DC", "AC/DC"],
    ["ac dc", "AC/DC"],
    ["Sunn O)))", "Sunn O)))"],
    ["P!nk", "P!nk"],
    ["Ke$ha", "Ke$ha"],
    ["!!!", "!!!"],
    ["X", "X"],
    ["宇多田ヒカル", "宇多田ヒカル"],
    ["坂本龍一", "坂本龍一"],
    ["аквариум", "Аквариум"],
    ["فيروز", "فيروز"],
    ["Μικης Θεοδωρακης", "Μίκης Θεοδωράκης"],
  ])("finds the phrase %s", async (phrase, name) => {
    const [hit] = (await search(`artist:"${phrase}"`)).artists;
    expect(hit).toMatchObject({ name, score: 100 });
  });

  test.each([
    ["The Pink Floyd", "Pink Floyd"],
    ["Dixie Chicks", "The Chicks"],
    ["Ryuichi Sakamoto", "坂本龍一"],
    ["Aquarium", "Аквариум"],
    ["chk chk chk", "!!!"],
  ])("finds %s by its alias", async (alias, name) => {
    expect(await artistNames(sandbox, `alias:"${alias}"`)).toEqual([name]);
    expect((await artistNames(sandbox, `"${alias}"`))[0]).toBe(name);
    expect(await artistNames(sandbox, `artist:"${alias}"`)).not.toContain(name);
  });

  test("finds an artist by sort name", async () => {
    expect(await artistNames(sandbox, 'sortname:"Dylan, Bob"')).toEqual(["Bob Dylan"]);
  });

  test("finds an artist by an identifier that was merged", async () => {
    expect(await artistNames(sandbox, `arid:${ids.motorheadMerged}`)).toEqual(["Motörhead"]);
  });

  test.each([
    ["artist:Nirvana AND country:GB", ["Nirvana"]],
    ["artist:Nirvana AND begin:1988", ["Nirvana"]],
    ["artist:Nirvana AND begin:[1960 TO 1969]", ["Nirvana"]],
    ["artist:Nirvana AND comment:yugoslav", ["Nirvana"]],
    ["type:Orchestra", []],
    ["type:group AND area:Iceland", ["Sigur Rós"]],
    ["isni:0000000121479733", ["Bob Dylan"]],
    ["tag:krautrock AND ended:true", ["Can"]],
  ])("narrows by other fields: %s", async (query, names) => {
    expect(await artistNames(sandbox, query)).toEqual(names);
  });

  test("pages through all hits without repeating one", async () => {
    const first = await search("*:*", { limit: "20" });
    const second = await search("*:*", { limit: "20", offset: "20" });
    const seen = [...first.artists, ...second.artists].map((artist) => artist.id);
    expect(new Set(seen).size).toBe(40);
    expect(second).toMatchObject({ offset: 20, count: first.count });
    expect((await search("*:*", { offset: "10000" })).artists).toEqual([]);
  });

  test.each(["0", "101", "-1", "many", ""])("takes a limit of %j as twenty-five", async (limit) => {
    expect((await search("*:*", { limit })).artists).toHaveLength(25);
  });

  test("answers the same query with the same order", async () => {
    expect(await artistNames(sandbox, "country:US")).toEqual(await artistNames(sandbox, "country:US"));
  });

  test("takes plain text as it is with dismax", async () => {
    expect(await artistNames(sandbox, 'AC/DC (band: "', { dismax: "true" })).toContain("AC/DC");
    expect(await artistNames(sandbox, "!!!", { dismax: "true" })).toEqual(["!!!"]);
    expect((await artistNames(sandbox, "Pink Floyd", { dismax: "true" }))[0]).toBe("Pink Floyd");
  });
});
