import { readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { keyOf } from "../../src/images/image-store.ts";
import { createFolderImageStore } from "../../src/images/image-stores/folder.ts";
import { createTemporaryFolder } from "../support/temporary-folder.ts";

const bytes = Buffer.from("an image, for all that a store knows");
const key = keyOf(bytes, "jpeg");

describe("A folder of images", () => {
  it("keeps bytes under their hash, each once, and nothing else", async () => {
    const folder = join(await createTemporaryFolder(), "images");
    const store = createFolderImageStore(folder);
    await Promise.all(Array.from({ length: 8 }, () => store.put(key, bytes)));
    const path = join(folder, key.slice(0, 2), key);
    const { mtimeMs } = await stat(path);
    await store.put(key, bytes);
    expect((await stat(path)).mtimeMs).toBe(mtimeMs);
    expect(await readdir(folder, { recursive: true })).toEqual([key.slice(0, 2), join(key.slice(0, 2), key)]);
    expect(Buffer.from((await store.read(key)) ?? [])).toEqual(bytes);
  });

  it("has nothing under a key that it does not know, and looks nowhere else", async () => {
    const folder = await createTemporaryFolder();
    const store = createFolderImageStore(join(folder, "images"));
    await writeFile(join(folder, "secret.jpg"), "s3cret");
    expect(await store.read(key)).toBeUndefined();
    for (const other of ["", "..", "../secret.jpg", "/etc/passwd", `${key}/../../../secret.jpg`, `${key}\0`]) {
      expect(await store.read(other), other).toBeUndefined();
      await expect(store.put(other, bytes), other).rejects.toThrow();
    }
  });

  it("says which folder cannot be written", async () => {
    const folder = join(await createTemporaryFolder(), "file");
    await writeFile(folder, "");
    const put = createFolderImageStore(folder).put(key, bytes);
    await expect(put).rejects.toMatchObject({
      code: "configuration-invalid",
      message: expect.stringContaining(folder),
    });
  });
});
