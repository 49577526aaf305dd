import type { ImageStore } from "../image-store.ts";

/** Makes an image store that is gone with the process, for a catalogue that is. */
export function createMemoryImageStore(): ImageStore {
  const images = new Map<string, Uint8Array>();
  return {
    async put(key, bytes) {
      images.set(key, bytes);
    },
    read: async (key) => images.get(key),
  };
}
