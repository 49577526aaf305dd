import { describe, expect, test } from "vitest";
import { sandboxCatalogue as catalogue } from "../../src/sandbox/data/catalogue.ts";
import type { AlbumRecord } from "../../src/sandbox/data/records.ts";
import { tracksOf } from "../../src/sandbox/data/release-index.ts";
import { ids } from "./ask.ts";

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
    const releases = albums.flatMap((album) => album.releases);
    const media = releases.flatMap((release) => release.media);
    const entities = [...artists, ...albums, ...releases, ...catalogue.recordings(), ...catalogue.series];
    const all = [
      ...entities.flatMap((entity) => [entity.id, ...entity.mergedIds]),
      ...media.map((medium) => medium.id),
      ...media.flatMap((medium) => tracksOf(medium).map((track) => track.id)),
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

  test("gives every album at least one release, and nearly every release tracks", () => {
    expect(titles(albums.filter((album) => album.releases.length === 0))).toEqual([]);
    const silent = albums.filter(
      (album) => !album.releases.some((release) => release.media.some((medium) => tracksOf(medium).length > 0)),
    );
    expect(titles(silent)).toEqual([]);
  });

  test("gives the releases of an album the same recordings", () => {
    const theWall = albums.find((album) => album.title === "The Wall");
    const recordings = theWall?.releases.map((release) =>
      release.media.flatMap((medium) => medium.tracks.map((track) => track.recording.id)),
    );
    expect(recordings).toHaveLength(4);
    expect(new Set(recordings?.map((each) => each.join())).size).toBe(1);
    expect(recordings?.[0]).toHaveLength(26);
  });

  test("has the same recording on several albums", () => {
    const money = catalogue.findRecording(ids.money)?.entity;
    const on = money === undefined ? [] : catalogue.usesOf(money).map(({ album }) => album.title);
    expect(new Set(on)).toEqual(new Set(["The Dark Side of the Moon", "Echoes: The Best of Pink Floyd"]));
  });

  test("has well-formed ISRCs and barcodes", () => {
    const isrcs = catalogue.recordings().flatMap((recording) => recording.isrcs);
    expect(isrcs.length).toBeGreaterThan(500);
    for (const isrc of isrcs) expect(isrc).toMatch(/^[A-Z]{2}[A-Z0-9]{3}\d{7}$/u);
    const barcodes = catalogue.releases().map((release) => release.barcode);
    for (const barcode of barcodes) expect(barcode ?? "").toMatch(/^(?:\d{12,13})?$/u);
  });

  test("has made-up songs with titles of their own on each album", () => {
    const repeating = albums.filter((album) =>
      album.releases.some((release) => {
        const songs = release.media.flatMap((medium) => medium.tracks.map((track) => track.recording.id));
        return new Set(songs).size !== songs.length;
      }),
    );
    expect(titles(repeating)).toEqual([]);
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
