import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import type { Sandbox } from "../../src/sandbox/open-sandbox.ts";
import { albumTitles, anyList, ask, ids } from "./ask.ts";
import type { SearchPage } from "./ask.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());

const search = async (query: string) =>
  (await ask<SearchPage>(sandbox, "/release-group", { query })).body["release-groups"];

describe("a release group search", () => {
  test("finds an album by title and artist", async () => {
    const hits = await search(`releasegroup:"The Dark Side of the Moon" AND arid:${ids.pinkFloyd}`);
    expect(hits).toHaveLength(1);
    expect(hits[0]).toMatchObject({
      id: ids.darkSide,
      score: 100,
      count: 5,
      title: "The Dark Side of the Moon",
      "primary-type": "Album",
      "first-release-date": "1973-03-24",
      "artist-credit": [{ name: "Pink Floyd", artist: { id: ids.pinkFloyd, aliases: anyList } }],
      releases: Array.from({ length: 5 }, () => ({ status: "Official" })),
    });
    for (const missing of ["genres", "rating", "annotation", "relations", "aliases", "secondary-types"]) {
      expect(hits[0]).not.toHaveProperty(missing);
    }
  });

  test("leaves out the date of an album that has none", async () => {
    const [hit] = await search('releasegroup:"46"');
    expect(hit).toMatchObject({ title: "46" });
    expect(hit).not.toHaveProperty("first-release-date");
  });

  test("ranks the albums called Weezer by how well known they are", async () => {
    const hits = await search('releasegroup:"Weezer" AND artist:"Weezer"');
    expect(hits.map((hit) => hit.disambiguation).slice(0, 2)).toEqual(["Blue Album", "Green Album"]);
    expect(hits.every((hit) => hit.title === "Weezer")).toBe(true);
    expect(hits.length).toBeGreaterThanOrEqual(2);
  });

  test("puts a self-titled album before the others of its artist", async () => {
    const titles = await albumTitles(sandbox, "queen");
    expect(titles[0]).toBe("Queen");
    expect(titles).toContain("A Night at the Opera");
  });

  test.each([
    ['releasegroup:"“Heroes”"', "“Heroes”"],
    ['releasegroup:"\\"Heroes\\""', "“Heroes”"],
    ['releasegroup:"( )"', "( )"],
    ['releasegroup:"★"', "★"],
    ['releasegroup:"Ágætis byrjun"', "Ágætis byrjun"],
    ['releasegroup:"agaetis byrjun"', "Ágætis byrjun"],
    ['releasegroup:"初恋"', "初恋"],
    ['alias:"Dark Side of the Moon"', "The Dark Side of the Moon"],
    ['"The Black Album"', "Metallica"],
    ["rgid:f5093c06-23e3-404f-aeaa-40f72885ee3a", "The Dark Side of the Moon"],
    [`rgid:${ids.aceOfSpadesMerged}`, "Ace of Spades"],
    ['comment:"Blue Album"', "Weezer"],
    ['creditname:"Dixie Chicks"', "Wide Open Spaces"],
    ['creditname:"the Revolution"', "Purple Rain"],
    ['artist:"Prince and the Revolution"', "Purple Rain"],
  ])("finds one album with %s", async (query, title) => {
    expect(await albumTitles(sandbox, query)).toEqual([title]);
  });

  test("finds an album under each of its artists", async () => {
    for (const name of ["David Byrne", "Brian Eno"]) {
      expect(await albumTitles(sandbox, `artistname:"${name}"`)).toContain("My Life in the Bush of Ghosts");
    }
  });

  test("tells types and dates apart", async () => {
    expect(new Set(await albumTitles(sandbox, "primarytype:ep"))).toEqual(new Set(["Cannibal", "My Iron Lung"]));
    expect(await albumTitles(sandbox, "secondarytype:remix")).toEqual(["No Protection"]);
    expect(new Set(await albumTitles(sandbox, "firstreleasedate:1973"))).toEqual(
      new Set(["Queen", "The Dark Side of the Moon"]),
    );
    expect(await albumTitles(sandbox, "firstreleasedate:[1965 TO 1965]")).toEqual(["Zorba the Greek"]);
  });

  test("finds albums credited to various artists", async () => {
    expect(await albumTitles(sandbox, 'artist:"Various Artists" AND secondarytype:soundtrack')).toEqual([
      "Pulp Fiction: Music From the Motion Picture",
    ]);
  });
});
