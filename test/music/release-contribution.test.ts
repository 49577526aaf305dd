import { describe, expect, test } from "vitest";
import { ann, annsCredit, attributesOf, bob, id, map } from "./release-response.ts";

const other = "44444444-4444-4444-8444-444444444444";

describe("what MusicBrainz says of a release", () => {
  test("becomes attributes, in the catalogue's words", () => {
    const response = {
      disambiguation: "2011 remaster",
      date: "2011-09-26",
      country: "GB",
      "release-events": [
        { date: "2011-09-26", area: { name: "United Kingdom", "iso-3166-1-codes": ["GB"] } },
        { date: "2011-09", area: { name: "Berlin", "iso-3166-1-codes": [] } },
        { date: "", area: null },
      ],
      status: "Pseudo-Release",
      packaging: "Jewel Case",
      barcode: " 5099902894522",
      asin: "B004ZN9RWK",
      "text-representation": { language: "eng", script: "Latn" },
      "label-info": [
        { "catalog-number": "028945 2 2", label: { id: other, name: "EMI" } },
        { "catalog-number": "X 1", label: null },
        { "catalog-number": null, label: null },
      ],
      "artist-credit": [{ name: "Ann", joinphrase: " & ", artist: ann }, { artist: bob }],
      media: [
        { position: 1, format: "CD", title: "One", "track-count": 10 },
        { position: 2, format: null, title: "", "track-count": 9 },
      ],
    };
    expect(attributesOf(response)).toEqual({
      title: "Examples",
      disambiguation: "2011 remaster",
      artistCredit: "Ann & Bob",
      date: "2011-09-26",
      country: "GB",
      events: [{ date: "2011-09-26", country: "GB" }, { date: "2011-09" }],
      status: "pseudo-release",
      packaging: "jewel case",
      barcode: "5099902894522",
      labels: [{ name: "EMI", catalogueNumber: "028945 2 2", musicbrainzId: other }, { catalogueNumber: "X 1" }],
      media: [
        { position: 1, format: "CD", title: "One", trackCount: 10 },
        { position: 2, trackCount: 9 },
      ],
      trackCount: 19,
      language: "eng",
      script: "Latn",
    });
  });

  test("stays unsaid where it is null, empty or missing", () => {
    const nothing = { status: null, packaging: null, date: "", asin: null, "label-info": null, media: null };
    const { attributes, ...lists } = map({ ...nothing, "release-group": null, "text-representation": null });
    expect(attributes).toEqual({ title: "Examples" });
    expect(lists).toEqual({
      identifiers: [{ scheme: "musicbrainz.release", value: id }],
      categories: [],
      relations: [],
      links: [],
    });
  });

  test.each([
    ["", { hasBarcode: false }],
    [null, {}],
    [undefined, {}],
    ["724382975229", { barcode: "724382975229" }],
  ])("of a barcode %j is %j", (barcode, said) => {
    expect(attributesOf({ barcode })).toEqual({ title: "Examples", ...said });
  });

  test("names it by its ids, its barcode as it is given, and what its pages name", () => {
    const { identifiers } = map(
      {
        barcode: "724382975229",
        asin: "B000024D4P",
        relations: [
          { type: "discogs", url: { resource: "https://www.discogs.com/release/1873013" } },
          { type: "free streaming", url: { resource: "https://open.spotify.com/album/4LH4d3cOWNNsVw41Gqt2kv" } },
        ],
      },
      other,
    );
    expect(identifiers).toEqual([
      { scheme: "musicbrainz.release", value: id },
      { scheme: "musicbrainz.release", value: other },
      { scheme: "barcode", value: "724382975229" },
      { scheme: "asin", value: "B000024D4P" },
      { scheme: "discogs.release", value: "1873013" },
      { scheme: "spotify.album", value: "4LH4d3cOWNNsVw41Gqt2kv" },
    ]);
  });

  test("leads to its album, with what is said of it and its artists in passing", () => {
    const group = {
      id: other,
      title: "Example",
      "primary-type": "Album",
      "secondary-types": ["Live"],
      "first-release-date": "1973",
      "artist-credit": [{ name: "Ann", joinphrase: "", artist: ann }],
    };
    expect(map({ "release-group": group }).relations).toEqual([
      {
        type: "album",
        position: 1,
        to: {
          identifiers: [{ scheme: "musicbrainz.release-group", value: other }],
          attributes: {
            title: "Example",
            artistCredit: "Ann",
            primaryType: "album",
            secondaryTypes: ["live"],
            firstReleaseDate: "1973",
          },
          relations: [annsCredit],
        },
      },
    ]);
  });
});
