import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { manyReleases } from "../../src/sandbox/data/bench-players.ts";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import type { Sandbox } from "../../src/sandbox/open-sandbox.ts";
import { anyList, ask, ids } from "./ask.ts";
import type { Entity, SearchPage } from "./ask.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());

const search = async (query: string) => (await ask<SearchPage>(sandbox, "/recording", { query })).body.recordings;
const titles = async (query: string) => (await search(query)).map((hit) => hit.title);

describe("a recording lookup", () => {
  test("gives the plain fields and nothing else without inc", async () => {
    const { status, body } = await ask(sandbox, `/recording/${ids.money}`);
    expect(status).toBe(200);
    expect(body).toEqual({
      id: ids.money,
      title: "Money",
      length: 382_746,
      video: false,
      disambiguation: "",
      "first-release-date": "1973-03-24",
    });
  });

  test("gives its credit, ISRCs, genres, rating and annotation when asked", async () => {
    const inc = "artist-credits isrcs tags genres ratings annotation work-rels url-rels";
    const { body } = await ask(sandbox, `/recording/${ids.money}`, { inc });
    expect(body).toMatchObject({
      "artist-credit": [{ name: "Pink Floyd", artist: { id: ids.pinkFloyd, genres: anyList } }],
      isrcs: ["GBN9Y1100088"],
      genres: [{ name: "blues rock" }, { name: "progressive rock", count: 7 }, { name: "rock" }],
      tags: anyList,
      rating: { value: 4.7, "votes-count": 21 },
      annotation: expect.any(String) as unknown,
      relations: [],
    });
  });

  test("lists its releases, of their media only its own track", async () => {
    const inc = "releases release-groups media artist-credits";
    const { body } = await ask(sandbox, `/recording/${ids.money}`, { inc, status: "official" });
    const releases = body["releases"] as readonly Entity[];
    expect(releases[0]).toMatchObject({
      date: "1973-03-24",
      "artist-credit": [{ name: "Pink Floyd" }],
      "release-group": { id: ids.darkSide, "primary-type": "Album" },
      media: [{ position: 1, "track-count": 10, "track-offset": 5, tracks: [{ number: "B1", position: 6 }] }],
    });
    expect(new Set(releases.map((release) => release.title))).toEqual(
      new Set(["The Dark Side of the Moon", "Echoes: The Best of Pink Floyd"]),
    );
  });

  test("lists at most twenty-five releases", async () => {
    const [hit] = await search(`rgid:${manyReleases.albumId}`);
    const { body } = await ask(sandbox, `/recording/${hit?.id ?? ""}`, { inc: "releases" });
    expect(hit?.["releases"]).toHaveLength(manyReleases.releases);
    expect(body["releases"]).toHaveLength(25);
  });

  test("answers a merged identifier with 301 and the new entity's body, honouring inc", async () => {
    const { status, headers, body } = await ask(sandbox, `/recording/${ids.moneyMerged}`, { inc: "isrcs" });
    expect(status).toBe(301);
    expect(headers.get("location")).toBe(`${sandbox.url}/recording/${ids.money}?fmt=json&inc=isrcs`);
    expect(body).toMatchObject({ id: ids.money, isrcs: anyList });
  });

  test("is listed with its artist, at most twenty-five of them", async () => {
    const { body } = await ask(sandbox, `/artist/${ids.pinkFloyd}`, { inc: "recordings artist-credits" });
    const recordings = body["recordings"] as readonly Entity[];
    expect(recordings).toHaveLength(25);
    expect(recordings[0]).toMatchObject({ title: "Speak to Me", "artist-credit": [{ name: "Pink Floyd" }] });
  });
});

describe("a recording search", () => {
  test("finds a recording by title and artist", async () => {
    const [hit, ...others] = await search(`recording:"Money" AND arid:${ids.pinkFloyd}`);
    expect(hit).toMatchObject({
      id: ids.money,
      score: 100,
      title: "Money",
      length: 382_746,
      video: null,
      "first-release-date": "1973-03-24",
      "artist-credit": [{ name: "Pink Floyd", artist: { id: ids.pinkFloyd, aliases: anyList } }],
      isrcs: ["GBN9Y1100088"],
      tags: anyList,
    });
    expect(others).toMatchObject([{ title: "Money", disambiguation: "live, 1974-11-15" }]);
    for (const missing of ["genres", "rating", "annotation", "relations"]) expect(hit).not.toHaveProperty(missing);
  });

  test("shows its releases with the one track, in the singular", async () => {
    const [hit] = await search(`rid:${ids.money}`);
    const [release] = (hit?.["releases"] ?? []) as readonly Entity[];
    expect(release).toMatchObject({
      status: "Official",
      date: "1973-03-24",
      "release-group": { id: ids.darkSide, "primary-type": "Album" },
      "track-count": 10,
      media: [{ position: 1, format: '12" Vinyl', track: [{ number: "B1", title: "Money" }], "track-offset": 5 }],
    });
    // The release's credit is the recording's, so that it is not said again.
    expect(release).not.toHaveProperty("artist-credit");
  });

  test("names who a compilation is by", async () => {
    const [hit] = await search('recording:"Misirlou"');
    expect(hit).toMatchObject({ releases: [{ "artist-credit": [{ name: "Various Artists" }] }, {}] });
  });

  test.each([
    [`rid:${ids.moneyMerged}`, "Money"],
    ["isrc:GBN9Y1100088", "Money"],
    ["isrc:gbn9y1100088", "Money"],
    ['recording:"smells like teen spirit"', "Smells Like Teen Spirit"],
    ['artist:"Dick Dale & His Del-Tones"', "Misirlou"],
    ['artistname:"The Centurians"', "Bullwinkle Part II"],
    ['creditname:"The Centurions"', "Bullwinkle Part II"],
    ['release:"Nevermind" AND recording:"Lithium"', "Lithium"],
    ['recording:"Dogs" AND dur:[1000000 TO 1100000]', "Dogs"],
    ['recording:"Money" AND firstreleasedate:1973', "Money"],
  ])("finds one recording with %s", async (query, title) => {
    expect(await titles(query)).toEqual([title]);
  });

  test("compares lengths as numbers", async () => {
    const hits = await search("dur:[1 TO 60000]");
    expect(hits.map((hit) => hit.title)).toEqual(["Stop"]);
  });

  test("finds the recordings of a release", async () => {
    const [album] = (await ask<SearchPage>(sandbox, "/release", { query: "barcode:720642442524" })).body.releases;
    const hits = await search(`reid:${album?.id ?? ""}`);
    expect(hits).toHaveLength(12);
  });

  test("tells videos apart", async () => {
    const hits = await search("video:true");
    expect(new Set(hits.map((hit) => hit.title))).toEqual(new Set(["Tuning Up", "Packing In", "Interview to Watch"]));
    expect(hits[0]).toMatchObject({ video: true });
  });
});

describe("an ISRC lookup", () => {
  test("gives the recordings that have it", async () => {
    const { body } = await ask(sandbox, "/isrc/GBN9Y1100088", { inc: "artist-credits" });
    expect(body).toMatchObject({
      isrc: "GBN9Y1100088",
      recordings: [{ id: ids.money, title: "Money", "artist-credit": [{ name: "Pink Floyd" }] }],
    });
  });

  test("takes small letters", async () => {
    expect(await ask(sandbox, "/isrc/gbn9y1100088")).toMatchObject({ status: 200, body: { isrc: "GBN9Y1100088" } });
  });
});
