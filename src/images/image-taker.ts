import { setTimeout as pause } from "node:timers/promises";
import { AccessionError } from "../engine/errors.ts";
import type { ImageDescription, ImageTaker, Taking, TakingOptions } from "../engine/image.ts";
import type { RateSlots } from "../engine/source.ts";
import type { GuardedFetch } from "../fetching/guarded-fetch.ts";
import { userAgent } from "../sources/user-agent.ts";
import { decodeImage } from "./image.ts";
import { type ImageStore, keyOf, mediaTypes } from "./image-store.ts";

/** What images are taken with. */
export interface ImageTakerParts {
  readonly store: ImageStore;
  readonly fetch: GuardedFetch;
  readonly rateSlots: RateSlots;
  /** Origins, such as `http://127.0.0.1:8080`, that any image may be on. Default: none. */
  readonly trusted?: readonly string[] | undefined;
}

/** Bytes that an image may have to be fetched, and to be kept as it is. */
const [mostFetched, mostKept] = [32 * 1024 * 1024, 10 * 1024 * 1024];
/** Milliseconds for one image, its redirects included. */
const timeout = 30_000;

/** Makes what the engine takes images by: fetched through the guard, decoded, made anew, and put into the store. */
export function createImageTaker({ store, fetch, rateSlots, trusted = [] }: ImageTakerParts): ImageTaker {
  async function fetched(url: string, { policy, signal, onRequest }: TakingOptions) {
    const { interval = 0, hosts, secure } = policy;
    const own = policy.trusted === undefined ? trusted : [...trusted, policy.trusted];
    if (interval > 0) {
      const wait = await rateSlots.take(URL.parse(url)?.host ?? "", interval);
      if (wait > 0) await pause(wait, undefined, { signal });
    }
    return fetch({
      url,
      policy: { hosts, secure, trusted: own },
      headers: { accept: "image/*", "user-agent": policy.userAgent ?? userAgent() },
      maxBytes: mostFetched,
      timeout,
      signal,
      onRequest,
    });
  }

  async function keepOf(bytes: Uint8Array, keep: boolean): Promise<ImageDescription> {
    const { original, large, thumbnail, colour } = await decodeImage(bytes);
    const put = async (image: Uint8Array, format: typeof original.format): Promise<string> => {
      const key = keyOf(image, format);
      if (keep) await store.put(key, image);
      return key;
    };
    return {
      key: await put(large.bytes, "jpeg"),
      width: large.width,
      height: large.height,
      mediaType: mediaTypes.jpeg,
      colour,
      thumbnail: { key: await put(thumbnail.bytes, "jpeg"), width: thumbnail.width, height: thumbnail.height },
      ...(bytes.byteLength <= mostKept && {
        original: {
          key: await put(bytes, original.format),
          width: original.width,
          height: original.height,
          mediaType: mediaTypes[original.format],
        },
      }),
    };
  }

  return {
    async take(url, options): Promise<Taking> {
      try {
        const answer = await fetched(url, options);
        if (answer.status === "absent") return answer;
        return { status: "taken", image: await keepOf(answer.bytes, options.keep) };
      } catch (error) {
        const refusal = error instanceof AccessionError && asRefusal(error);
        if (refusal) return refusal;
        throw error;
      }
    },
  };
}

function asRefusal({ code, message }: AccessionError): Taking | undefined {
  switch (code) {
    case "fetch-refused":
    case "image-refused":
    case "source-rejected":
      return { status: "refused", code, reason: message };
    default:
      return undefined;
  }
}
