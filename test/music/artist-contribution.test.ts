import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { silentLog } from "../../src/engine/log.ts";
import { readContribution } from "../../src/engine/reading.ts";
import { createRegistry } from "../../src/engine/registry.ts";
import { artist, music } from "../../src/music/index.ts";
import { artistContribution } from "../../src/music/providers/musicbrainz/artist-contribution.ts";
import { titleCase } from "../../src/music/providers/musicbrainz/categories.ts";
import { albumPages, artistPages, releasePages } from "../../src/music/providers/musicbrainz/links.ts";
import { artistResponse } from "../../src/music/providers/musicbrainz/responses/artist.ts";

const id = "11111111-1111-4111-8111-111111111111";
const other = "22222222-2222-4222-8222-222222222222";
const map = (response: object, askedId?: string) =>
  artistContribution(artistResponse.parse({ id, name: "The Examples", ...response }), askedId);
const page = (type: string, resource: unknown, more = {}) => ({
  type,
  "target-type": "url",
  url: { resource },
  ...more,
});

describe("what MusicBrainz says of an artist", () => {
  test("becomes attributes, in the catalogue's words", () => {
    const { attributes } = map({
      "sort-name": "Examples, The",
      disambiguation: "made up",
      type: "Group",
      gender: "Female",
      country: "GB",
      area: { name: "United Kingdom" },
      "begin-area": { name: "London" },
      "end-area": { name: "Leeds" },
      "life-span": { begin: "1965", end: "2014-07", ended: true },
    });
    expect(attributes).toEqual({
      name: "The Examples",
      sortName: "Examples, The",
      disambiguation: "made up",
      type: "group",
      gender: "female",
      country: "GB",
      area: "United Kingdom",
      beginArea: "London",
      endArea: "Leeds",
      begin: "1965",
      end: "2014-07",
      ended: true,
    });
  });

  test("is the same in the spelling of older answers", () => {
    const said = map({
      "begin-area": null,
      begin_area: { name: "London" },
      end_area: { name: "Leeds" },
      type: { name: "Person" },
    });
    expect(said.attributes).toMatchObject({ beginArea: "London", endArea: "Leeds", type: "person" });
  });

  test("stays unsaid where it is null, empty, malformed or missing", () => {
    const { attributes, ...lists } = map({
      "sort-name": "",
      disambiguation: "  ",
      type: "Hologram",
      gender: null,
      country: "England",
      area: "London",
      "begin-area": { name: 7 },
      "life-span": { begin: "????-08-11", end: "", ended: null },
      isnis: null,
      ipis: "none",
      aliases: {},
      tags: "****REDACTED****",
      genres: [null, { name: "rock" }, { count: 3 }],
      relations: [null, {}, { type: "x" }],
    });
    expect(Object.entries(attributes ?? {}).filter(([, value]) => value !== undefined)).toEqual([
      ["name", "The Examples"],
    ]);
    expect(lists).toEqual({ identifiers: [{ scheme: "musicbrainz.artist", value: id }], categories: [], links: [] });
  });

  test("never throws and always fits the kind, whatever stands in the place of a part", () => {
    const keys = [
      "sort-name",
      "type",
      "country",
      "area",
      "begin-area",
      "life-span",
      "isnis",
      "ipis",
      "aliases",
      "tags",
      "genres",
      "relations",
    ];
    const odd = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.array(fc.record({ name: fc.string(), type: fc.string(), count: fc.double() })),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...keys), odd), (parts) => {
        const said = { by: "musicbrainz", kind: artist, registry: createRegistry([music()]), log: silentLog };
        expect(() => readContribution(map(parts), said)).not.toThrow();
      }),
    );
  });

  test("an id and a name are the least that makes an answer", () => {
    expect(artistResponse.safeParse({ id, name: "" }).success).toBe(false);
    expect(artistResponse.safeParse({ id: "x", name: "x" }).success).toBe(false);
    expect(artistResponse.safeParse({ error: "Not Found" }).success).toBe(false);
  });

  test("aliases keep when, where and how they were used", () => {
    const said = map({
      aliases: [
        {
          name: "Examples",
          "sort-name": "Examples",
          locale: "en",
          primary: true,
          type: "Artist name",
          begin: "1965",
          end: null,
        },
        { name: "見本", locale: "ja", primary: null, "begin-date": "1970-01", "end-date": "1971" },
        { name: " " },
        { locale: "de" },
      ],
    });
    expect(said.attributes?.aliases).toEqual([
      { name: "Examples", sortName: "Examples", locale: "en", primary: true, type: "artist name", begin: "1965" },
      { name: "見本", locale: "ja", begin: "1970-01", end: "1971" },
    ]);
  });
});

describe("the identifiers of an artist", () => {
  test("are its MBID, and the one it was asked by where the two were merged", () => {
    expect(map({}, id).identifiers).toEqual([{ scheme: "musicbrainz.artist", value: id }]);
    expect(map({ id: id.toUpperCase() }, other).identifiers).toEqual([
      { scheme: "musicbrainz.artist", value: id },
      { scheme: "musicbrainz.artist", value: other },
    ]);
  });

  test("include ISNI and IPI as they are given", () => {
    const said = map({ isnis: ["0000 0001 2345 678x", "12", null], ipis: ["55306003"] });
    expect(said.identifiers?.slice(1)).toEqual([
      { scheme: "isni", value: "0000 0001 2345 678x" },
      { scheme: "isni", value: "12" },
      { scheme: "ipi", value: "55306003" },
    ]);
  });

  test.each([
    ["https://www.wikidata.org/wiki/Q2306", "wikidata", "Q2306"],
    ["https://www.discogs.com/artist/45467-Pink-Floyd", "discogs.artist", "45467"],
    ["http://www.discogs.com/de/artist/45467", "discogs.artist", "45467"],
    ["https://www.allmusic.com/artist/mn0000346336", "allmusic.artist", "mn0000346336"],
    ["https://www.allmusic.com/artist/pink-floyd-mn0000346336", "allmusic.artist", "mn0000346336"],
    ["http://www.imdb.com/name/nm0147022/", "imdb.name", "nm0147022"],
    ["http://viaf.org/viaf/111894442", "viaf", "111894442"],
    ["https://open.spotify.com/artist/0k17h0D3J5VfsdmQ1iZtE9", "spotify.artist", "0k17h0D3J5VfsdmQ1iZtE9"],
    ["https://music.apple.com/gb/artist/487143", "apple-music.artist", "487143"],
    ["https://itunes.apple.com/us/artist/id462006", "apple-music.artist", "462006"],
    ["https://www.deezer.com/en/artist/860", "deezer.artist", "860"],
    ["https://sigurros.bandcamp.com/", "bandcamp.artist", "sigurros"],
    ["https://www.last.fm/music/Pink+Floyd", "lastfm.artist", "Pink+Floyd"],
    ["https://rateyourmusic.com/artist/pink-floyd", "rateyourmusic.artist", "pink-floyd"],
  ])("include what %s names", (address, scheme, value) => {
    expect(map({ relations: [page("any", address)] }).identifiers?.slice(1)).toEqual([{ scheme, value }]);
  });

  test("include nothing of a page that no longer holds, or of an address that only resembles one", () => {
    const relations = [
      page("wikidata", "https://www.wikidata.org/wiki/Q1", { ended: true }),
      page("other", "https://example.org/www.wikidata.org/wiki/Q1"),
      page("other", "https://www.wikidata.org.example.org/wiki/Q1"),
      page("other", "https://www.bandcamp.com/"),
      page("other", "https://www.last.fm/music/Pink+Floyd/The+Wall"),
    ];
    expect(map({ relations }).identifiers).toHaveLength(1);
  });
});

describe("the web pages of an artist", () => {
  test.each(Object.entries({ artistPages, albumPages, releasePages }))(
    "%s have one group in the pattern of each scheme, by which they are told apart",
    (_name, { schemes, address }) => {
      const groups = new RegExp(`${address.source}|`).exec("")?.slice(1);
      expect(groups).toHaveLength(schemes.length);
    },
  );

  test("are links under what they are, once each, and say when they no longer hold", () => {
    const { links } = map({
      relations: [
        page("official homepage", "https://example.org/old", { ended: true }),
        page("official homepage", "https://example.org/"),
        page("official homepage", "https://example.org/", { ended: true }),
        page("fanpage", "https://example.org/"),
      ],
    });
    expect(links).toEqual([
      { type: "official homepage", url: "https://example.org/old", attributes: { ended: true } },
      { type: "official homepage", url: "https://example.org/" },
      { type: "fanpage", url: "https://example.org/" },
    ]);
  });

  test("are left out where the address is no text", () => {
    const addresses = [7, null, undefined, {}];
    expect(map({ relations: addresses.map((address) => page("any", address)) }).links).toEqual([]);
  });
});

describe("the categories of an artist", () => {
  test("are the five strongest genres and tags by votes, equal ones by name, without those nobody voted for", () => {
    const genres = { rock: 3, "art rock": 7, pop: 3, jazz: 0, folk: -2, "post-punk": 9, blues: 3, soul: 1 };
    const counts = Object.entries(genres).map(([name, count]) => ({ name, count }));
    const { categories } = map({ genres: counts, tags: [{ name: "rock", count: 1 }] });
    expect(categories).toEqual([
      { type: "genre", name: "Post-Punk", weight: 9 },
      { type: "genre", name: "Art Rock", weight: 7 },
      { type: "genre", name: "Blues", weight: 3 },
      { type: "genre", name: "Pop", weight: 3 },
      { type: "genre", name: "Rock", weight: 3 },
      { type: "tag", name: "Rock", weight: 1 },
    ]);
  });

  test("are its places, each once", () => {
    expect(map({ area: { name: "Berlin" }, "begin-area": { name: "Berlin" } }).categories).toEqual([
      { type: "location", name: "Berlin" },
    ]);
    expect(map({ area: { name: "Germany" }, begin_area: { name: "Berlin" } }).categories).toEqual([
      { type: "location", name: "Berlin" },
      { type: "location", name: "Germany" },
    ]);
  });

  test.each([
    ["progressive rock", "Progressive Rock"],
    ["post-punk", "Post-Punk"],
    ["r&b", "R&B"],
    ["uk garage", "UK Garage"],
    ["singer/songwriter", "Singer/Songwriter"],
    ["80s", "80s"],
    ["2-step", "2-Step"],
    ["rock 'n' roll", "Rock 'N' Roll"],
    ["children's music", "Children's Music"],
    ["électro", "Électro"],
    ["ロック", "ロック"],
    ["EDM", "EDM"],
  ])("%s is written %s", (name, title) => {
    expect(titleCase(name)).toBe(title);
  });
});
