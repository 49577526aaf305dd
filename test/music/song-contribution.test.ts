import { describe, expect, test } from "vitest";
import { songContribution } from "../../src/music/providers/musicbrainz/song-contribution.ts";
import {
  recordingResponse,
  recordingSearchResponse,
} from "../../src/music/providers/musicbrainz/responses/recording.ts";
import { withoutTwins } from "../../src/music/providers/musicbrainz/usual-recordings.ts";
import { isrc } from "../../src/music/schemes.ts";

const id = "33333333-3333-4333-8333-333333333333";
const [other, ann] = ["44444444-4444-4444-8444-444444444444", "11111111-1111-4111-8111-111111111111"];
const map = (response: object, askedId?: string) =>
  songContribution(recordingResponse.parse({ id, title: "Money", ...response }), askedId);

describe("what MusicBrainz says of a recording", () => {
  test("becomes a contribution to a song, in the catalogue's words", () => {
    const said = map({
      disambiguation: "live",
      length: 382746,
      video: true,
      "first-release-date": "1973-03-01",
      isrcs: ["GBN9Y1100088", "gb-n9y-11-00088"],
      aliases: [{ name: "Geld", locale: "de" }],
      genres: [{ name: "progressive rock", count: 5 }],
      tags: [{ name: "seen live", count: 1 }],
      "artist-credit": [{ name: "Ann", joinphrase: "", artist: { id: ann, name: "Ann Example" } }],
      relations: [{ type: "free streaming", url: { resource: "https://example.org/money" } }],
    });
    expect(said).toEqual({
      attributes: {
        title: "Money",
        disambiguation: "live",
        artistCredit: "Ann",
        length: 382746,
        firstReleaseDate: "1973-03-01",
        video: true,
        aliases: [{ name: "Geld", locale: "de" }],
      },
      identifiers: [
        { scheme: "musicbrainz.recording", value: id },
        { scheme: "isrc", value: "GBN9Y1100088" },
        { scheme: "isrc", value: "gb-n9y-11-00088" },
      ],
      categories: [
        { type: "genre", name: "Progressive Rock", weight: 5 },
        { type: "tag", name: "Seen Live", weight: 1 },
      ],
      relations: [
        {
          type: "artist",
          position: 1,
          to: { identifiers: [{ scheme: "musicbrainz.artist", value: ann }], attributes: { name: "Ann Example" } },
          attributes: { creditedAs: "Ann", joinPhrase: "" },
        },
      ],
      links: [{ type: "free streaming", url: "https://example.org/money" }],
    });
  });

  test.each([
    [{ length: null, video: null, "first-release-date": "" }, {}],
    [{ length: 0, video: 0, "first-release-date": "????" }, { video: false }],
    [
      { length: "382746", video: 1 },
      { length: 382746, video: true },
    ],
  ])("of %j is %j", (response, said) => {
    expect(map(response).attributes).toEqual({ title: "Money", ...said });
  });

  test("names it by both ids where the one asked for was merged into another", () => {
    expect(map({}, other).identifiers).toEqual([
      { scheme: "musicbrainz.recording", value: id },
      { scheme: "musicbrainz.recording", value: other },
    ]);
  });
});

describe("an ISRC", () => {
  test.each(["GBN9Y1100088", "gbn9y1100088", "GB-N9Y-11-00088", " GB N9Y 11 00088 "])("%j has one spelling", (text) => {
    expect(isrc.parse(text)).toBe("GBN9Y1100088");
  });

  test.each(["", "GBN9Y110008", "GBN9Y11000888", "1BN9Y1100088", "GBN9Y11O0088", "GB.N9Y.11.00088"])(
    "is not %j",
    (text) => {
      expect(isrc.parse(text)).toBeUndefined();
    },
  );
});

describe("of the recordings that a search finds", () => {
  const official = { status: "Official", "release-group": { "primary-type": "Album" } };
  const compiled = { status: "Official", "release-group": { "secondary-types": ["Compilation"] } };
  const bootleg = { status: "Bootleg", "release-group": { "primary-type": "Album" } };
  const hits = (...found: readonly object[]) =>
    recordingSearchResponse.parse({
      recordings: found.map((hit, at) => ({
        id: `77777777-7777-4777-8777-00000000000${at}`,
        title: "Money",
        "artist-credit": [{ artist: { id: ann, name: "Ann" } }],
        ...hit,
      })),
    }).recordings;
  const kept = (found: ReturnType<typeof hits>, year?: string) =>
    withoutTwins(found, year).map((hit) => found.indexOf(hit));

  test("one of those that nothing tells apart is left: on an official studio release, and the first", () => {
    const found = hits(
      { "first-release-date": "1972", releases: [bootleg] },
      { "first-release-date": "1981", releases: [compiled] },
      { "first-release-date": "1973-03", releases: [official] },
      { "first-release-date": "1992", releases: [official, official] },
      { releases: [official] },
    );
    expect(kept(found)).toEqual([2]);
  });

  test("the one of the year that was asked for is left", () => {
    const found = hits({ "first-release-date": "1973" }, { "first-release-date": "1981-05" });
    expect([kept(found), kept(found, "1981")]).toEqual([[0], [1]]);
  });

  test("all stay that differ in title, artist, or what is said of them", () => {
    const found = hits(
      {},
      { title: "MONEY!" },
      { title: "Money Talks" },
      { disambiguation: "live" },
      { disambiguation: "live" },
      { video: true },
      { "artist-credit": [{ artist: { id: other, name: "Ann" } }] },
    );
    expect(kept(found)).toEqual([0, 2, 3, 4, 5, 6]);
  });
});
