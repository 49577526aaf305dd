import { describe, expect, test } from "vitest";
import { sandboxCatalogue as catalogue } from "../../src/sandbox/data/catalogue.ts";
import type { AlbumRecord } from "../../src/sandbox/data/records.ts";

const partialDate = /^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/u;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u;
const { artists, albums } = catalogue;

const titles = (some: readonly AlbumRecord[]) => some.map((album) => album.title);
const isLast = (album: AlbumRecord, at: number) => at === album.credits.length - 1;

describe("the data set", () => {
  test("holds at least thirty artists and sixty albums", () => {
    expect(artists.length).toBeGreaterThanOrEqual(30);
    expect(albums.length).toBeGreaterThanOrEqual(60);
  });

  test("credits every album to artists that it holds", () => {
    const strangers = albums.filter(
      (album) => album.credits.length === 0 || album.credits.some((credit) => !artists.includes(credit.artist)),
    );
    expect(titles(strangers)).toEqual([]);
  });

  test("gives every credit but the last a join phrase", () => {
    const joined = albums.filter((album) =>
      album.credits.some((credit, at) => isLast(album, at) === (credit.join !== "")),
    );
    expect(titles(joined)).toEqual([]);
  });

  test("has well-formed identifiers, none of them twice", () => {
    const entities = [...artists, ...albums];
    const all = [
      ...entities.flatMap((entity) => [entity.id, ...entity.mergedIds]),
      ...albums.flatMap((album) => album.releases.map((release) => release.id)),
    ];
    for (const id of all) expect(id).toMatch(uuid);
    expect(new Set(all).size).toBe(all.length);
  });

  test("has partial dates only", () => {
    const dates = [
      ...artists.flatMap((artist) => [artist.begin, artist.end]),
      ...albums.flatMap((album) => [album.firstReleaseDate, ...album.releases.map((release) => release.date)]),
    ].filter((date) => date !== null && date !== "");
    expect(dates.length).toBeGreaterThan(100);
    for (const date of dates) expect(date).toMatch(partialDate);
  });

  test("lets nobody end before they begin", () => {
    const impossible = artists.filter(({ begin, end }) => begin !== null && end !== null && end < begin);
    expect(impossible.map((artist) => artist.name)).toEqual([]);
  });

  test("has no release before the first release date of its album", () => {
    const early = albums.filter((album) =>
      album.releases.some(({ date }) => date !== null && date.slice(0, 4) < album.firstReleaseDate.slice(0, 4)),
    );
    expect(titles(early)).toEqual([]);
  });

  test("tells artists of one name apart by their disambiguations", () => {
    const labels = artists.map((artist) => `${artist.name}/${artist.disambiguation}`);
    expect(new Set(labels).size).toBe(labels.length);
    expect(artists.filter((artist) => artist.name === "Nirvana")).toHaveLength(3);
  });

  test("holds what imports stumble over", () => {
    const names = artists.map((artist) => artist.name);
    expect(names).toEqual(
      expect.arrayContaining(["AC/DC", "!!!", "Sunn O)))", "P!nk", "Guns N’ Roses", "Motörhead", "Ke$ha", "X"]),
    );
    expect(names).toEqual(
      expect.arrayContaining(["宇多田ヒカル", "Аквариум", "فيروز", "坂本龍一", "Μίκης Θεοδωράκης"]),
    );
    const secondary = new Set(albums.flatMap((album) => album.secondaryTypes));
    expect(secondary).toEqual(new Set(["Live", "Compilation", "Soundtrack", "Remix"]));
    expect(albums.some((album) => album.firstReleaseDate === "")).toBe(true);
    expect(albums.some((album) => album.primaryType === "EP")).toBe(true);
    expect(albums.some((album) => album.title === "“Heroes”")).toBe(true);
    expect(albums.filter((album) => album.title === "Weezer").length).toBeGreaterThanOrEqual(2);
    expect(albums.some((album) => album.credits.length === 2)).toBe(true);
    expect(albums.some((album) => album.credits.some((credit) => credit.name !== credit.artist.name))).toBe(true);
  });
});
