import { describe, expect, test } from "vitest";
import { listContribution } from "../../src/music/providers/musicbrainz/list-contribution.ts";
import { seriesResponse } from "../../src/music/providers/musicbrainz/responses/series.ts";
import { listName } from "../../src/music/schemes.ts";

const id = "33333333-3333-4333-8333-333333333333";
const other = "44444444-4444-4444-8444-444444444444";
const ann = { id: "11111111-1111-4111-8111-111111111111", name: "Ann" };
const entityId = (number: number) => `77777777-7777-4777-8777-${String(number).padStart(12, "0")}`;
const map = (response: object, askedId?: string) =>
  listContribution(seriesResponse.parse({ id, name: "Examples", ...response }), askedId);

/** An album in a series, by its ordering key and its printed number. */
const entry = (title: string, key?: number, number?: string) => ({
  type: "part of",
  "target-type": "release_group",
  ...(key !== undefined && { "ordering-key": key }),
  "attribute-values": number === undefined ? {} : { number },
  release_group: { id: entityId(title.charCodeAt(0)), title },
});
const titles = (...relations: readonly object[]) =>
  map({ relations }).relations?.map(({ position, to, attributes }) => [
    position,
    "title" in to.attributes ? to.attributes.title : "",
    attributes?.["number"],
  ]);

describe("what MusicBrainz says of a series", () => {
  test("becomes attributes and identifiers of a list", () => {
    const said = map(
      {
        disambiguation: "2020 edition",
        type: "Release group series",
        aliases: [{ name: "The Examples" }],
        relations: [{ type: "official homepage", url: { resource: "https://example.org/" } }],
      },
      other,
    );
    expect(said).toEqual({
      attributes: {
        title: "Examples",
        disambiguation: "2020 edition",
        type: "release group series",
        aliases: [{ name: "The Examples" }],
      },
      identifiers: [
        { scheme: "musicbrainz.series", value: id },
        { scheme: "musicbrainz.series", value: other },
      ],
      relations: [],
      links: [{ type: "official homepage", url: "https://example.org/" }],
    });
  });

  test("lists albums with their artists in passing, in the order of their keys", () => {
    const credited = {
      ...entry("B", 2, "2"),
      release_group: {
        id: entityId(2),
        title: "B",
        "primary-type": "Album",
        "first-release-date": "1973",
        "artist-credit": [{ artist: ann }],
      },
    };
    expect(titles(credited, entry("A", 1, "1"), entry("C", 10, "10"))).toEqual([
      [1, "A", "1"],
      [2, "B", "2"],
      [3, "C", "10"],
    ]);
    expect(map({ relations: [credited] }).relations).toEqual([
      {
        type: "album",
        position: 1,
        attributes: { number: "2" },
        to: {
          identifiers: [{ scheme: "musicbrainz.release-group", value: entityId(2) }],
          attributes: {
            title: "B",
            artistCredit: "Ann",
            primaryType: "album",
            secondaryTypes: [],
            firstReleaseDate: "1973",
          },
          relations: [
            {
              type: "artist",
              position: 1,
              to: { identifiers: [{ scheme: "musicbrainz.artist", value: ann.id }], attributes: { name: "Ann" } },
              attributes: { creditedAs: "Ann", joinPhrase: "" },
            },
          ],
        },
      },
    ]);
  });

  test("goes by the printed numbers where there are no keys, and leaves the rest as it came", () => {
    expect(
      titles(
        entry("X"),
        entry("J", undefined, "No. 10"),
        entry("B", undefined, "2"),
        entry("Y", undefined, "bonus"),
        entry("A", undefined, "1.5"),
      ),
    ).toEqual([
      [1, "A", "1.5"],
      [2, "B", "2"],
      [3, "J", "No. 10"],
      [4, "X", undefined],
      [5, "Y", "bonus"],
    ]);
  });

  test("keeps the order of entries that share a rank, at positions of their own", () => {
    expect(titles(entry("B", 5, "5"), entry("A", 5, "5"), entry("C", 4, "4"))).toEqual([
      [1, "C", "4"],
      [2, "B", "5"],
      [3, "A", "5"],
    ]);
  });

  test("lists songs, releases and artists too, and nothing else", () => {
    const part = (key: number, target: object) => ({ type: "part of", "ordering-key": key, ...target });
    const { relations } = map({
      relations: [
        part(1, { recording: { id: entityId(1), title: "Song" } }),
        part(2, { release: { id: entityId(2), title: "Release", "artist-credit": [{ artist: ann }] } }),
        part(3, { artist: ann }),
        part(4, { work: { id: entityId(4), title: "Work" } }),
        part(5, { release_group: { title: "Nameless" } }),
        { type: "main performer", artist: ann },
        "odd",
      ],
    });
    expect(relations?.map(({ type, position, to }) => [type, position, to.identifiers[0]?.scheme])).toEqual([
      ["song", 1, "musicbrainz.recording"],
      ["release", 2, "musicbrainz.release"],
      ["artist", 3, "musicbrainz.artist"],
    ]);
  });
});

describe("the name of a list of one's own", () => {
  test.each(["best-of-1973", "500", "a"])("may be %j", (name) => expect(listName.parse(name)).toBe(name));
  test.each(["Best of 1973", "best--of", "-best", "best_of", "x".repeat(101), id])("may not be %j", (name) =>
    expect(listName.parse(name)).toBeUndefined(),
  );
});
