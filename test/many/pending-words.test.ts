import { sql } from "kysely";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Catalog } from "../../src/index.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { plant } from "../support/spoken-provider.ts";
import { createListedGarden, listedPlant, openListedGardens } from "./listed-gardens.ts";

describeOnDatabases("Names that a load stores", (database) => {
  let catalog: Catalog;
  beforeEach(async () => {
    catalog = await openListedGardens(await database.location(), createListedGarden());
  });
  afterEach(() => catalog.close());

  /** Pages of names that wait to be sorted into the index of words: each search reads them. They are sorted in by it. */
  async function waiting(): Promise<number> {
    const { rows } = await sql<{ pages: number }>`
      select gin_clean_pending_list('accession.item_by_word'::regclass)::integer as pages`.execute(catalog.kysely);
    return rows[0]?.pages ?? Number.NaN;
  }
  /** Loads 3,000 plants; when 2,500 of them are saved and no more are read, something happens. */
  async function load(happens: () => Promise<void>, signal?: AbortSignal) {
    let saved = 0;
    async function* lines(): AsyncGenerator<string> {
      for (let index = 0; index < 3_000; index += 1) {
        if (index === 2_500) {
          await expect.poll(() => saved, { timeout: 30_000, interval: 5 }).toBe(2_500);
          await happens();
        }
        yield JSON.stringify(listedPlant(`plant ${index}`));
      }
    }
    return catalog.load(plant, lines(), { signal, onProgress: ({ done }) => (saved = done) });
  }

  it("wait in great numbers to be sorted in, are found all the same, and wait no more at its end", async () => {
    let found: readonly string[] = [];
    let pages: number | undefined;
    await load(async () => {
      found = (await catalog.search("plant 2345")).map(({ title }) => title);
      pages = await waiting();
    });
    expect(found).toContain("plant 2345");
    expect(pages).toBeGreaterThan(16);
    expect(await waiting()).toBe(0);
  });

  it("wait no more when it is stopped, or has failed", async () => {
    const controller = new AbortController();
    const stopped = await load(async () => controller.abort(), controller.signal);
    expect([stopped.status, await waiting()]).toEqual(["stopped", 0]);
    const failed = await load(() => Promise.reject(new Error("the file cannot be read")));
    expect([failed.status, await waiting()]).toEqual(["failed", 0]);
  });

  it("wait no more once anybody saves a name, should it never come to its end", async () => {
    let pages: number | undefined;
    await load(async () => {
      await catalog.import(plant, { id: "oak" });
      pages = await waiting();
    });
    expect(pages).toBeLessThan(2);
  });
});
