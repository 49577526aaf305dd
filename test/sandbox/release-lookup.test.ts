import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { oddAlbums } from "../../src/sandbox/data/odd-editions.ts";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import type { Sandbox } from "../../src/sandbox/open-sandbox.ts";
import { anyList, ask, ids } from "./ask.ts";
import type { Entity, SearchPage } from "./ask.ts";

interface Track {
  readonly position: number;
  readonly number: string;
  readonly title: string;
  readonly length: number | null;
  readonly "artist-credit": readonly { readonly name: string; readonly artist: Entity }[];
  readonly recording: Entity;
}

interface Medium {
  readonly format: string | null;
  readonly "track-count": number;
  readonly pregap?: Track;
  readonly tracks?: readonly Track[];
  readonly "data-tracks"?: readonly Track[];
}

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());

const lookUp = async (id: string | undefined, inc: string) =>
  (await ask(sandbox, `/release/${id ?? ""}`, { inc })).body;

const mediaOf = async (id: string | undefined, inc = "recordings artist-credits isrcs"): Promise<readonly Medium[]> =>
  (await lookUp(id, inc))["media"] as readonly Medium[];

const releaseOf = async (query: string) => {
  const page = await ask<SearchPage>(sandbox, "/release", { query });
  return page.body.releases[0]?.id;
};

const numbers = (medium: Medium | undefined) => medium?.tracks?.map((track) => track.number);

describe("a release lookup", () => {
  test("gives the plain fields and nothing else without inc", async () => {
    const { status, body } = await ask(sandbox, `/release/${(await releaseOf('catno:"SHVL 804"')) ?? ""}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      title: "The Dark Side of the Moon",
      status: "Official",
      date: "1973-03-24",
      country: "GB",
      barcode: "",
      packaging: "Gatefold Cover",
      asin: null,
      quality: "normal",
      "cover-art-archive": { artwork: true, count: 1, front: true, back: false, darkened: false },
    });
    for (const missing of ["media", "artist-credit", "release-group", "label-info", "genres", "relations"]) {
      expect(body).not.toHaveProperty(missing);
    }
  });

  test("gives a record's tracks with the numbers of its sides", async () => {
    const [medium] = await mediaOf(await releaseOf('catno:"SHVL 804"'));
    expect(medium).toMatchObject({ format: '12" Vinyl', "track-count": 10, "track-offset": 0 });
    expect(numbers(medium)).toEqual(["A1", "A2", "A3", "A4", "A5", "B1", "B2", "B3", "B4", "B5"]);
    expect(medium?.tracks?.[2]).toMatchObject({
      position: 3,
      title: "On the Run",
      length: 230_600,
      recording: {
        title: "On the Run",
        length: 226_000,
        video: false,
        "first-release-date": "1973-03-24",
        isrcs: anyList,
        "artist-credit": [{ name: "Pink Floyd", artist: { id: ids.pinkFloyd } }],
      },
    });
  });

  test("goes on with the sides from one record to the next", async () => {
    const media = await mediaOf(await releaseOf('catno:"SHDW 411"'));
    expect(media.map((medium) => medium["track-count"])).toEqual([13, 13]);
    expect(numbers(media[1])?.slice(0, 7)).toEqual(["C1", "C2", "C3", "C4", "C5", "C6", "D1"]);
  });

  test("counts the tracks of every CD from one", async () => {
    const media = await mediaOf(await releaseOf('catno:"CDS 7 46036 8"'));
    expect(media.map((medium) => numbers(medium)?.slice(0, 2))).toEqual([
      ["1", "2"],
      ["1", "2"],
    ]);
  });

  test("shows media without tracks when recordings are not asked for", async () => {
    const [medium] = await mediaOf(await releaseOf("barcode:720642442524"), "media");
    expect(medium).toEqual({
      id: expect.any(String) as unknown,
      position: 1,
      title: "",
      format: "CD",
      "format-id": "9712d52a-4509-3d4b-a1a2-67c88c643e31",
      "track-count": 12,
    });
  });

  test("gives its links, annotation and discs when asked", async () => {
    const id = await releaseOf("barcode:720642442524");
    expect(await lookUp(id, "url-rels annotation discids aliases")).toMatchObject({
      annotation: expect.stringContaining("hidden") as unknown,
      aliases: [],
      media: [{ discs: [] }],
      relations: [{ type: "amazon asin", url: { resource: "https://www.amazon.com/gp/product/B000003TA4" } }],
    });
  });

  test("answers a merged identifier with 301 and the new entity's body", async () => {
    const { status, headers, body } = await ask(sandbox, `/release/${ids.darkSideCdMerged}`, { inc: "media" });
    expect(status).toBe(301);
    expect(headers.get("location")).toBe(`${sandbox.url}/release/${body.id}?fmt=json&inc=media`);
    expect(body).toMatchObject({ date: "1985", media: [{ "track-count": 9 }] });
  });
});

describe("tags and genres of artists in a release", () => {
  const inc = "recordings artist-credits release-groups tags genres";

  test("stand on the release's own credit and are not repeated further in", async () => {
    const body = await lookUp(await releaseOf("barcode:720642442524"), inc);
    const [medium] = body["media"] as readonly Medium[];
    const [track] = medium?.tracks ?? [];
    expect(body).toMatchObject({
      "artist-credit": [{ artist: { genres: anyList, tags: anyList } }],
      "release-group": { genres: anyList },
    });
    const nested = [track, track?.recording, body["release-group"]] as readonly Track[];
    for (const each of nested) expect(each["artist-credit"][0]?.artist).not.toHaveProperty("genres");
    expect(track?.recording).toMatchObject({ genres: [{ name: "alternative rock" }, { name: "grunge" }] });
  });

  test("stand on the track's credit where it has another artist, and not again on the recording's", async () => {
    const [medium] = await mediaOf(await releaseOf('catno:"MCAD-11103"'), inc);
    const track = medium?.tracks?.find(({ title }) => title === "Misirlou") as Track;
    expect(track["artist-credit"][0]).toMatchObject({ name: "Dick Dale & His Del‐Tones", artist: { genres: [] } });
    expect((track.recording as unknown as Track)["artist-credit"][0]?.artist).not.toHaveProperty("genres");
  });
});

describe("odd releases", () => {
  test("a compilation credits various artists and each track its own", async () => {
    const id = await releaseOf('catno:"MCAD-11103"');
    expect(await lookUp(id, "artist-credits")).toMatchObject({
      "artist-credit": [{ artist: { id: ids.variousArtists } }],
    });
    const [medium] = await mediaOf(id);
    const credited = medium?.tracks?.map((track) => track["artist-credit"].map((part) => part.name).join(" & "));
    expect(credited?.slice(0, 3)).toEqual([
      "John Travolta & Samuel L. Jackson",
      "Dick Dale & His Del‐Tones",
      "Kool & the Gang",
    ]);
    const centurians = medium?.tracks?.[7]?.["artist-credit"][0];
    expect(centurians).toMatchObject({ name: "The Centurions", artist: { name: "The Centurians" } });
    expect(await ask(sandbox, `/artist/${centurians?.artist.id ?? ""}`)).toMatchObject({ status: 200 });
  });

  test("a hidden track is in the pregap and does not count", async () => {
    const [medium] = await mediaOf(oddAlbums.hiddenTrack.releaseIds[0]);
    expect(medium?.["track-count"]).toBe(4);
    expect(medium?.pregap).toMatchObject({ position: 0, number: "0", title: "Rewind to Hear This" });
    expect(medium?.tracks?.[0]).toMatchObject({ position: 1, number: "1" });
  });

  test("data tracks are a list of their own and do not count", async () => {
    const [medium] = await mediaOf(oddAlbums.dataTracks.releaseIds[0]);
    expect(medium?.["track-count"]).toBe(4);
    expect(medium?.["data-tracks"]).toMatchObject([
      { position: 5, number: "5", title: "Interview to Watch", recording: { video: true } },
      { position: 6, number: "6", title: "Screensaver", length: null },
    ]);
  });

  test("a length may be nothing or unknown", async () => {
    const [medium] = await mediaOf(oddAlbums.oddLengths.releaseIds[0]);
    expect(medium?.tracks?.map((track) => track.length)).toEqual([183_000, 0, null]);
  });

  test("a release without an event has no date, no country and no events", async () => {
    const body = await lookUp(oddAlbums.undated.releaseIds[0], "");
    for (const missing of ["date", "country", "release-events"]) expect(body).not.toHaveProperty(missing);
  });

  test("a medium that nobody has typed in has no tracks field", async () => {
    const [full, empty] = await mediaOf(oddAlbums.withoutTracks.releaseIds[0]);
    expect(full?.tracks).toHaveLength(4);
    expect(empty).toMatchObject({ position: 2, "track-count": 0 });
    expect(empty).not.toHaveProperty("tracks");
  });

  test("a DVD has video recordings", async () => {
    const [medium] = await mediaOf(oddAlbums.video.releaseIds[0]);
    expect(medium).toMatchObject({ format: "DVD-Video", tracks: [{ recording: { video: true } }, {}] });
  });

  test("nearly everything may be unknown", async () => {
    const [unknown, withoutLabel, withoutNumber] = oddAlbums.littleKnown.releaseIds;
    const nothing = { status: null, "status-id": null, packaging: null, "packaging-id": null, "label-info": [] };
    expect(await lookUp(unknown, "labels recordings")).toMatchObject({
      ...nothing,
      media: [{ format: null, "format-id": null, tracks: [{ length: null }] }],
    });
    expect(await lookUp(withoutLabel, "labels")).toMatchObject({
      "label-info": [{ "catalog-number": "OE 5", label: null }],
    });
    expect(await lookUp(withoutNumber, "labels")).toMatchObject({
      "label-info": [{ "catalog-number": null, label: { name: "EMI" } }],
    });
  });
});
