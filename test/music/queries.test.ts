import { describe, expect, test } from "vitest";
import { readQuery } from "../../src/engine/wanted.ts";
import { album, artist } from "../../src/music/index.ts";
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
});
