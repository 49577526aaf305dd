import { sql } from "kysely";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Catalog, ManyProgress, ManyResult, Page } from "../../src/index.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { garden, plant } from "../support/spoken-provider.ts";
import { createListedGarden, listedPlant, type ListedGarden, openListedGardens, pagesOf } from "./listed-gardens.ts";

const kew = { garden: { id: "kew" } };
const ids = (count: number): string[] =>
  Array.from({ length: count }, (_none, index) => `plant ${String(index).padStart(4, "0")}`);

describeOnDatabases("importing all items that a source lists", (database) => {
  let catalog: Catalog;
  let listed: ListedGarden;
  let statements: string[];

  beforeEach(async () => {
    listed = createListedGarden();
    statements = [];
    catalog = await openListedGardens(await database.location(), listed, {
      onStatement: (text) => statements.push(text),
    });
  });
  afterEach(() => catalog.close());

  async function plantsOf(value: string): Promise<string[]> {
    const { rows } = await sql<{ title: string }>`
      select p.title from accession.item p
      join accession.relation r on r.from_id = p.id
      join accession.identifier x on x.item_id = r.to_id
      where x.scheme = 'flora.garden' and x.value = ${value} order by p.title`.execute(catalog.kysely);
    return rows.map((row) => row.title);
  }
  const counts = ({ counts: { created, updated, unchanged, refused, gone } }: ManyResult) => ({
    created,
    updated,
    unchanged,
    refused,
    gone,
  });

  it("follows every page, and tells how far it is after each", async () => {
    listed.pages = pagesOf(ids(25), 10);
    const told: ManyProgress[] = [];
    const result = await catalog.importMany(plant, kew, { onProgress: (progress) => told.push(progress) });
    expect(result).toMatchObject({ status: "complete", done: 25, total: 25, pages: 3, parent: { title: "Kew" } });
    expect(counts(result)).toEqual({ created: 25, updated: 0, unchanged: 0, refused: 0, gone: 0 });
    expect(told.map((one) => one.done)).toEqual([0, 10, 20, 25]);
    expect(await plantsOf("kew")).toEqual(ids(25));
  });

  it("costs the same statements whatever the number of items on a page", async () => {
    await catalog.import(garden, { id: "kew" });
    listed.pages = pagesOf(ids(2), 2);
    statements.length = 0;
    await catalog.importMany(plant, kew);
    const few = statements.length;
    listed.pages = pagesOf(ids(200), 200);
    statements.length = 0;
    await catalog.importMany(plant, kew);
    // A COPY for each table instead of one statement for all, and one that says how many names may wait.
    expect(statements.length).toBeLessThanOrEqual(few + 9);
    expect(few).toBeLessThanOrEqual(12);
  });

  it("says that nothing was new when it is repeated, and writes nothing about the items", async () => {
    listed.pages = pagesOf(ids(25), 10);
    await catalog.importMany(plant, kew);
    const before = await catalog.withIdentifier("flora.plant", "plant 0003");
    const again = await catalog.importMany(plant, kew);
    expect(again.status).toBe("complete");
    expect(counts(again)).toEqual({ created: 0, updated: 0, unchanged: 25, refused: 0, gone: 0 });
    expect(await catalog.withIdentifier("flora.plant", "plant 0003")).toEqual(before);
  });

  it("puts back what is missing", async () => {
    listed.pages = pagesOf(ids(25), 10);
    await catalog.importMany(plant, kew);
    await sql`delete from accession.relation where from_id in (
      select id from accession.item where title in ('plant 0001', 'plant 0011', 'plant 0021'))`.execute(catalog.kysely);
    expect(await plantsOf("kew")).toHaveLength(22);
    expect(counts(await catalog.importMany(plant, kew))).toMatchObject({ created: 0, updated: 3, unchanged: 22 });
    expect(await plantsOf("kew")).toEqual(ids(25));
  });

  it("takes its relation from what is listed no more, and keeps the item", async () => {
    listed.pages = pagesOf(ids(25), 10);
    await catalog.importMany(plant, kew);
    listed.pages = pagesOf(ids(22), 10);
    expect(counts(await catalog.importMany(plant, kew))).toMatchObject({ unchanged: 22, gone: 3 });
    expect(await plantsOf("kew")).toEqual(ids(22));
    expect(await catalog.withIdentifier("flora.plant", "plant 0024")).toMatchObject([{ title: "plant 0024" }]);
  });

  it("refuses what cannot be read by itself, with the reason, and then takes nothing away", async () => {
    listed.pages = pagesOf(ids(5), 10);
    await catalog.importMany(plant, kew);
    const odd = { attributes: { name: "odd", height: "tall" }, identifiers: [{ scheme: "flora.plant", value: "odd" }] };
    const page = {
      contributions: [listedPlant("new"), odd, { attributes: { name: "nameless" } }],
      refused: [{ id: "torn", reason: "half of it is missing" }],
    } as unknown as Page<typeof plant>;
    listed.pages = [page];
    const result = await catalog.importMany(plant, kew);
    expect(result.status).toBe("complete");
    expect(counts(result)).toEqual({ created: 1, updated: 0, unchanged: 0, refused: 3, gone: 0 });
    expect(result.refused).toEqual([
      { id: "torn", reason: "half of it is missing" },
      { id: "flora.plant:odd", reason: expect.stringContaining('the attribute "height"') },
      { id: "item 3 of the page", title: "nameless", reason: "no identity names this flora.plant" },
    ]);
    expect(await plantsOf("kew")).toEqual(["new", ...ids(5)]);
  });

  it("takes nothing away where the source counts more than its pages held", async () => {
    listed.pages = pagesOf(ids(25), 10);
    await catalog.importMany(plant, kew);
    listed.pages = pagesOf(ids(22), 10).map((page) => ({ ...page, total: 25 }));
    const result = await catalog.importMany(plant, kew);
    expect(result).toMatchObject({ status: "complete", done: 22, total: 25, counts: { unchanged: 22, gone: 0 } });
    expect(await plantsOf("kew")).toEqual(ids(25));
  });

  it("takes nothing away where something was refused before a break, though all that came after it could be read", async () => {
    listed.pages = pagesOf(ids(5), 10);
    await catalog.importMany(plant, kew);
    const refused = [{ id: "torn", reason: "half of it is missing" }];
    listed.pages = [
      { contributions: [listedPlant("new")], refused, next: 1 },
      { contributions: ids(3).map((id) => listedPlant(id)) },
    ];
    listed.breaksAt = 1;
    expect((await catalog.importMany(plant, kew)).status).toBe("failed");
    listed.breaksAt = undefined;
    const rest = await catalog.importMany(plant, kew);
    expect(rest).toMatchObject({ status: "complete", done: 5, counts: { unchanged: 3, gone: 0 } });
    expect(await plantsOf("kew")).toEqual(["new", ...ids(5)]);
  });

  it("stores an item once that is listed twice", async () => {
    listed.pages = [
      { contributions: [listedPlant("ivy"), listedPlant("ivy", { attributes: { height: 3 } })], next: 1 },
      { contributions: [listedPlant("ivy", { attributes: { height: 3 } })] },
    ];
    expect(counts(await catalog.importMany(plant, kew))).toMatchObject({ created: 1, unchanged: 2 });
    expect(await catalog.withIdentifier("flora.plant", "ivy")).toMatchObject([{ attributes: { height: 3 } }]);
  });

  it("stops between two pages when it is told to, and goes on from there", async () => {
    listed.pages = pagesOf(ids(25), 5);
    const controller = new AbortController();
    listed.onPage = (index) => (index === 1 ? controller.abort() : undefined);
    expect(await catalog.importMany(plant, kew, { signal: controller.signal })).toMatchObject({ status: "stopped" });
    listed.onPage = () => undefined;
    const saved = await plantsOf("kew");
    expect([5, 10]).toContain(saved.length);
    listed.asked = 0;
    const rest = await catalog.importMany(plant, kew);
    expect(rest).toMatchObject({ status: "complete", done: 25, counts: { created: 25 - saved.length, unchanged: 0 } });
    expect(listed.asked).toBe(5 - saved.length / 5);
    expect(await plantsOf("kew")).toEqual(ids(25));
  });

  it("keeps what was saved when a page breaks, says why, and goes on from there", async () => {
    listed.pages = pagesOf(ids(25), 10);
    listed.breaksAt = 2;
    expect(await catalog.importMany(plant, kew)).toMatchObject({
      status: "failed",
      done: 20,
      error: { code: "defect", message: expect.stringContaining("the list is torn") },
    });
    expect(await plantsOf("kew")).toEqual(ids(20));
    listed.breaksAt = undefined;
    listed.asked = 0;
    expect(await catalog.importMany(plant, kew)).toMatchObject({
      status: "complete",
      done: 25,
      counts: { created: 5 },
    });
    expect(listed.asked).toBe(1);
  });

  it("begins anew where it is told to", async () => {
    listed.pages = pagesOf(ids(25), 10);
    listed.breaksAt = 2;
    await catalog.importMany(plant, kew);
    listed.breaksAt = undefined;
    const result = await catalog.importMany(plant, kew, { restart: true });
    expect(counts(result)).toMatchObject({ created: 5, unchanged: 20 });
  });

  it("leaves out what does not meet the conditions, and takes nothing away for that", async () => {
    const tall = (id: string, height: number) => listedPlant(id, { attributes: { height } });
    listed.pages = [{ contributions: [tall("ash", 30), tall("box", 2), tall("cedar", 35)] }];
    await catalog.importMany(plant, kew);
    listed.pages = [{ contributions: [tall("ash", 30), tall("box", 2)] }];
    const result = await catalog.importMany(plant, kew, { where: ["height>=10"] });
    expect(result.counts).toMatchObject({ unchanged: 1, filtered: 1, gone: 1 });
    expect(await plantsOf("kew")).toEqual(["ash", "box"]);
    const inBogs = { categories: [{ type: "habitat", name: "Bog" }] };
    listed.pages = [{ contributions: [listedPlant("sundew", inBogs), tall("box", 2)] }];
    await catalog.importMany(plant, kew, { where: ["height<10"] });
    await catalog.importMany(plant, kew, { where: ["habitat=bog"] });
    listed.pages = [{ contributions: [] }];
    const wet = await catalog.importMany(plant, kew, { where: ["habitat=bog"] });
    expect(wet.counts).toMatchObject({ gone: 1 });
    expect(await plantsOf("kew")).toEqual(["ash", "box"]);
    await expect(catalog.importMany(plant, kew, { where: ["colour=green"] })).rejects.toMatchObject({
      code: "query-invalid",
    });
  });

  it("takes nothing from what is listed and does not meet a condition, though the catalogue's own does", async () => {
    listed.pages = [{ contributions: [listedPlant("ash"), listedPlant("box"), listedPlant("elm")] }];
    await catalog.importMany(plant, kew);
    const where = ["height>=10"];
    for (const id of ["ash", "box", "elm"]) {
      const found = await catalog.find(plant, { id });
      if (found) await catalog.edit(found, { attributes: { height: 30 } });
    }
    listed.pages = [{ contributions: [listedPlant("ash")], next: 1 }, { contributions: [listedPlant("box")] }];
    expect((await catalog.importMany(plant, kew, { where })).counts).toMatchObject({ filtered: 2, gone: 1 });
    expect(await plantsOf("kew")).toEqual(["ash", "box"]);
  });

  it("changes nothing in a dry run, and counts what would change", async () => {
    await catalog.import(garden, { id: "kew" });
    listed.pages = pagesOf(ids(25), 10);
    expect(counts(await catalog.importMany(plant, kew, { dryRun: true }))).toMatchObject({ created: 25 });
    expect(await plantsOf("kew")).toEqual([]);
    await catalog.importMany(plant, kew);
    listed.pages = pagesOf(ids(22), 10);
    expect(counts(await catalog.importMany(plant, kew, { dryRun: true }))).toMatchObject({ unchanged: 22, gone: 3 });
    expect(await plantsOf("kew")).toEqual(ids(25));
  });

  it("lists nothing of an item that nobody knows, nor by a relation that nobody lists", async () => {
    expect(await catalog.importMany(plant, { garden: { id: "eden" } })).toMatchObject({
      status: "not-found",
      pages: 0,
    });
    await expect(catalog.importMany(garden, {})).rejects.toMatchObject({ code: "query-invalid" });
  });
});
