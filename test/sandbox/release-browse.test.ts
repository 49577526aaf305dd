import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { benchAlbums, benchArtist, manyReleases } from "../../src/sandbox/data/bench-players.ts";
import { oddAlbums } from "../../src/sandbox/data/odd-editions.ts";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import type { Sandbox } from "../../src/sandbox/open-sandbox.ts";
import { anyList, ask, ids } from "./ask.ts";
import type { Entity } from "./ask.ts";

interface Page {
  readonly "release-count": number;
  readonly "release-offset": number;
  readonly releases: readonly Entity[];
}

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());

const browse = async (parameters: Readonly<Record<string, string>>) =>
  (await ask<Page>(sandbox, "/release", parameters)).body;

const pagesOf = async (parameters: Readonly<Record<string, string>>) => {
  const pages: Page[] = [];
  for (let offset = 0; ;) {
    const page = await browse({ ...parameters, offset: String(offset) });
    expect(page["release-offset"]).toBe(offset);
    if (page.releases.length === 0) return pages;
    pages.push(page);
    offset += page.releases.length;
  }
};

const sizes = (pages: readonly Page[]) => pages.map((page) => page.releases.length);

describe("browsing releases by release group", () => {
  test("gives the plain fields of each, sorted by identifier inside the page", async () => {
    const page = await browse({ "release-group": ids.darkSide });
    const found = page.releases.map((release) => release.id);
    expect(page["release-count"]).toBe(5);
    expect(found).toEqual(found.toSorted());
    expect(Object.keys(page.releases[0] ?? {}).toSorted()).toEqual([
      "asin",
      "barcode",
      "country",
      "cover-art-archive",
      "date",
      "disambiguation",
      "id",
      "packaging",
      "packaging-id",
      "quality",
      "release-events",
      "status",
      "status-id",
      "text-representation",
      "title",
    ]);
  });

  test("pages through them by date, country and barcode", async () => {
    const pages = await pagesOf({ "release-group": ids.darkSide, limit: "1" });
    const order = pages.flatMap((page) => page.releases.map((release) => [release["date"], release["country"]]));
    expect(order).toEqual([
      ["1973-03-24", "GB"],
      ["1973-03-24", "US"],
      ["1985", "GB"],
      ["1994-03", "XE"],
      ["2011-09-26", "GB"],
    ]);
  });

  test("puts an empty barcode first, an unknown one and a release without a date last", async () => {
    const barcodes = await pagesOf({ "release-group": oddAlbums.barcodes.albumId, limit: "1" });
    expect(barcodes.map((page) => page.releases[0]?.["barcode"])).toEqual(["", "0724384260958", null]);
    const undated = await pagesOf({ "release-group": oddAlbums.undated.albumId, limit: "1" });
    expect(undated.map((page) => page.releases[0]?.["date"])).toEqual(["1995-05-05", undefined]);
  });

  test("holds a hundred releases at most when no tracks are asked for", async () => {
    const pages = await pagesOf({ "release-group": manyReleases.albumId, limit: "5000" });
    expect(sizes(pages)).toEqual([100, 20]);
    expect(pages.map((page) => page["release-count"])).toEqual([120, 120]);
  });

  test("ends a page before it would hold more than five hundred tracks", async () => {
    const pages = await pagesOf({ "release-group": manyReleases.albumId, inc: "recordings", limit: "100" });
    expect(sizes(pages)).toEqual([50, 50, 20]);
    const seen = pages.flatMap((page) => page.releases.map((release) => release.id));
    expect(new Set(seen).size).toBe(manyReleases.releases);
  });

  test("gives a release whole however many tracks it has", async () => {
    const page = await browse({ "release-group": oddAlbums.boxSet.albumId, inc: "recordings" });
    const media = page.releases[0]?.["media"] as { tracks: unknown[] }[];
    expect(media.map((medium) => medium.tracks.length)).toEqual(Array.from({ length: 10 }, () => 30));
  });

  test("has albums to measure with", async () => {
    for (const { albumId, releases, tracks } of Object.values(benchAlbums)) {
      const page = await browse({ "release-group": albumId, inc: "recordings", limit: "1" });
      expect(page["release-count"]).toBe(releases);
      expect(page.releases[0]).toMatchObject({ media: [{ "track-count": tracks }] });
    }
  });

  test("gives all that an import asks for", async () => {
    const inc = "recordings artist-credits labels media isrcs release-groups genres tags";
    const page = await browse({ "release-group": ids.darkSide, inc, status: "official", limit: "100" });
    expect(page.releases.find((release) => release["date"] === "2011-09-26")).toMatchObject({
      status: "Official",
      country: "GB",
      "release-events": [{ date: "2011-09-26" }, { date: "2011-09-27" }, { date: "2011-09-28" }],
      barcode: "5099902894522",
      packaging: "Digipak",
      "text-representation": { language: "eng", script: "Latn" },
      "label-info": [
        { "catalog-number": "50999 028945 2 2", label: { name: "EMI" } },
        { "catalog-number": "50999 028945 2 2", label: { name: "Harvest" } },
      ],
      "release-group": { id: ids.darkSide, "first-release-date": "1973-03-24", genres: anyList },
      media: [
        { position: 1, format: "CD", title: "The Dark Side of the Moon", "track-count": 10 },
        { position: 2, format: "CD", title: "Live at the Empire Pool, Wembley, London 1974", "track-count": 5 },
      ],
    });
  });

  test("filters by status, which an unknown status never passes", async () => {
    const group = { "release-group": oddAlbums.littleKnown.albumId };
    const statuses = async (status?: string) =>
      (await browse(status === undefined ? group : { ...group, status })).releases.map((each) => each["status"]);
    expect(new Set(await statuses())).toEqual(new Set([null, "Official", "Promotion", "Pseudo-Release"]));
    expect(await statuses("official")).toEqual(["Official"]);
    expect(new Set(await statuses("promotion|pseudo-release"))).toEqual(new Set(["Promotion", "Pseudo-Release"]));
    expect(await statuses("bootleg")).toEqual([]);
  });

  test("shows one malformed release among good ones", async () => {
    const { albumId, releaseIds } = oddAlbums.malformed;
    const { releases } = await browse({ "release-group": albumId, inc: "recordings" });
    expect(new Set(releases.map((release) => release.id))).toEqual(
      new Set([releaseIds[0], "not-an-mbid", releaseIds[2]]),
    );
    expect(releases.find((release) => release.id === "not-an-mbid")).not.toHaveProperty("title");
    expect(await ask(sandbox, `/release/${releaseIds[1] ?? ""}`)).toMatchObject({ status: 404 });
    const search = await ask<Page>(sandbox, "/release", { query: `rgid:${albumId}` });
    expect(search.body.releases).toHaveLength(2);
  });

  test("resolves a merged release group without a redirect", async () => {
    const { status, body } = await ask<Page>(sandbox, "/release", { "release-group": ids.aceOfSpadesMerged });
    expect(status).toBe(200);
    expect(body.releases[0]?.title).toBe("Ace of Spades");
  });

  test("answers 404 for a release group that does not exist", async () => {
    const unknown = { "release-group": "00000000-1111-2222-3333-444444444444" };
    expect(await ask(sandbox, "/release", unknown)).toMatchObject({ status: 404 });
  });
});

describe("browsing releases by artist", () => {
  test("lists those of all albums", async () => {
    const page = await browse({ artist: benchArtist.artistId, limit: "1" });
    expect(page["release-count"]).toBe(1 + 5 + 25 + 120);
  });

  test("filters by the type of their album", async () => {
    const page = await browse({ artist: ids.pinkFloyd, type: "live", limit: "100" });
    expect(new Set(page.releases.map((release) => release.title))).toEqual(
      new Set(["Delicate Sound of Thunder", "Ummagumma"]),
    );
  });

  test("resolves a merged artist without a redirect and answers 404 for none", async () => {
    expect((await browse({ artist: ids.motorheadMerged }))["release-count"]).toBeGreaterThan(0);
    const unknown = { artist: "00000000-1111-2222-3333-444444444444" };
    expect(await ask(sandbox, "/release", unknown)).toMatchObject({ status: 404 });
  });
});

describe("with a limit of requests", () => {
  test("a second page that comes too soon is refused", async () => {
    await using slow = await openSandbox({ requestsPerSecond: 0.01 });
    const page = (offset: string) => ask(slow, "/release", { "release-group": manyReleases.albumId, offset });
    expect((await page("0")).status).toBe(200);
    expect(await page("25")).toMatchObject({
      status: 503,
      body: { error: expect.stringContaining("exceeding the allowable rate limit") as unknown },
    });
  });
});
