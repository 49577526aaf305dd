import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { badImages } from "../../src/sandbox/cover-art/bad-image.ts";
import type { Sandbox } from "../../src/sandbox/open-sandbox.ts";
import { known, openTestSandbox } from "../support/music-catalog.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openTestSandbox({ requestsPerSecond: 1 });
});
const path = `/release-group/${known.darkSide}/front`;
const ask = (at: string) => fetch(`${sandbox.coverArtUrl}${at}`, { redirect: "manual" });

describe("The sandbox's Cover Art Archive", () => {
  it("redirects by 307, then by 302, then has a cover, as often as it is asked", async () => {
    const first = await ask(path);
    const second = await fetch(first.headers.get("location") ?? "", { redirect: "manual" });
    const third = await fetch(second.headers.get("location") ?? "", { redirect: "manual" });
    expect([first.status, second.status, third.status]).toEqual([307, 302, 200]);
    expect(third.headers.get("content-type")).toBe("image/jpeg");
    const bytes = await third.arrayBuffer();
    expect(await sharp(bytes).metadata()).toMatchObject({ format: "jpeg", width: 600, height: 600 });
    const again = await fetch(`${sandbox.coverArtUrl}${path}-1200`);
    expect(Buffer.from(await again.arrayBuffer())).toEqual(Buffer.from(bytes));
  });

  it("has no cover of some albums, none of unknown ones, and no patience with what is no id", async () => {
    const missing = await ask("/release-group/7b0be622-602e-4370-97ee-e745b8a34508/front");
    expect([missing.status, missing.headers.get("content-type")]).toEqual([404, "text/html; charset=utf-8"]);
    expect((await ask("/release-group/00000000-0000-4000-8000-000000000000/front")).status).toBe(404);
    expect((await ask("/release-group/wall/front")).status).toBe(400);
    expect((await ask("/else")).status).toBe(404);
  });

  it.each(badImages)("sends %s in the place of an image", async (image) => {
    const remove = sandbox.faults.add({ kind: "bad-image", image, on: "/items/" });
    const response = await fetch(`${sandbox.coverArtUrl}${path}`);
    remove();
    expect([response.status, response.headers.get("content-type")]).toEqual([200, expect.stringMatching(/^image\//)]);
    expect((await response.arrayBuffer()).byteLength > 40_000_000).toBe(image === "endless");
  });
});
