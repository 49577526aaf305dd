import { createHash } from "node:crypto";

/** The formats in which images are kept. */
export type ImageFormat = "jpeg" | "png" | "webp" | "gif";

/** The media type of each format: https://www.iana.org/assignments/media-types/#image */
export const mediaTypes: Readonly<Record<ImageFormat, string>> = {
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  gif: "image/gif",
};

const endings: Readonly<Record<ImageFormat, string>> = { jpeg: "jpg", png: "png", webp: "webp", gif: "gif" };

/**
 * Where the bytes of images are kept: a folder, memory, a bucket. A key says what is under it, so that putting the same
 * twice changes nothing, and nothing is ever overwritten.
 */
export interface ImageStore {
  /** Keeps bytes under a key of {@link keyOf}. May be called with what is there already, and by many at once. */
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** The bytes under a key; undefined where there are none. */
  read(key: string): Promise<Uint8Array | undefined>;
}

/** The key of an image: the SHA-256 of its bytes, and the ending of its format. */
export function keyOf(bytes: Uint8Array, format: ImageFormat): string {
  return `${createHash("sha256").update(bytes).digest("hex")}.${endings[format]}`;
}
