import { z } from "zod";
import type { ContributionData } from "./contribution.ts";
import type { Engine } from "./engine.ts";
import { AccessionError } from "./errors.ts";
import { type NamedImage, namedImages } from "./image.ts";
import type { Provider } from "./provider.ts";
import type { Sessions } from "./sessions.ts";

/** Why nothing comes of images where none are kept, and what to do about it. */
export const imagesNotKept =
  "no images are kept here: name a folder for them, by the option `images`, the variable ACCESSION_IMAGES or the flag --images";

/**
 * Why a provider cannot be asked about anything: it lacks something itself, or brings but images, and none are kept.
 * Undefined where it can.
 */
export function whyUnable(engine: Pick<Engine, "images" | "secrets">, provider: Provider): string | undefined {
  const isForImages = (provider.images?.fills ?? []).length > 0;
  const reason = provider.unavailable?.();
  if (reason !== undefined) return engine.secrets.mask(reason);
  return isForImages && !engine.images ? imagesNotKept : undefined;
}

/** What came of the images that somebody named. */
export interface TakenImages {
  /** Those that were taken, the first of each type. */
  readonly images: ContributionData["images"];
  /** Why one was refused; undefined where none was. */
  readonly refusal: AccessionError | undefined;
}

/**
 * Takes the images that a provider names, outside of any transaction. One that is not there, or refused, is left out and
 * logged; of several of one type, the first that can be taken stands.
 *
 * @throws AccessionError `source-offline` where the catalogue is offline, and what `ImageTaker.take` throws.
 */
export async function takeImages(
  engine: Engine,
  provider: Provider,
  named: readonly NamedImage[],
  sessions: Sessions,
  signal: AbortSignal,
): Promise<TakenImages> {
  const taker = engine.images;
  if (!taker) return { images: [], refusal: undefined };
  const taken = new Map<string, ContributionData["images"][number]>();
  let refusal: AccessionError | undefined;
  for (const { type, url } of named) {
    if (taken.has(type)) continue;
    requireOnline(engine, url);
    const taking = await taker.take(url, {
      policy: provider.images ?? {},
      signal,
      keep: sessions.keepsImages,
      onRequest: sessions.countRequest,
    });
    if (taking.status === "taken") {
      taken.set(type, { type, url, ...taking.image });
      continue;
    }
    engine.log.warn({ provider: provider.name, type, url, ...taking }, "an image was left out");
    if (taking.status === "refused") refusal ??= new AccessionError(taking.code, taking.reason);
  }
  return { images: [...taken.values()], refusal };
}

/**
 * Takes the images that a person names; a person wants to know of each that cannot be taken.
 *
 * @throws AccessionError `contribution-invalid`, `configuration-invalid` where no images are kept, `fetch-refused`,
 * `image-refused`, and what {@link takeImages} throws.
 */
export async function takePersonsImages(
  engine: Engine,
  images: readonly NamedImage[],
): Promise<ContributionData["images"]> {
  const named = namedImages.safeParse(images);
  if (!named.success) {
    const why = z.prettifyError(named.error);
    throw new AccessionError("contribution-invalid", `What a person says of images is not allowed: ${why}.`);
  }
  const taker = engine.images;
  if (named.data.length === 0) return [];
  if (!taker) throw new AccessionError("configuration-invalid", `The images were not taken: ${imagesNotKept}.`);
  const taken: ContributionData["images"] = [];
  for (const { type, url } of named.data) {
    requireOnline(engine, url);
    const { signal } = new AbortController();
    const taking = await taker.take(url, { policy: {}, signal, keep: true, onRequest() {} });
    if (taking.status === "refused") throw new AccessionError(taking.code, taking.reason);
    if (taking.status === "absent") throw new AccessionError("image-refused", `There is nothing at ${url}.`);
    taken.push({ type, url, ...taking.image });
  }
  return taken;
}

/** @throws AccessionError `source-offline`. */
function requireOnline(engine: Engine, url: string): void {
  if (engine.offline) throw new AccessionError("source-offline", `The image ${url} may not be fetched offline.`);
}
