import { z } from "zod";

/** An image of an item, as a source names it; the engine fetches it. */
export interface NamedImage {
  /** What it shows: `front`, the front cover; `portrait`. An item shows one of each type. */
  readonly type: string;
  /** Where it is: http or https, on a public host. */
  readonly url: string;
}

const text = z.string().trim().min(1);

/** What the image store calls an image: the SHA-256 of its bytes and the ending of its format, `9f86….jpg`. */
export const imageKey = z.string().regex(/^[0-9a-f]{64}\.(jpg|png|webp|gif)$/);

const rendition = z.object({ key: imageKey, width: z.int().min(1), height: z.int().min(1) });

/** The shape of {@link ImageDescription}. */
export const imageDescription = z.object({
  ...rendition.shape,
  mediaType: text,
  colour: z.string().regex(/^#[0-9a-f]{6}$/),
  thumbnail: rendition,
  original: z.object({ ...rendition.shape, mediaType: text }).optional(),
});

/** Images as somebody names them. */
export const namedImages = z.array(z.object({ type: text, url: z.url({ protocol: /^https?$/ }) }));

/** Images as a contribution keeps them, once they were taken. */
export const takenImages = z.array(z.object({ type: text, url: text, ...imageDescription.shape }));

/**
 * What is known of an image that was taken. `key`, `width`, `height` and `mediaType` are those of a JPEG of at most 1200
 * pixels a side, made anew, without metadata and turned upright; `thumbnail` is the same at 250 pixels. `original` is what
 * was fetched, byte by byte: absent where it has more than 10 MiB. Show the others to people: an original may hold
 * anything beside its picture. `colour` is the dominant one, `#rrggbb`.
 */
export type ImageDescription = z.output<typeof imageDescription>;

/** How the images that a provider names are fetched. */
export interface ImagePolicy {
  /** Host names, each with all below it, that an image, and what redirects to it, may be on. Default: any public one. */
  readonly hosts?: readonly string[] | undefined;
  /** Whether what is named with http is fetched with https. Default: false. */
  readonly secure?: boolean | undefined;
  /** An origin, from the configuration and never from data, that may be on this machine or in a private network. */
  readonly trusted?: string | undefined;
  /** Milliseconds between two images from one host, over every process on the database. Default: 0, no limit. */
  readonly interval?: number | undefined;
  /** The User-Agent header. Default: the name and version of Accession. */
  readonly userAgent?: string | undefined;
  /**
   * The types of image that are all that the provider is for: it is skipped where no images are kept, and for an item of
   * which a person has given an image of each. Default: it says other things too.
   */
  readonly fills?: readonly string[] | undefined;
}

/** Why an image is refused: where it is, what it is, or by whoever has it. */
type RefusalCode = "fetch-refused" | "image-refused" | "source-rejected";

/** What became of an image: absence and refusal are answers. */
export type Taking =
  | { readonly status: "taken"; readonly image: ImageDescription }
  | { readonly status: "absent" }
  /** It may not be fetched, or is no image that can be kept; asking again will not help. */
  | { readonly status: "refused"; readonly code: RefusalCode; readonly reason: string };

/** What a taking needs beside the address. */
export interface TakingOptions {
  readonly policy: ImagePolicy;
  readonly signal: AbortSignal;
  /** Whether it is kept; false for a dry run, which only learns what it would be. */
  readonly keep: boolean;
  /** To be called once for each request that leaves. */
  readonly onRequest: () => void;
}

/** What the engine needs to fetch, decode and keep images. Never called inside a transaction. */
export interface ImageTaker {
  /**
   * Takes the image at an address.
   *
   * @throws AccessionError `source-unavailable`, `source-throttled`, `source-timeout`, all retryable.
   */
  take(url: string, options: TakingOptions): Promise<Taking>;
}
