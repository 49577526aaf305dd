import { crc32, deflateSync } from "node:zlib";
import { drawCover } from "./cover-image.ts";

/** What somebody may put where an image should be. */
export const badImages = ["html", "svg", "truncated", "bomb", "endless", "empty"] as const;

/** One of {@link badImages}. */
export type BadImage = (typeof badImages)[number];

/** A body that calls itself an image. */
export interface ImageBody {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** Pixels on each side of the bomb: 256 million of them, in about 32 kB. */
const bombSide = 16_000;

/** What is sent in the place of an image: `endless` has 40 MB of zeros after a beginning that is in order. */
export const badImage = async (kind: BadImage): Promise<ImageBody> => {
  const cover = async (): Promise<Buffer> => Buffer.from(await drawCover("bad image"));
  switch (kind) {
    case "html":
      return {
        mediaType: "image/jpeg",
        bytes: Buffer.from("<!doctype html><title>Sign in</title><p>Please sign in.\n"),
      };
    case "svg":
      return {
        mediaType: "image/svg+xml",
        bytes: Buffer.from(
          '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script><image href="file:///etc/passwd"/></svg>',
        ),
      };
    case "truncated": {
      const bytes = await cover();
      return { mediaType: "image/jpeg", bytes: bytes.subarray(0, Math.floor(bytes.length / 2)) };
    }
    case "bomb":
      return { mediaType: "image/png", bytes: bomb() };
    case "endless":
      return { mediaType: "image/jpeg", bytes: Buffer.concat([await cover(), Buffer.alloc(40 * 1024 * 1024)]) };
    case "empty":
      return { mediaType: "image/jpeg", bytes: Buffer.alloc(0) };
  }
};

/**
 * A black PNG of one bit a pixel that is in order in every way but its size.
 * Source of the format: https://www.w3.org/TR/png-3/
 */
const bomb = (): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(bombSide, 0);
  header.writeUInt32BE(bombSide, 4);
  header[8] = 1; // bits a pixel; grey, which is 0, like all that follows
  const rows = Buffer.alloc(bombSide * (1 + bombSide / 8));
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
};

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
};
