import { randomUUID } from "node:crypto";
import { access, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { AccessionError } from "../../engine/errors.ts";
import { imageKey } from "../../engine/image.ts";
import type { ImageStore } from "../image-store.ts";

/**
 * Makes an image store in a folder, which is made with the first image: `<folder>/9f/9f86….jpg`. Any number of processes may
 * write to it. An image is there whole or not at all: it is written beside its place and then moved there.
 *
 * `put` throws AccessionError `configuration-invalid` where the folder cannot be written.
 */
export function createFolderImageStore(folder: string): ImageStore {
  // A key that has been checked holds neither a slash nor a dot but the one before its ending.
  const pathOf = (key: string): string => join(folder, key.slice(0, 2), imageKey.parse(key));
  return {
    async put(key, bytes) {
      const path = pathOf(key);
      if (await isThere(path)) return;
      const unfinished = `${path}.${randomUUID()}.unfinished`;
      try {
        await mkdir(dirname(path), { recursive: true });
        await writeFile(unfinished, bytes, { flush: true });
        await rename(unfinished, path);
      } catch (error) {
        await rm(unfinished, { force: true }).catch(() => undefined);
        const why = error instanceof Error ? error.message : String(error);
        const message = `The folder of images, ${folder}, cannot be written: ${why}`;
        throw new AccessionError("configuration-invalid", message, { cause: error });
      }
    },
    async read(key) {
      const path = imageKey.safeParse(key).success ? pathOf(key) : undefined;
      if (path === undefined) return undefined;
      try {
        return await readFile(path);
      } catch (error) {
        if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
        throw error;
      }
    },
  };
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
