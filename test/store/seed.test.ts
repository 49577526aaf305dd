import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { findSeed, unpackSeed } from "../../src/store/seed.ts";
import { createTemporaryFolder } from "../support/temporary-folder.ts";

describe("the archive of a new folder", () => {
  let folder: string;
  let seed: string;

  beforeAll(async () => {
    folder = await createTemporaryFolder();
    seed = (await findSeed()) ?? "";
  });

  it("is unpacked as a whole, for nobody else to write", async () => {
    const target = join(folder, "whole");
    await unpackSeed(seed, target);
    expect(await readdir(target)).toEqual(expect.arrayContaining(["PG_VERSION", "base", "global", "pg_wal"]));
    expect(await readFile(join(target, "PG_VERSION"), "utf8")).toMatch(/^\d+\n$/);
    expect((await stat(join(target, "PG_VERSION"))).mode & 0o022).toBe(0);
  });

  it.each(["cut off", "damaged", "no archive"])("is told of where it is %s", async (how) => {
    const bytes = await readFile(seed);
    const broken: Readonly<Record<string, Buffer>> = {
      "cut off": bytes.subarray(0, bytes.length / 2),
      damaged: Buffer.concat([bytes.subarray(0, 1000), Buffer.alloc(1000), bytes.subarray(2000)]),
      "no archive": Buffer.from("An archive?"),
    };
    const path = join(folder, "broken.tar.gz");
    await writeFile(path, broken[how] ?? "");
    await expect(unpackSeed(path, join(folder, how))).rejects.toThrow();
  });

  it("is told of where a file cannot be written, by the system's own code, and the rest is not begun", async () => {
    const target = join(folder, "full");
    // A folder where a file is to be, with something in it, so that it cannot be replaced.
    await mkdir(join(target, "pg_wal/000000010000000000000001/occupied"), { recursive: true });
    await expect(unpackSeed(seed, target)).rejects.toMatchObject({
      code: expect.stringMatching(/^E[A-Z]+$/) as unknown,
    });
    expect(await readdir(target)).not.toContain("base");
  });
});
