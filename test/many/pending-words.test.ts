import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Catalog, LoadOptions } from "../../src/index.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { plant } from "../support/spoken-provider.ts";
import { createListedGarden, type ListedGarden, listedPlant, openListedGardens, pagesOf } from "./listed-gardens.ts";

describeOnDatabases("Names that a load stores", (database) => {
  let catalog: Catalog;
  let location: string;
  let listed: ListedGarden;
  beforeEach(async () => {
    location = await database.location();
    listed = createListedGarden();
    catalog = await openListedGardens(location, listed);
    // It would sort them in.
    await sql`alter table accession.item set (autovacuum_enabled = off)`.execute(catalog.kysely);
  });
  afterEach(() => catalog.close());

  /** Pages of names that wait to be sorted into the index of words: each search reads them. They are sorted in by it. */
  async function waiting(): Promise<number> {
    const { rows } = await sql<{ pages: number }>`
      select gin_clean_pending_list('accession.item_by_word'::regclass)::integer as pages`.execute(catalog.kysely);
    return rows[0]?.pages ?? Number.NaN;
  }
  /** Loads 3,000 plants; when 2,500 of them are saved and no more are read, something happens. */
  async function load(happens: () => Promise<void>, options: LoadOptions = {}, by: Catalog = catalog) {
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
    return by.load(plant, lines(), { ...options, onProgress: ({ done }) => (saved = done) });
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
    const stopped = await load(async () => controller.abort(), { signal: controller.signal });
    expect([stopped.status, await waiting()]).toEqual(["stopped", 0]);
    const failed = await load(() => Promise.reject(new Error("the file cannot be read")));
    expect([failed.status, await waiting()]).toEqual(["failed", 0]);
  });

  it("wait in small numbers where nothing of them is kept", async () => {
    const tried = await load(async () => undefined, { dryRun: true });
    expect(tried.counts.created).toBe(3_000);
    expect(await waiting()).toBeLessThan(9);
  });

  it.each([1, 60])("wait no more once somebody else saves %d while it is under way", async (count) => {
    const trees = Array.from({ length: count }, (_none, index) => `tree ${index}`);
    // A complete listing would also save the plants that it lists no more.
    listed.pages = pagesOf([...trees, "never listed"], count);
    listed.breaksAt = 1;
    let saved: number | undefined;
    let pages: number | undefined;
    await load(async () => {
      saved = (await catalog.importMany(plant, { garden: { id: "kew" } })).counts.created;
      pages = await waiting();
    });
    expect(saved).toBe(count);
    expect(pages).toBeLessThan(2);
  });

  if (database.name === "pglite") return;

  /** Opens the catalogue as somebody who may do to its rows whatever they like. */
  async function openAsKeeper(more: (role: string) => string): Promise<Catalog> {
    const role = `keeper_${randomUUID().replaceAll("-", "")}`;
    const made = `create role ${role}; grant usage on schema accession to ${role};
      grant all on all tables in schema accession to ${role}; ${more(role)}`;
    await sql.raw(made).execute(catalog.kysely);
    return openListedGardens(`${location}?options=-c%20role%3D${role}`, listed);
  }

  it.each([
    ["whoever does not own the catalogue", () => ""],
    [
      "an owner who must not sort them in",
      (role: string) => `alter table accession.item owner to ${role};
        revoke execute on function pg_catalog.gin_clean_pending_list(regclass) from public`,
    ],
  ])("are left to the next save by %s, whose load is complete all the same", async (_who, more) => {
    await using keeper = await openAsKeeper(more);
    const result = await load(async () => undefined, {}, keeper);
    expect(result).toMatchObject({ status: "complete", counts: { created: 3_000 } });
    expect(await waiting()).toBeGreaterThan(16);
  });
});
