import { describe, expect, test } from "vitest";
import type { JsonValue } from "../../src/engine/json.ts";
import type { Page } from "../../src/engine/listing.ts";
import { silentLog } from "../../src/engine/log.ts";
import { musicbrainzAlbums } from "../../src/music/providers/musicbrainz/album.ts";
import { musicbrainzArtists } from "../../src/music/providers/musicbrainz/artist.ts";
import { musicbrainzReleases } from "../../src/music/providers/musicbrainz/release.ts";
import { musicbrainzSongs } from "../../src/music/providers/musicbrainz/song.ts";
import { createMusicBrainz } from "../../src/music/providers/musicbrainz/source.ts";
import { createSession } from "../sources/session-double.ts";
import { openServer, type TestServer } from "../sources/test-server.ts";

const group = "f5093c06-23e3-404f-aeaa-40f72885ee3a";
const pinkFloyd = "83d91898-7763-47d7-b03b-b92132375c47";
const idOf = (number: number) => `77777777-7777-4777-8777-${String(number).padStart(12, "0")}`;

/** A server that answers each offset with a page, and anything else with "not found". */
const serve = (pages: Readonly<Record<string, object>>): Promise<TestServer> =>
  openServer((request, response) => {
    const offset = new URL(request.url ?? "", "http://localhost").searchParams.get("offset") ?? "";
    const page = pages[offset];
    response.writeHead(page ? 200 : 404, { "content-type": "application/json" });
    response.end(JSON.stringify(page ?? { error: "Not Found" }));
  });

const source = createMusicBrainz();
const [albums, releases] = [musicbrainzAlbums(source), musicbrainzReleases(source)];
const listings = {
  album: { listing: releases.lists?.album, scheme: "musicbrainz.release-group", value: group },
  artist: { listing: albums.lists?.artist, scheme: "musicbrainz.artist", value: pinkFloyd },
};

/** The pages of a listing, all at once. */
async function pagesOf(server: TestServer, of: "album" | "artist", from?: JsonValue, identifiers?: []) {
  const { listing, ...identifier } = listings[of];
  const known = identifiers ?? [identifier];
  const session = createSession();
  const context = {
    client: createMusicBrainz({ url: server.url, backOff: 2 }).connect(session),
    signal: session.signal,
    log: silentLog,
    charge: () => {},
    from,
  };
  const parent = {
    identifiers: known,
    related: [],
    expected: {},
    identifier: (scheme: string) => known.find((one) => one.scheme === scheme)?.value,
  };
  const pages: Page[] = [];
  for await (const page of listing?.pages(parent, context) ?? []) pages.push(page);
  return pages;
}
const summary = ({ contributions, refused = [], total, next }: Page) => ({
  titles: contributions.map((one) => one.attributes?.["title"]),
  refused: refused.length,
  total,
  next,
});
const releasePage = (count: number | null, ...entities: readonly unknown[]) => ({
  "release-count": count,
  releases: entities,
});
const release = (number: number) => ({ id: idOf(number), title: `Release ${number}` });

describe("the releases of an album", () => {
  test("come with all that a look-up says, in one request a page", async () => {
    await using server = await serve({ 0: releasePage(1, release(1)) });
    expect((await pagesOf(server, "album")).map(summary)).toEqual([
      { titles: ["Release 1"], refused: 0, total: 1, next: undefined },
    ]);
    const inc = "artist-credits+labels+recordings+isrcs+media+release-groups+tags+genres+url-rels";
    expect(server.paths).toEqual([`/ws/2/release?release-group=${group}&inc=${inc}&limit=100&offset=0&fmt=json`]);
    expect(releases.lists?.album?.partial ?? false).toBe(false);
  });

  test("go on where a page was cut short, each once", async () => {
    await using server = await serve({
      0: releasePage(5, release(1), release(2)),
      2: releasePage(5, release(2), release(3)),
      4: releasePage(5, release(4)),
    });
    expect((await pagesOf(server, "album")).map(summary)).toEqual([
      { titles: ["Release 1", "Release 2"], refused: 0, total: 5, next: 2 },
      { titles: ["Release 3"], refused: 0, total: 5, next: 4 },
      { titles: ["Release 4"], refused: 0, total: 5, next: undefined },
    ]);
  });

  test("go on from where an earlier run broke off", async () => {
    await using server = await serve({ 2: releasePage(3, release(3)) });
    expect((await pagesOf(server, "album", 2)).map(summary)).toEqual([
      { titles: ["Release 3"], refused: 0, total: 3, next: undefined },
    ]);
  });

  test("end with an empty page, where fewer are there than were counted, or nobody counts", async () => {
    await using server = await serve({ 0: releasePage(9, release(1)), 1: releasePage(9) });
    expect((await pagesOf(server, "album")).map(summary).at(-1)).toEqual({
      titles: [],
      refused: 0,
      total: 9,
      next: undefined,
    });
    await using mirror = await serve({ 0: releasePage(null, release(1)), 1: releasePage(null) });
    expect((await pagesOf(mirror, "album")).map(summary)).toEqual([
      { titles: ["Release 1"], refused: 0, total: undefined, next: 1 },
      { titles: [], refused: 0, total: undefined, next: undefined },
    ]);
  });

  test("that cannot be read are refused one by one, and the others stay", async () => {
    const odd = [{ id: idOf(2), title: null }, { title: "No id" }, null, "odd", []];
    await using server = await serve({ 0: releasePage(7, release(1), ...odd, release(3)) });
    const [page] = await pagesOf(server, "album");
    expect(page && summary(page)).toEqual({
      titles: ["Release 1", "Release 3"],
      refused: 5,
      total: 7,
      next: undefined,
    });
    expect(page?.refused?.slice(0, 3)).toEqual([
      { id: idOf(2), reason: expect.stringContaining('no release of MusicBrainz, at "title"') },
      { id: "", title: "No id", reason: expect.stringContaining('at "id"') },
      { id: "", reason: expect.stringContaining("no release of MusicBrainz") },
    ]);
  });

  test("of an album that MusicBrainz does not have are no empty list", async () => {
    await using server = await serve({});
    await expect(pagesOf(server, "album")).rejects.toMatchObject({ code: "source-rejected", retryable: false });
  });

  test("are not asked for where the album's id is not known", async () => {
    await using server = await serve({});
    expect([await pagesOf(server, "album", undefined, []), server.paths]).toEqual([[], []]);
  });
});

describe("the albums of an artist", () => {
  test("come a hundred a request, with less than a look-up says", async () => {
    const page = (...entities: readonly object[]) => ({ "release-group-count": 2, "release-groups": entities });
    await using server = await serve({
      0: page({ id: group, title: "Meddle", "primary-type": "Album", genres: [{ name: "rock", count: 2 }] }),
      1: page({ title: "No id" }),
    });
    const pages = await pagesOf(server, "artist");
    expect(pages.map(summary)).toEqual([
      { titles: ["Meddle"], refused: 0, total: 2, next: 1 },
      { titles: [], refused: 1, total: 2, next: undefined },
    ]);
    expect(pages[0]?.contributions[0]).toMatchObject({
      attributes: { primaryType: "album" },
      categories: [{ type: "genre", name: "Rock", weight: 2 }],
    });
    const inc = "artist-credits+tags+genres+url-rels";
    expect(server.paths[0]).toBe(`/ws/2/release-group?artist=${pinkFloyd}&inc=${inc}&limit=100&offset=0&fmt=json`);
    expect(albums.lists?.artist?.partial).toBe(true);
  });
});

describe("a document of a dump", () => {
  const readers = {
    artist: (document: unknown) => musicbrainzArtists(source).read?.(document),
    "release group": (document: unknown) => albums.read?.(document),
    release: (document: unknown) => releases.read?.(document),
    recording: (document: unknown) => musicbrainzSongs(source).read?.(document),
  };

  test.each(Object.entries(readers))("is read as a look-up of its %s", (_name, read) => {
    const said = read({ id: group, title: "Meddle", name: "Meddle" });
    expect(Object.values(said?.attributes ?? {})).toContain("Meddle");
    expect(said?.identifiers?.map((one) => one.value)).toEqual([group]);
  });

  test.each(Object.entries(readers))("is refused where it is no %s, saying why", (name, read) => {
    for (const odd of [null, "", 7, [], {}, { id: "7", title: "X", name: "X" }, { id: group }]) {
      expect(() => read(odd)).toThrow(
        expect.objectContaining({
          code: "source-response-invalid",
          message: expect.stringContaining(`This is no ${name} of MusicBrainz`),
        }),
      );
    }
  });
});
