import { gzipSync } from "node:zlib";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { decodeImage } from "../../src/images/image.ts";
import { badImage } from "../../src/sandbox/cover-art/bad-image.ts";

/** An image of one colour, but for a red left half. */
function image(width: number, height: number) {
  const red = { width: Math.ceil(width / 2), height, channels: 3, background: "#ff0000" } as const;
  return sharp({ create: { width, height, channels: 3, background: "#0000ff" } }).composite([
    { input: { create: red }, left: 0, top: 0 },
  ]);
}

const refused = { code: "image-refused", retryable: false };

describe("decodeImage", () => {
  it.each(["jpeg", "png", "webp", "gif"] as const)(
    "makes two JPEGs of a %s, of 1200 and 250 pixels at most",
    async (format) => {
      const decoded = await decodeImage(await image(1600, 800).toFormat(format).toBuffer());
      expect(decoded.original).toEqual({ format, width: 1600, height: 800 });
      const { large, thumbnail } = decoded;
      expect([large.width, large.height, thumbnail.width, thumbnail.height]).toEqual([1200, 600, 250, 125]);
      for (const { bytes, width, height } of [large, thumbnail]) {
        expect(await sharp(bytes).metadata()).toMatchObject({ format: "jpeg", width, height });
      }
    },
  );

  it("enlarges nothing", async () => {
    const { large, thumbnail } = await decodeImage(await image(100, 60).png().toBuffer());
    expect([large.width, large.height, thumbnail.width, thumbnail.height]).toEqual([100, 60, 100, 60]);
  });

  it("turns it upright and leaves out what it says beside its picture", async () => {
    const sideways = await image(300, 100)
      .withExif({ IFD0: { Artist: "s3cret" }, IFD3: { GPSLatitudeRef: "N", GPSLatitude: "51/1 30/1 0/1" } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const { original, large } = await decodeImage(sideways);
    expect([original.width, original.height, large.width, large.height]).toEqual([100, 300, 100, 300]);
    const metadata = await sharp(large.bytes).metadata();
    expect([metadata.exif, metadata.icc, metadata.xmp, metadata.orientation]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    const top = await sharp(large.bytes).extract({ left: 40, top: 20, width: 1, height: 1 }).raw().toBuffer();
    expect([...top].map((part) => Math.round(part / 255))).toEqual([1, 0, 0]);
  });

  it("tells the colour that most of it has", async () => {
    const ground = { width: 400, height: 400, channels: 3, background: "#205080" } as const;
    const { colour } = await decodeImage(await sharp({ create: ground }).png().toBuffer());
    const parts = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
    for (const [index, part] of [0x20, 0x50, 0x80].entries())
      expect(Math.abs((parts[index] ?? 0) - part)).toBeLessThan(16);
  });

  it("lays what is transparent on white", async () => {
    const nothing = { width: 10, height: 10, channels: 4, background: "#00000000" } as const;
    const { colour } = await decodeImage(await sharp({ create: nothing }).png().toBuffer());
    expect(colour).toMatch(/^#f[0-9a-f]f[0-9a-f]f[0-9a-f]$/);
  });

  it.each(["html", "svg", "truncated", "bomb", "empty"] as const)("refuses %s within 2 s", async (kind) => {
    const { bytes } = await badImage(kind);
    const begun = performance.now();
    await expect(decodeImage(bytes)).rejects.toMatchObject(refused);
    expect(performance.now() - begun).toBeLessThan(2000);
  });

  it("refuses what hides behind the first bytes of an image, and what is truncated in any format", async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    const beginnings = [
      Buffer.from([0xff, 0xd8, 0xff]),
      Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
      Buffer.from("GIF89a"),
      Buffer.from("RIFF\0\0\0\0WEBP", "latin1"),
    ];
    for (const beginning of beginnings) {
      await expect(decodeImage(Buffer.concat([beginning, svg]))).rejects.toMatchObject(refused);
      await expect(decodeImage(beginning)).rejects.toMatchObject(refused);
    }
    for (const format of ["jpeg", "png", "webp"] as const) {
      const whole = await sharp({
        create: {
          width: 600,
          height: 600,
          channels: 3,
          background: "#fff",
          noise: { type: "gaussian", mean: 128, sigma: 40 },
        },
      })
        .toFormat(format)
        .toBuffer();
      await expect(decodeImage(whole.subarray(0, whole.length / 2)), format).rejects.toMatchObject(refused);
    }
    const formats = [
      await image(20, 20).tiff().toBuffer(),
      await image(20, 20).avif().toBuffer(),
      gzipSync(svg),
      Buffer.from("%PDF-1.7"),
    ];
    for (const bytes of formats) await expect(decodeImage(bytes)).rejects.toMatchObject(refused);
  });
});
