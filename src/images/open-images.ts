import { join, resolve } from "node:path";
import type { ImageTaker } from "../engine/image.ts";
import type { RateSlots } from "../engine/source.ts";
import { createGuardedFetch } from "../fetching/guarded-fetch.ts";
import type { ImageStore } from "./image-store.ts";
import { createFolderImageStore } from "./image-stores/folder.ts";
import { createMemoryImageStore } from "./image-stores/memory.ts";
import { createImageTaker } from "./image-taker.ts";

/** Where a catalogue keeps the images of its items. */
export interface ImageOptions {
  /**
   * A folder, made with the first image. Default: `images` in the catalogue's own folder; memory, for one in memory; none,
   * and no images are kept, for one on PostgreSQL, which cannot know what folder its processes share.
   */
  readonly folder?: string | undefined;
  /** Something else that keeps them, such as a bucket, instead of a folder. */
  readonly store?: ImageStore | undefined;
  /**
   * Origins, such as `http://127.0.0.1:8080`, that images may be fetched from although they are on this machine or in a
   * private network. Default: none.
   */
  readonly trusted?: readonly string[] | undefined;
}

/** A catalogue's images: what keeps them, and what takes them. */
export interface Images {
  readonly store: ImageStore;
  readonly taker: ImageTaker;
}

/**
 * The images of a catalogue; undefined where none are kept.
 *
 * @param location where the database is: a folder's absolute path, `memory:`, or anything else, which is no folder.
 */
export function openImages(
  options: ImageOptions | false | undefined,
  database: { readonly engine: "pglite" | "postgres"; readonly location: string },
  rateSlots: RateSlots,
): Images | undefined {
  if (options === false) return undefined;
  const store = options?.store ?? storeIn(options?.folder, database);
  if (!store) return undefined;
  const fetch = createGuardedFetch();
  return { store, taker: createImageTaker({ store, fetch, rateSlots, trusted: options?.trusted }) };
}

function storeIn(
  folder: string | undefined,
  { engine, location }: { readonly engine: "pglite" | "postgres"; readonly location: string },
): ImageStore | undefined {
  if (folder !== undefined) return createFolderImageStore(resolve(folder));
  if (engine === "postgres") return undefined;
  return location === "memory:" ? createMemoryImageStore() : createFolderImageStore(join(location, "images"));
}
