import { describe, expect, test } from "vitest";
import { silentLog } from "../../src/engine/log.ts";
import { readContribution } from "../../src/engine/reading.ts";
import { createRegistry } from "../../src/engine/registry.ts";
import { music, release } from "../../src/music/index.ts";
import { ann, annsCredit, attributesOf, bob, id, map, recordingId, tracksOf } from "./release-response.ts";

const other = "44444444-4444-4444-8444-444444444444";
/** Each track's position, its place and its title. */
const placesOf = (media: readonly object[]) =>
  tracksOf(media).map(({ position, to, attributes }) => [
    position,
    attributes?.["medium"],
    attributes?.["trackPosition"],
    attributes?.["kind"],
    to.attributes.title,
  ]);

const recording = (number: number, more: object = {}) => ({
  id: recordingId(number),
  title: `Song ${number}`,
  ...more,
});
const track = (position: number, number = position, more: object = {}) => ({
  position,
  number: String(position),
  title: `Song ${number}`,
  length: 1000,
  recording: recording(number),
  ...more,
});

describe("the tracks of a release", () => {
  test("lead to songs, with what is said of each in passing", () => {
    const credit = [{ name: "Ann", joinphrase: "", artist: ann }];
    const [found] = tracksOf([
      {
        position: 1,
        format: '12" Vinyl',
        title: "Side one",
        tracks: [
          {
            position: 1,
            number: "A1",
            title: "Song one (album version)",
            length: 1001,
            "artist-credit": [{ artist: bob }],
            recording: {
              id: recordingId(1),
              title: "Song one",
              length: 1000,
              video: false,
              disambiguation: "mono",
              "first-release-date": "1973-03",
              isrcs: ["gb-n9y-11-00088"],
              "artist-credit": credit,
            },
          },
        ],
      },
    ]);
    expect(found).toEqual({
      type: "track",
      position: 1,
      attributes: {
        medium: 1,
        mediumTitle: "Side one",
        format: '12" Vinyl',
        number: "A1",
        trackPosition: 1,
        title: "Song one (album version)",
        artistCredit: "Bob",
        length: 1001,
      },
      to: {
        identifiers: [
          { scheme: "musicbrainz.recording", value: recordingId(1) },
          { scheme: "isrc", value: "gb-n9y-11-00088" },
        ],
        attributes: {
          title: "Song one",
          disambiguation: "mono",
          artistCredit: "Ann",
          length: 1000,
          firstReleaseDate: "1973-03",
          video: false,
        },
        relations: [annsCredit],
      },
    });
  });

  test("are counted over all media: what is hidden before the first, the tracks, the data tracks", () => {
    const media = [
      { position: 2, tracks: [track(1, 21)], "data-tracks": [track(2, 22)] },
      { position: 1, pregap: { ...track(0, 10), number: "0" }, tracks: [track(1, 11), track(2, 12)] },
    ];
    expect(placesOf(media)).toEqual([
      [1, 1, 0, "pregap", "Song 10"],
      [2, 1, 1, undefined, "Song 11"],
      [3, 1, 2, undefined, "Song 12"],
      [4, 2, 1, undefined, "Song 21"],
      [5, 2, 2, "data", "Song 22"],
    ]);
  });

  test("are placed by their order where they do not say", () => {
    const media = [
      {
        pregap: track(0, 1, { position: null }),
        tracks: [track(1, 2, { position: null })],
        "data-tracks": [track(2, 3, { position: "?" })],
      },
      { tracks: [track(1, 4)] },
    ];
    expect(placesOf(media).map(([position, medium, place]) => [position, medium, place])).toEqual([
      [1, 1, 0],
      [2, 1, 1],
      [3, 1, 2],
      [4, 2, 1],
    ]);
  });

  test("may lead to one song twice, each at a position of its own", () => {
    const found = tracksOf([{ position: 1, tracks: [track(1, 5), track(2, 5), track(3, 6)] }]);
    expect(found.map(({ position, to }) => [position, to.identifiers[0]?.value])).toEqual([
      [1, recordingId(5)],
      [2, recordingId(5)],
      [3, recordingId(6)],
    ]);
  });

  test.each([0, null, undefined, -1, 1.5, "long"])("of length %j have none", (length) => {
    const [found] = tracksOf([{ tracks: [track(1, 1, { length, recording: recording(1, { length }) })] }]);
    expect(found?.attributes).not.toHaveProperty("length", expect.anything());
    expect(found?.to.attributes).not.toHaveProperty("length", expect.anything());
  });

  test("that name no recording are left out, and the others stay", () => {
    const media = [{ position: 1, pregap: "odd", tracks: [track(1, 1, { recording: null }), track(2, 2), 7] }];
    expect(placesOf(media)).toEqual([[1, 1, 2, undefined, "Song 2"]]);
  });

  test("of various artists are credited one by one", () => {
    const by = (artist: object) => ({ "artist-credit": [{ artist }] });
    const found = tracksOf([
      {
        tracks: [ann, bob].map((artist, at) =>
          track(at + 1, at, { recording: recording(at, by(artist)), ...by(artist) }),
        ),
      },
    ]);
    expect(found.map(({ to, attributes }) => [to.attributes.artistCredit, attributes?.["artistCredit"]])).toEqual([
      ["Ann Example", undefined],
      ["Bob", undefined],
    ]);
    expect(found.flatMap(({ to }) => to.relations?.map((one) => one.to.identifiers[0]?.value))).toEqual([
      ann.id,
      bob.id,
    ]);
  });

  test("may be three hundred, on three discs", () => {
    const media = [1, 2, 3].map((position) => ({
      position,
      tracks: Array.from({ length: 100 }, (_, at) => track(at + 1, position * 1000 + at)),
    }));
    const found = tracksOf(media);
    expect(found.map((one) => one.position)).toEqual(Array.from({ length: 300 }, (_, at) => at + 1));
    expect(attributesOf({ media })?.trackCount).toBe(300);
  });

  test("are not counted where a medium does not say how many it has", () => {
    expect(attributesOf({ media: [{ "track-count": 3 }, { format: "CD" }] })).toEqual({
      title: "Examples",
      media: [
        { position: 1, trackCount: 3 },
        { position: 2, format: "CD" },
      ],
    });
  });

  test("are all that the catalogue stores, whatever stands in the place of a part", () => {
    const whole = {
      id,
      title: "Examples",
      barcode: "1",
      "release-events": [{ date: "1", area: {} }],
      "label-info": [{ label: {}, "catalog-number": "1" }],
      "artist-credit": [{ artist: ann }],
      "release-group": { id: other, title: "X" },
      media: [{ position: 1, tracks: [track(1)], pregap: track(0), "data-tracks": [] }],
      relations: [{ type: "discogs", url: { resource: "https://www.discogs.com/release/1" } }],
    };
    const registry = createRegistry([music()]);
    for (const part of Object.keys(whole).filter((key) => key !== "id" && key !== "title"))
      for (const odd of [null, "", "odd", 0, -1, true, [], {}, [null], [[]], [{}]]) {
        const said = map({ ...whole, [part]: odd });
        const stored = readContribution(said, { by: "musicbrainz", kind: release, registry, log: silentLog });
        expect(stored.attributes).toHaveProperty("title", "Examples");
      }
  });
});
