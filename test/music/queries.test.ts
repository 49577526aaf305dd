import { describe, expect, test } from "vitest";
import { readQuery } from "../../src/engine/wanted.ts";
import { album, artist, list, release, song } from "../../src/music/index.ts";
import { textWith } from "../sources/matchers.ts";

const mbid = "83d91898-7763-47d7-b03b-b92132375c47";

describe("a query for an artist", () => {
  test.each([
    mbid,
    mbid.toUpperCase(),
    ` ${mbid} `,
    `https://musicbrainz.org/artist/${mbid}`,
    `http://beta.musicbrainz.org/artist/${mbid}/relationships?x=1#y`,
  ])("names it by %j", (musicbrainzId) => {
    expect(readQuery(artist, { musicbrainzId })).toMatchObject({
      identifiers: [{ scheme: "musicbrainz.artist", value: mbid }],
    });
  });

  test("looks for a name, and expects the rest", () => {
    expect(
      readQuery(artist, { name: " Nir\0vana ", country: "gb", type: "Group", born: 1965, disambiguation: "60s" }),
    ).toMatchObject({
      name: "Nirvana",
      identifiers: [],
      expected: { country: "GB", type: "group", begin: "1965", disambiguation: "60s" },
    });
    expect(readQuery(artist, { name: "X", born: "1965-07" }).expected).toEqual({ begin: "1965-07" });
    expect(readQuery(artist, { name: "X", born: 800 }).expected).toEqual({ begin: "0800" });
  });

  test.each([
    [{}, /name: is missing/],
    [{ name: "" }, /must not be empty\n.*at name/],
    [{ name: "\0 \0" }, /must not be empty/],
    [{ name: 7 }, /name: must be text/],
    [{ name: "x".repeat(1_001) }, /longer than 1,000 characters/],
    [{ name: "X", country: "England" }, /two letters, such as GB/],
    [{ name: "X", type: "band" }, /one of person, group, orchestra, choir, character, other/],
    [{ name: "X", born: "long ago" }, /such as 1965.*\n.*at born/],
    [{ name: "X", year: 1965 }, /"year"/],
    [{ musicbrainzId: "abc" }, /no MusicBrainz id, which is a UUID/],
    [{ musicbrainzId: `https://musicbrainz.org/release-group/${mbid}` }, /no MusicBrainz id/],
    [{ musicbrainzId: mbid, name: "X" }, /"musicbrainzId"/],
    ["Pink Floyd", /the query: .*expected object/],
  ])("%j is refused, saying why", (query, message) => {
    expect(() => readQuery(artist, query)).toThrow(
      expect.objectContaining({ code: "query-invalid", message: textWith(message) }),
    );
  });
});

describe("a query for an album", () => {
  test("names it by MBID or by the address of its page", () => {
    const identifiers = [{ scheme: "musicbrainz.release-group", value: mbid }];
    expect(readQuery(album, { musicbrainzId: mbid })).toMatchObject({ identifiers });
    expect(readQuery(album, { musicbrainzId: `https://musicbrainz.org/release-group/${mbid}` })).toMatchObject({
      identifiers,
    });
  });

  test("looks for a title by an artist, named or in the catalogue", () => {
    expect(readQuery(album, { title: "Weezer", artist: "Weezer", year: 1994, type: "album" })).toMatchObject({
      name: "Weezer",
      expected: { firstReleaseDate: "1994", primaryType: "album" },
      related: [{ type: "artist", name: "Weezer" }],
    });
    expect(readQuery(album, { title: "Weezer", artist: { item: mbid } }).related).toEqual([
      { type: "artist", item: mbid },
    ]);
    expect(readQuery(album, { title: "Weezer" }).related).toEqual([]);
  });

  test.each([
    [{}, /title: is missing/],
    [{ title: "X", artist: "" }, /must not be empty\n.*at artist/],
    [{ title: "X", artist: 7 }, /artist: must be a name, or \{ item \}/],
    [{ title: "X", artist: { item: "7" } }, /the id of an item in the catalogue\n.*at artist\.item/],
    [{ title: "X", type: "lp" }, /one of album, single, ep, broadcast, other/],
  ])("%j is refused, saying why", (query, message) => {
    expect(() => readQuery(album, query)).toThrow(
      expect.objectContaining({ code: "query-invalid", message: textWith(message) }),
    );
  });
});

describe("a query for a song", () => {
  test("names it by MBID, by the address of its page, or by ISRC", () => {
    const identifiers = [{ scheme: "musicbrainz.recording", value: mbid }];
    expect(readQuery(song, { musicbrainzId: mbid })).toMatchObject({ identifiers });
    expect(readQuery(song, { musicbrainzId: `https://musicbrainz.org/recording/${mbid}` })).toMatchObject({
      identifiers,
    });
    expect(readQuery(song, { isrc: "gb-n9y-11-00088" })).toMatchObject({
      name: undefined,
      identifiers: [{ scheme: "isrc", value: "GBN9Y1100088" }],
    });
  });

  test("looks for a title by an artist", () => {
    expect(readQuery(song, { title: "Money", artist: "Pink Floyd", year: 1973 })).toMatchObject({
      name: "Money",
      identifiers: [],
      expected: { firstReleaseDate: "1973" },
      related: [{ type: "artist", name: "Pink Floyd" }],
    });
    expect(readQuery(song, { title: "Money", isrc: "GBN9Y1100088" })).toMatchObject({
      name: "Money",
      identifiers: [{ scheme: "isrc", value: "GBN9Y1100088" }],
    });
  });

  test.each([
    [{}, /title: is missing/],
    [{ isrc: "7" }, /"7" is no isrc/],
    [{ isrc: 7 }, /isrc: must be text/],
    [{ title: "X", album: "Y" }, /"album"/],
    [{ musicbrainzId: `https://musicbrainz.org/release/${mbid}` }, /no MusicBrainz id/],
  ])("%j is refused, saying why", (query, message) => {
    expect(() => readQuery(song, query)).toThrow(
      expect.objectContaining({ code: "query-invalid", message: textWith(message) }),
    );
  });
});

describe("a query for a release", () => {
  test("names it by MBID, by the address of its page, or by barcode", () => {
    const identifiers = [{ scheme: "musicbrainz.release", value: mbid }];
    expect(readQuery(release, { musicbrainzId: `https://musicbrainz.org/release/${mbid}/discids` })).toMatchObject({
      identifiers,
    });
    expect(readQuery(release, { barcode: "7 24382-97522 9" })).toMatchObject({
      name: undefined,
      identifiers: [{ scheme: "barcode", value: "0724382975229" }],
    });
  });

  test("looks for a title, and expects the rest", () => {
    const query = { title: "Nevermind", artist: { item: mbid }, year: "1991-09", country: "us", status: "Official" };
    expect(readQuery(release, query)).toMatchObject({
      name: "Nevermind",
      expected: { date: "1991-09", country: "US", status: "official" },
      related: [{ type: "artist", item: mbid }],
    });
  });

  test.each([
    [{}, /title: is missing/],
    [{ barcode: "7" }, /"7" is no barcode/],
    [{ title: "X", status: "lost" }, /one of official, promotion, bootleg/],
    [{ musicbrainzId: `https://musicbrainz.org/release-group/${mbid}` }, /no MusicBrainz id/],
  ])("%j is refused, saying why", (query, message) => {
    expect(() => readQuery(release, query)).toThrow(
      expect.objectContaining({ code: "query-invalid", message: textWith(message) }),
    );
  });
});

describe("a query for a list", () => {
  test("names it by MBID or by the address of its page, or looks for its title", () => {
    expect(readQuery(list, { musicbrainzId: `https://musicbrainz.org/series/${mbid}` })).toMatchObject({
      identifiers: [{ scheme: "musicbrainz.series", value: mbid }],
    });
    expect(readQuery(list, { title: "Examples", disambiguation: "2020" })).toMatchObject({
      name: "Examples",
      expected: { disambiguation: "2020" },
    });
  });

  test.each([
    [{}, /title: is missing/],
    [{ musicbrainzId: "best-of-1973" }, /no MusicBrainz id/],
  ])("%j is refused, saying why", (query, message) => {
    expect(() => readQuery(list, query)).toThrow(
      expect.objectContaining({ code: "query-invalid", message: textWith(message) }),
    );
  });
});

describe("names", () => {
  test("are one with and without a leading article", () => {
    expect(artist.normalise("The Beatles")).toBe(artist.normalise("Beatles"));
    expect(album.normalise("The Dark Side of the Moon")).toBe(album.normalise("Dark side of the moon"));
  });

  test("of an artist are its aliases and how it is sorted too", () => {
    expect(artist.aliases({ name: "Земфира", sortName: "Zemfira", aliases: [{ name: "Земфира Рамазанова" }] })).toEqual(
      ["Zemfira", "Земфира Рамазанова"],
    );
  });

  test("that an album shares with a single or a live recording mean the album", () => {
    expect(album.prefers({ title: "X", primaryType: "album", secondaryTypes: [] })).toBe(true);
    expect(album.prefers({ title: "X", primaryType: "album" })).toBe(true);
    expect(album.prefers({ title: "X", primaryType: "album", secondaryTypes: ["live"] })).toBe(false);
    expect(album.prefers({ title: "X", primaryType: "single" })).toBe(false);
  });

  test("that a song shares with live recordings and videos mean the song", () => {
    expect(song.prefers({ title: "Money" })).toBe(true);
    expect(song.prefers({ title: "Money", disambiguation: "live" })).toBe(false);
    expect(song.prefers({ title: "Money", video: true })).toBe(false);
  });

  test("of releases mean the official one that needs no words, and of lists one of music", () => {
    expect(release.prefers({ title: "X", status: "official" })).toBe(true);
    expect(release.prefers({ title: "X" })).toBe(false);
    expect(release.prefers({ title: "X", status: "official", disambiguation: "remaster" })).toBe(false);
    expect(list.prefers({ title: "X", type: "release group series" })).toBe(true);
    expect([list.prefers({ title: "X", type: "tour" }), list.prefers({ title: "X" })]).toEqual([false, false]);
  });
});
