import { describe, expect, test } from "vitest";
import { albumContribution } from "../../src/music/providers/musicbrainz/album-contribution.ts";
import { releaseGroupResponse } from "../../src/music/providers/musicbrainz/responses/release-group.ts";

const id = "33333333-3333-4333-8333-333333333333";
const [first, second] = ["11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"];
const map = (response: object, askedId?: string) =>
  albumContribution(releaseGroupResponse.parse({ id, title: "Examples", ...response }), askedId);

describe("what MusicBrainz says of a release group", () => {
  test("becomes attributes, in the catalogue's words", () => {
    const { attributes } = map({
      disambiguation: "The Grey Album",
      "primary-type": "Album",
      "secondary-types": ["Live", { name: "Compilation" }, null, ""],
      "first-release-date": "1973-03",
      "artist-credit": [{ name: "Ann", joinphrase: "", artist: { id: first, name: "Ann" } }],
      aliases: [{ name: "Grey Album" }],
    });
    expect(attributes).toEqual({
      title: "Examples",
      disambiguation: "The Grey Album",
      artistCredit: "Ann",
      primaryType: "album",
      secondaryTypes: ["live", "compilation"],
      firstReleaseDate: "1973-03",
      aliases: [{ name: "Grey Album" }],
    });
  });

  test("stays unsaid where it is null, empty or missing", () => {
    const { attributes, ...lists } = map({ "primary-type": null, "first-release-date": "", "artist-credit": null });
    expect(attributes).toEqual({ title: "Examples", secondaryTypes: [] });
    expect(lists).toEqual({
      identifiers: [{ scheme: "musicbrainz.release-group", value: id }],
      categories: [],
      relations: [],
      links: [],
    });
  });

  test("names its artists in the order of the credit, with what is said of each in passing", () => {
    const { attributes, relations } = map({
      "artist-credit": [
        {
          name: "Ann",
          joinphrase: " & ",
          artist: {
            id: first,
            name: "Ann Example",
            "sort-name": "Example, Ann",
            disambiguation: "singer",
            type: "Person",
            country: "GB",
          },
        },
        { artist: { id: second, name: "The Band", type: null } },
      ],
    });
    expect(attributes?.artistCredit).toBe("Ann & The Band");
    expect(relations).toEqual([
      {
        type: "artist",
        to: {
          identifiers: [{ scheme: "musicbrainz.artist", value: first }],
          attributes: {
            name: "Ann Example",
            sortName: "Example, Ann",
            disambiguation: "singer",
            type: "person",
            country: "GB",
          },
        },
        position: 1,
        attributes: { creditedAs: "Ann", joinPhrase: " & " },
      },
      {
        type: "artist",
        to: { identifiers: [{ scheme: "musicbrainz.artist", value: second }], attributes: { name: "The Band" } },
        position: 2,
        attributes: { creditedAs: "The Band", joinPhrase: "" },
      },
    ]);
  });

  test("names it by both ids where the one asked for was merged into another", () => {
    expect(map({}, second).identifiers).toEqual([
      { scheme: "musicbrainz.release-group", value: id },
      { scheme: "musicbrainz.release-group", value: second },
    ]);
  });

  test.each([
    ["https://www.wikidata.org/wiki/Q150901", "wikidata", "Q150901"],
    ["https://www.discogs.com/master/10362", "discogs.master", "10362"],
    ["http://www.discogs.com/master/view/10362", "discogs.master", "10362"],
    ["http://www.allmusic.com/album/mw0000191308", "allmusic.album", "mw0000191308"],
    ["https://music.apple.com/us/album/1065973699", "apple-music.album", "1065973699"],
    ["https://www.last.fm/music/Pink+Floyd/The+Wall", "lastfm.album", "Pink+Floyd/The+Wall"],
    ["https://rateyourmusic.com/release/album/pink-floyd/the-wall/", "rateyourmusic.album", "pink-floyd/the-wall"],
  ])("names it by what %s names", (resource, scheme, value) => {
    expect(map({ relations: [{ type: "any", url: { resource } }] }).identifiers?.slice(1)).toEqual([{ scheme, value }]);
  });
});
