import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Catalog, type Pack, openCatalog } from "../../src/index.ts";
import { album, music, type MusicOptions } from "../../src/music/index.ts";
import { coverArtArchive } from "../../src/music/providers/cover-art-archive/address.ts";
import { coverArtArchiveAlbums } from "../../src/music/providers/cover-art-archive/album.ts";
import type { Sandbox } from "../../src/sandbox/open-sandbox.ts";
import { checkProvider } from "../../src/testing/index.ts";
import { openCanary } from "../fetching/canary.ts";
import { known, openTestSandbox } from "../support/music-catalog.ts";

let sandbox: Sandbox;
/** Where no cover ever arrives, so that each import asks for it again. */
let coverless: Catalog;
beforeAll(async () => {
  sandbox = await openTestSandbox();
  coverless = await open();
});
afterAll(() => coverless.close());

const query = { musicbrainzId: known.darkSide };
const wall = { musicbrainzId: "7b0be622-602e-4370-97ee-e745b8a34508" };

/** The music pack on the sandbox, with the covers asked for within the import. */
function pack(options: Partial<MusicOptions> = {}): Pack {
  const whole = music({
    musicbrainz: { url: sandbox.url },
    coverArtArchive: { url: sandbox.coverArtUrl },
    ...options,
  });
  const inline = whole.importers.map((importer) => ({
    ...importer,
    providers: importer.providers.map((one) =>
      one.name === "cover-art-archive" ? { ...one, run: "inline" as const } : one,
    ),
  }));
  return { ...whole, importers: inline };
}

async function open(options: Partial<MusicOptions> = {}): Promise<Catalog> {
  return openCatalog({ database: "memory:", packs: [pack(options)] });
}

const coverOf = async (catalog: Catalog, asked: { readonly musicbrainzId: string } = query) => {
  const result = await catalog.import(album, asked);
  return { result, outcome: result.providers.find((one) => one.provider === "cover-art-archive") };
};

describe("The Cover Art Archive", () => {
  it("keeps to what every provider has to keep to", async () => {
    const covers = coverArtArchiveAlbums(coverArtArchive({ url: sandbox.coverArtUrl }), undefined);
    const problems = await checkProvider(covers, {
      found: [query, { title: "Ace of Spades", artist: "Motörhead" }],
      missing: [wall],
      packs: [music({ musicbrainz: { url: sandbox.url } })],
    });
    expect(problems).toEqual([]);
  });

  it("gives an album its front cover, by three requests that say who we are", async () => {
    await using catalog = await open();
    const before = sandbox.requests.length;
    const { result, outcome } = await coverOf(catalog);
    expect(outcome).toMatchObject({ status: "contributed", requests: 3 });
    expect(result).toMatchObject({
      item: {
        images: [
          {
            type: "front",
            url: `${sandbox.coverArtUrl}/release-group/${known.darkSide}/front`,
            width: 600,
            height: 600,
            mediaType: "image/jpeg",
            colour: expect.stringMatching(/^#[0-9a-f]{6}$/),
            thumbnail: { width: 250, height: 250 },
            original: { width: 600, mediaType: "image/jpeg" },
            provider: "cover-art-archive",
          },
        ],
      },
    });
    const asked = sandbox.requests.slice(before).filter((one) => one.path.startsWith("/cover-art-archive"));
    expect(asked.map((one) => one.status)).toEqual([307, 302, 200]);
    expect(asked.every((one) => one.userAgent.startsWith("accession/"))).toBe(true);
  });

  it("has no cover of some albums, which are as good without", async () => {
    await using catalog = await open();
    const { result, outcome } = await coverOf(catalog, wall);
    expect(outcome).toMatchObject({ status: "not-found" });
    expect(result).toMatchObject({ status: "created", item: { title: "The Wall", images: [] } });
  });

  it.each([
    ["html", "image-refused"],
    ["svg", "image-refused"],
    ["truncated", "image-refused"],
    ["bomb", "image-refused"],
    ["empty", "image-refused"],
    ["endless", "fetch-refused"],
  ] as const)("that sends %s is refused, and the album stays", async (image, code) => {
    const remove = sandbox.faults.add({ kind: "bad-image", image, on: "/items/" });
    const { result, outcome } = await coverOf(coverless);
    remove();
    expect(outcome).toMatchObject({ status: "failed", error: { code, retryable: false } });
    expect(result).toMatchObject({ item: { title: "The Dark Side of the Moon", images: [] } });
  });

  it("that redirects to a forbidden address, or to another host, leads nowhere", async () => {
    const canary = await openCanary();
    for (const to of [
      `http://127.0.0.1:${canary.port}/`,
      `http://localhost:${canary.port}/`,
      `http://[::1]:${canary.port}/`,
      "http://169.254.169.254/latest/meta-data/",
      "https://example.com/cover.jpg",
      "file:///etc/passwd",
    ]) {
      const remove = sandbox.faults.add({ kind: "redirect", to, on: "/download/" });
      const { outcome } = await coverOf(coverless);
      remove();
      expect(outcome, to).toMatchObject({ status: "failed", error: { code: "fetch-refused", retryable: false } });
    }
    expect(canary.connections()).toBe(0);
  });

  it("that is busy or broken fails the run, to be tried again", async () => {
    for (const [fault, code] of [
      [{ kind: "status", status: 503, retryAfter: 30 }, "source-throttled"],
      [{ kind: "status", status: 500 }, "source-unavailable"],
      [{ kind: "reset" }, "source-unavailable"],
      [{ kind: "truncated" }, "source-unavailable"],
    ] as const) {
      const remove = sandbox.faults.add({ ...fault, on: "/items/" });
      const { outcome } = await coverOf(coverless);
      remove();
      expect(outcome, fault.kind).toMatchObject({ status: "failed", error: { code, retryable: true } });
    }
  });

  it("is left alone for an album whose front cover a person has given", async () => {
    await using catalog = await openCatalog({
      database: "memory:",
      packs: [pack()],
      images: { trusted: [sandbox.coverArtUrl] },
    });
    const { result } = await coverOf(catalog);
    if (!("item" in result) || !result.item) throw new Error("no item");
    const url = `${sandbox.coverArtUrl}/release-group/${known.aceOfSpades}/front`;
    const { item } = await catalog.edit(result.item, { images: [{ type: "front", url }] });
    expect(item.images).toMatchObject([{ provider: "person" }]);
    const before = sandbox.requests.length;
    const forced = await catalog.import(album, query, { providers: ["cover-art-archive"] });
    expect(forced.providers.find((one) => one.provider === "cover-art-archive")).toMatchObject({ status: "skipped" });
    expect(sandbox.requests.length).toBe(before);
  });

  it("is a background provider, which waits in the ledger", async () => {
    await using catalog = await openCatalog({
      database: "memory:",
      packs: [music({ musicbrainz: { url: sandbox.url }, coverArtArchive: { url: sandbox.coverArtUrl } })],
    });
    expect((await coverOf(catalog)).outcome).toMatchObject({ status: "queued" });
  });

  it("is not asked for the ids of a MusicBrainz on this machine unless it is named, and says so", async () => {
    await using catalog = await open({ coverArtArchive: undefined });
    expect((await coverOf(catalog)).outcome).toMatchObject({
      status: "skipped",
      reason: expect.stringContaining("ACCESSION_COVER_ART_ARCHIVE_URL"),
    });
  });

  it("is on its own hosts, over https, once a second, unless another is named", () => {
    expect(coverArtArchive()).toEqual({
      prefix: "https://coverartarchive.org",
      policy: { fills: ["front"], hosts: ["coverartarchive.org", "archive.org"], secure: true, interval: 1000 },
    });
    expect(coverArtArchive({ url: "http://localhost:7/caa/" })).toMatchObject({
      prefix: "http://localhost:7/caa",
      policy: { trusted: "http://localhost:7", interval: 0 },
    });
    expect(() => coverArtArchive({ url: "coverartarchive" })).toThrow("--cover-art-archive-url");
  });
});
