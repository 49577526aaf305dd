import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import type { Sandbox } from "../../src/sandbox/open-sandbox.ts";
import { anyList, ask, ids } from "./ask.ts";
import type { Entity } from "./ask.ts";

interface Page {
  readonly "release-group-count": number;
  readonly "release-group-offset": number;
  readonly "release-groups": readonly Entity[];
}

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());

const browse = async (parameters: Readonly<Record<string, string>>) =>
  (await ask<Page>(sandbox, "/release-group", parameters)).body;

const titles = (page: Page) =>
  page["release-groups"].map((album) => album.title ?? "").toSorted((a, b) => a.localeCompare(b));

describe("browsing release groups by artist", () => {
  test("lists all of them, sorted by identifier inside the page", async () => {
    const page = await browse({ artist: ids.pinkFloyd, limit: "100" });
    const found = page["release-groups"].map((album) => album.id);
    expect(page["release-group-count"]).toBe(found.length);
    expect(found).toContain(ids.darkSide);
    expect(found).toEqual(found.toSorted());
    expect(page["release-groups"][0]).not.toHaveProperty("artist-credit");
  });

  test("pages through them once each", async () => {
    const seen: string[] = [];
    for (;;) {
      const page = await browse({ artist: ids.pinkFloyd, limit: "4", offset: String(seen.length) });
      expect(page["release-group-offset"]).toBe(seen.length);
      if (page["release-groups"].length === 0) break;
      seen.push(...page["release-groups"].map((album) => album.id));
    }
    const all = await browse({ artist: ids.pinkFloyd, limit: "100" });
    expect(seen.toSorted()).toEqual(all["release-groups"].map((album) => album.id));
  });

  test("takes a limit above a hundred as a hundred", async () => {
    const page = await browse({ artist: ids.pinkFloyd, limit: "5000" });
    expect(page["release-groups"].length).toBe(page["release-group-count"]);
  });

  test("filters by primary and secondary type", async () => {
    const radiohead = "a74b1b7f-71a5-4011-9441-d0b5e4122711";
    expect(titles(await browse({ artist: radiohead, type: "ep" }))).toEqual(["My Iron Lung"]);
    expect(titles(await browse({ artist: radiohead, type: "album|ep" }))).toEqual([
      "Kid A",
      "My Iron Lung",
      "OK Computer",
    ]);
    expect(titles(await browse({ artist: ids.motorhead, type: "live" }))).toEqual(["No Sleep ’til Hammersmith"]);
    expect(titles(await browse({ artist: radiohead, type: "single" }))).toEqual([]);
  });

  test("hides what was never official where the website does", async () => {
    const everything = titles(await browse({ artist: ids.nirvana }));
    const onWebsite = titles(await browse({ artist: ids.nirvana, "release-group-status": "website-default" }));
    expect(everything.filter((title) => !onWebsite.includes(title))).toEqual([
      "Outcesticide: In Memory of Kurt Cobain",
    ]);
  });

  test("gives credits, genres, tags and ratings when asked", async () => {
    const inc = "artist-credits genres tags ratings";
    const page = await browse({ artist: ids.pinkFloyd, inc, limit: "100" });
    const darkSide = page["release-groups"].find((album) => album.id === ids.darkSide);
    expect(darkSide).toMatchObject({
      "artist-credit": [{ name: "Pink Floyd", artist: { genres: anyList } }],
      genres: expect.arrayContaining([expect.objectContaining({ name: "art rock", count: 10 })]) as unknown,
      tags: anyList,
      rating: { value: 4.75, "votes-count": 88 },
    });
  });

  test("resolves a merged artist without a redirect", async () => {
    const { status, body } = await ask<Page>(sandbox, "/release-group", { artist: ids.motorheadMerged });
    expect(status).toBe(200);
    expect(body["release-group-count"]).toBe(2);
  });

  test("includes albums made with others", async () => {
    const byrne = "d4659efb-b8eb-4f03-95e9-f69ce35967a9";
    const page = await browse({ artist: byrne, inc: "artist-credits" });
    const album = page["release-groups"].find((each) => each.title === "My Life in the Bush of Ghosts");
    expect(album?.["artist-credit"]).toMatchObject([
      { name: "Brian Eno", joinphrase: " & " },
      { name: "David Byrne", joinphrase: "" },
    ]);
  });

  test("answers 404 for an artist that does not exist and 400 for none at all", async () => {
    const unknown = { artist: "00000000-1111-2222-3333-444444444444" };
    expect(await ask(sandbox, "/release-group", unknown)).toMatchObject({ status: 404 });
    expect(await ask(sandbox, "/release-group", { artist: "x" })).toMatchObject({ status: 400 });
  });
});
