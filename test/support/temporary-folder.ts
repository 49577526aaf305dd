import { mkdtemp, realpath, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, inject } from "vitest";

const folders = new Set<string>();
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
  folders.clear();
});

/** Makes an empty folder, removed after the test file that called; its path has no symbolic links in it. */
export async function createTemporaryFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(inject("runFolder"), "folder-")));
  folders.add(folder);
  return folder;
}
