import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { oddAlbums } from "../../src/sandbox/data/odd-editions.ts";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import type { Sandbox } from "../../src/sandbox/open-sandbox.ts";
import { anyList, ask, ids } from "./ask.ts";
import type { SearchPage } from "./ask.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());

const search = async (query: string) => (await ask<SearchPage>(sandbox, "/release", { query })).body.releases;

describe("a release search", () => {
  test("finds a release by its barcode", async () => {
    const hits = await search("barcode:720642442524");
    expect(hits).toHaveLength(1);
    expect(hits[0]).toMatchObject({
      score: 100,
      count: 1,
      title: "Nevermind",
      status: "Official",
      packaging: "Jewel Case",
      date: "1991-09-24",
      country: "US",
      "release-events": [{ date: "1991-09-24", area: { "iso-3166-1-codes": ["US"] } }],
      barcode: "720642442524",
      asin: "B000003TA4",
      "artist-credit": [{ name: "Nirvana", artist: { id: ids.nirvana, aliases: anyList } }],
      "label-info": [{ "catalog-number": "DGCD-24425", label: { name: "DGC Records" } }],
      "text-representation": { language: "eng", script: "Latn" },
      "release-group": { "primary-type": "Album", title: "Nevermind" },
      "track-count": 12,
      media: [{ format: "CD", "disc-count": 0, "track-count": 12 }],
    });
    for (const missing of ["genres", "relations", "cover-art-archive", "quality", "annotation"]) {
      expect(hits[0]).not.toHaveProperty(missing);
    }
    expect(hits[0]).not.toHaveProperty("media.0.tracks");
  });

  test("leaves out what is unknown", async () => {
    const [hit] = await search(`reid:${oddAlbums.littleKnown.releaseIds[0] ?? ""}`);
    expect(hit).toMatchObject({ title: "Hardly Anything Is Known", media: [{ "track-count": 1 }] });
    for (const missing of ["status", "date", "country", "barcode", "packaging", "label-info"]) {
      expect(hit).not.toHaveProperty(missing);
    }
  });

  test.each([
    [`rgid:${ids.darkSide}`, 5],
    [`release:"The Dark Side of the Moon" AND arid:${ids.pinkFloyd} AND format:vinyl`, 2],
    [`reid:${ids.darkSideCdMerged}`, 1],
    ['artist:"The Odd Editions" AND mediums:10', 1],
    ['catno:"SHVL 804"', 1],
    ['label:"Sub Pop"', 2],
    ["asin:B000003TA4", 1],
    [`rgid:${ids.darkSide} AND country:JP`, 1],
    [`rgid:${ids.darkSide} AND date:2011`, 1],
    ["script:Cyrl AND status:pseudo-release", 1],
  ])("finds with %s so many: %i", async (query, count) => {
    expect(await search(query)).toHaveLength(count);
  });
});
