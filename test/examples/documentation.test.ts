import { glob, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { errorRemedies, openCatalog } from "../../src/index.ts";
import { album, artist, music, release } from "../../src/music/index.ts";
import { openDatabase } from "../../src/store/database.ts";
import { openSandbox } from "../../src/testing/index.ts";
import { createCatalogueFolder } from "../support/databases.ts";
import { known } from "../support/music-catalog.ts";
import { type Block, checkBlocks, readBlocks, runBlocks } from "./code-blocks.ts";

const root = new URL("../../", import.meta.url);
const read = (path: string): Promise<string> => readFile(new URL(path, root), "utf8");
// Many processes and catalogues, on machines that do other things besides.
vi.setConfig({ testTimeout: 240_000 });

const pages: string[] = [];
beforeAll(async () => {
  for await (const page of glob(["*.md", "docs/**/*.md"], { cwd: fileURLToPath(root) })) pages.push(page);
});

describe("the documentation", () => {
  it("leads nowhere that is not there", async () => {
    const broken: string[] = [];
    for (const page of pages) {
      for (const [, target = ""] of (await read(page)).matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)) {
        const found = await readFile(new URL(target, new URL(page, root))).catch(
          (error: { readonly code: string }) => error,
        );
        if (!Buffer.isBuffer(found) && found.code !== "EISDIR") broken.push(`${page}: ${target}`);
      }
    }
    expect(broken).toEqual([]);
  });

  it("has a section for every error code, with its remedy", async () => {
    const sections = (await read("docs/errors.md")).split(/^## /m).slice(1);
    const documented = sections.map((section) => {
      const [, code = ""] = /^`(.+)`$/m.exec(section) ?? [];
      const [, remedy = ""] = /^\*\*Remedy:\*\* (.+)$/m.exec(section) ?? [];
      return [code, remedy];
    });
    expect(Object.fromEntries(documented)).toEqual(errorRemedies);
    expect(documented.map(([code]) => code)).toEqual(Object.keys(errorRemedies));
  });

  it("shows in the README what examples/import-an-artist.ts is", async () => {
    const [shown] = await readBlocks("README.md", "ts");
    expect(shown?.code).toBe(await read("examples/import-an-artist.ts"));
  });

  it("shows programs that compile and run", async () => {
    const blocks: Block[] = [];
    for (const page of pages.filter((one) => one !== "README.md")) blocks.push(...(await readBlocks(page, "ts")));
    expect(blocks.length).toBeGreaterThan(10);
    expect(await checkBlocks(blocks)).toBe("");
    const printed = await runBlocks(blocks);
    expect(printed).toContain("created 2");
    expect(printed).toContain("the one from Cambridge");
  });

  it("shows SQL that a catalogue answers", async () => {
    const folder = await createCatalogueFolder();
    const sandbox = await openSandbox();
    const catalog = await openCatalog({ database: folder, packs: [music({ musicbrainz: { url: sandbox.url } })] });
    await catalog.import(album, { title: "The Dark Side of the Moon", artist: "Pink Floyd" });
    await catalog.importMany(release, { album: { musicbrainzId: known.darkSide } });
    const result = await catalog.import(artist, { name: "Pink Floyd" });
    if ("item" in result && result.item) await catalog.edit(result.item, { attributes: { disambiguation: "mine" } });
    await catalog.close();
    await sandbox.close();

    const database = await openDatabase({ location: folder });
    const answers: Record<string, unknown>[][] = [];
    for (const { code } of await readBlocks("docs/sql.md", "sql")) {
      answers.push((await sql.raw<Record<string, unknown>>(code).execute(database.kysely)).rows);
    }
    const [tracks] = await readBlocks("docs/many-items.md", "sql");
    const { rows } = await sql.raw<Record<string, unknown>>(tracks?.code ?? "").execute(database.kysely);
    expect(rows).toContainEqual(expect.objectContaining({ number: "1", song: "Speak to Me" }));
    await database.close();
    expect(answers[0]).toMatchObject([{ name: "Pink Floyd", country: "GB", begin: "1965" }]);
    expect(answers[1]).toEqual([{ year: "1973", count: 1 }]);
    expect(answers[2]).toEqual([{ title: "The Dark Side of the Moon", string_agg: "Pink Floyd" }]);
    expect(answers[4]).toEqual([{ title: "Pink Floyd" }]);
    expect(answers[6]).toEqual([{ title: "Pink Floyd", edits: { disambiguation: "mine" } }]);
    expect(answers.at(-1)).toEqual([{ kind: "music.artist", title: "Pink Floyd" }]);
  });
});
