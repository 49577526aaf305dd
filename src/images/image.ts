import type { Sharp } from "sharp";
import { AccessionError } from "../engine/errors.ts";
import type { ImageFormat } from "./image-store.ts";

/** An image, made anew. */
interface Rendition {
  /** A JPEG without metadata. */
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** What became of an image's bytes. */
export interface DecodedImage {
  /** What the bytes are, and their size in pixels as it is shown, turned upright. */
  readonly original: { readonly format: ImageFormat; readonly width: number; readonly height: number };
  /** At most 1200 pixels a side. */
  readonly large: Rendition;
  /** At most 250 pixels a side. */
  readonly thumbnail: Rendition;
  /** The colour that most of it has, `#rrggbb`. */
  readonly colour: string;
}

/** Pixels that an image may have: a few kilobytes can unpack to any number. */
const mostPixels = 50_000_000;
/** Pixels on the longer side. */
const [largeSide, thumbnailSide] = [1200, 250];
/** Seconds that decoding may take. */
const deadline = 2;

/**
 * The first bytes, in hexadecimal, of each format that is taken. Looked at before any decoder is: those of SVG, PDF and
 * others run more code than a picture is worth.
 */
const beginnings: readonly { readonly format: ImageFormat; readonly pattern: RegExp }[] = [
  { format: "jpeg", pattern: /^ffd8ff/ },
  { format: "png", pattern: /^89504e470d0a1a0a/ },
  { format: "gif", pattern: /^474946383[79]61/ },
  { format: "webp", pattern: /^52494646.{8}57454250/ },
];

/**
 * Decodes an image from outside and makes it anew in two sizes: what comes out is a picture and nothing else. Of an animated
 * one, the first frame.
 *
 * @throws AccessionError `image-refused` for what is no JPEG, PNG, WebP or GIF, whatever it was called; for a broken or
 * truncated one; for more than 50 million pixels; for one that takes longer than 2 s to decode.
 */
export async function decodeImage(bytes: Uint8Array): Promise<DecodedImage> {
  const format = formatOf(bytes);
  if (!format) throw refused("it is no JPEG, PNG, WebP or GIF");
  // On demand: it loads a library of 20 MB.
  const { default: sharp } = await import("sharp");
  // "error" and not "warning", as many a good cover has a comment that no decoder likes.
  const input = { limitInputPixels: mostPixels, failOn: "error" } as const;
  const { width, height } = await decoded(sharp(bytes, { ...input, limitInputPixels: false }).metadata()).then(
    ({ autoOrient }) => autoOrient,
  );
  if (width * height > mostPixels) throw refused(`it has ${width}×${height} pixels, more than ${mostPixels}`);

  const upright = await decoded(
    fitted(sharp(bytes, input).autoOrient(), largeSide)
      .timeout({ seconds: deadline })
      .flatten({ background: "#ffffff" })
      .toColourspace("srgb")
      .raw()
      .toBuffer({ resolveWithObject: true }),
  );
  // The rest is made of the large one: the original, which may be large, is decoded once.
  const raw = { raw: { width: upright.info.width, height: upright.info.height, channels: upright.info.channels } };
  const large = await render(sharp(upright.data, raw));
  const thumbnail = await render(fitted(sharp(upright.data, raw), thumbnailSide));
  const { dominant } = await sharp(thumbnail.bytes).stats();
  const hex = [dominant.r, dominant.g, dominant.b].map((part) => part.toString(16).padStart(2, "0")).join("");
  return { original: { format, width, height }, large, thumbnail, colour: `#${hex}` };
}

function formatOf(bytes: Uint8Array): ImageFormat | undefined {
  const beginning = Buffer.from(bytes.subarray(0, 12)).toString("hex");
  return beginnings.find(({ pattern }) => pattern.test(beginning))?.format;
}

function fitted(image: Sharp, side: number): Sharp {
  return image.resize(side, side, { fit: "inside", withoutEnlargement: true });
}

async function render(image: Sharp): Promise<Rendition> {
  const { data, info } = await decoded(image.jpeg({ quality: 82 }).toBuffer({ resolveWithObject: true }));
  return { bytes: data, width: info.width, height: info.height };
}

async function decoded<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    const [line = ""] = (error instanceof Error ? error.message : String(error)).split("\n", 1);
    throw refused(`it cannot be decoded: ${line}`, error);
  }
}

function refused(why: string, cause?: unknown): AccessionError {
  return new AccessionError("image-refused", `The image was refused: ${why}.`, { cause });
}
