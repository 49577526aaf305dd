import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AccessionError, type Catalog } from "../../src/index.ts";
import { importList } from "../../src/lists/import-list.ts";
import { type List, readList } from "../../src/lists/read-list.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { plant } from "../support/spoken-provider.ts";
import { createHerbarium, florilegium } from "./herbarium.ts";

const read = (bytes: Uint8Array | string, fileName = "plants.csv"): List<typeof plant> =>
  readList(plant, typeof bytes === "string" ? Buffer.from(bytes) : bytes, { fileName });
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("utf8");
const number = (index: number): string => String(index).padStart(3, "0");

describeOnDatabases("a list of 200 lines, of which 20 are ambiguous and 10 unknown", (database) => {
  const herbarium = createHerbarium();
  const names = Array.from({ length: 200 }, (_, index) => `Plant ${number(index)}`);
  const isAmbiguous = (index: number): boolean => index % 10 === 3;
  const isUnknown = (index: number): boolean => index % 20 === 7;
  const original = `Rank,Plant,Note\n${names.map((name, index) => `${index + 1},${name},"a ""note"""\n`).join("")}`;
  const ranked = { kind: florilegium, name: "Two hundred plants" };
  let catalog: Catalog;
  let report: Uint8Array;

  beforeAll(async () => {
    for (const [index, name] of names.entries()) {
      if (isUnknown(index)) continue;
      const id = `plant-${number(index)}`;
      herbarium.plants.set(name, isAmbiguous(index) ? [id, `${id}-b`, `${id}-c`] : [id]);
    }
    catalog = await herbarium.open(await database.location());
  });
  afterAll(() => catalog.close());

  it("is imported but for those, which stop no other line", async () => {
    const list = read(original);
    expect(list).toMatchObject({ isReport: false, isNumbered: true });
    const told: string[] = [];
    const result = await importList(catalog, plant, list.lines, {
      list: ranked,
      onLine: ({ done, total, outcome }) => told.push(`${done}/${total} ${outcome.status}`),
    });
    expect(result).toMatchObject({
      status: "complete",
      counts: { created: 170, ambiguous: 20, "not-found": 10, found: 0, updated: 0, failed: 0, invalid: 0, pending: 0 },
    });
    expect(told.slice(0, 4)).toEqual(["1/200 created", "2/200 created", "3/200 created", "4/200 ambiguous"]);
    expect(herbarium.searched).toEqual(names);
    report = list.report(result.outcomes);
    const [header, first, , , fourth] = textOf(report).split("\n");
    expect(header).toBe(
      "Rank,Plant,Note,accession_status,accession_id,accession_title,accession_candidates,accession_reason",
    );
    expect(first).toMatch(/^1,Plant 000,"a ""note""",created,[0-9a-f-]{36},Plant 000,,$/);
    expect(fourth).toContain("flora.plant:plant-003-b Plant 003 [Family of plant-003-b] (1.00)");
  });

  it("is stored as a ranked list of the lines that led to an item", async () => {
    const [list] = await catalog.withIdentifier("list", "two-hundred-plants");
    expect(list).toMatchObject({ kind: "flora.florilegium", title: "Two hundred plants" });
    expect(list?.relations).toHaveLength(170);
    const fifth = list?.relations.find(({ position }) => position === 5);
    expect(fifth).toMatchObject({ item: { title: "Plant 004" }, attributes: { number: "5" }, provider: "list-file" });
    expect(list?.relations.some(({ position }) => position === 4)).toBe(false);
  });

  it("goes on from its report, and asks nothing about the lines that are settled", async () => {
    herbarium.searched.length = 0;
    herbarium.asked.length = 0;
    const list = read(report);
    expect(list.isReport).toBe(true);
    const result = await importList(catalog, plant, list.lines, { list: ranked });
    expect(result.counts).toMatchObject({ found: 170, ambiguous: 20, "not-found": 10 });
    expect(herbarium.asked).toEqual([]);
    expect(herbarium.searched).toEqual(names.filter((_name, index) => isAmbiguous(index) || isUnknown(index)));
    // What the report says of the settled lines stays what it said.
    expect(textOf(list.report(result.outcomes))).toBe(textOf(report));
  });

  it("takes what a person has put into the report: a candidate's id, the bare id, an item's id", async () => {
    const other = await catalog.import(plant, { id: "plant-023-c" });
    const itemsId = "item" in other ? (other.item?.id ?? "") : "";
    const answers = new Map([
      ["Plant 003", "flora.plant:plant-003-b"],
      ["Plant 013", "plant-013"],
      ["Plant 023", itemsId],
      // Of a line that nobody knew: what the source calls it.
      ["Plant 007", "plant-008"],
    ]);
    const edited = textOf(report).replaceAll(
      /^(\d+,(Plant \d+),[^,]*),(ambiguous|not-found),,/gm,
      (row, start: string, name: string, status: string) =>
        answers.has(name) ? `${start},${status},${answers.get(name)},` : row,
    );
    herbarium.searched.length = 0;
    const list = read(edited);
    const result = await importList(catalog, plant, list.lines, { list: ranked });
    expect(result.counts).toMatchObject({ created: 2, found: 172, ambiguous: 17, "not-found": 9 });
    expect(result.outcomes[3]).toMatchObject({ item: { attributes: { family: "Family of plant-003-b" } } });
    expect(result.outcomes[23]).toMatchObject({ status: "found", item: { id: itemsId } });
    expect(result.list?.relations).toHaveLength(174);
    expect(herbarium.searched).toHaveLength(26);
    // The choices are remembered: the original list, too, is no longer ambiguous in these lines.
    const again = await importList(catalog, plant, read(original).lines);
    expect(again.counts).toMatchObject({ found: 174, ambiguous: 17, "not-found": 9 });
    report = list.report(result.outcomes);
  });

  it("is cheap a second time from the list itself: what the catalogue has is found there by name", async () => {
    herbarium.searched.length = 0;
    const result = await importList(catalog, plant, read(original).lines);
    expect(result.counts.found).toBe(174);
    expect(herbarium.searched).toHaveLength(26);
  });

  it("keeps a choice that could not be taken, and says why", async () => {
    const wrong = textOf(report)
      .replace(/^(34,[^,]*,[^,]*,ambiguous),,/m, "$1,01890000-0000-7000-8000-000000000000,")
      .replace(/^(44,[^,]*,[^,]*,ambiguous),,/m, "$1,no-such-plant,");
    const list = read(wrong);
    const { outcomes } = await importList(catalog, plant, list.lines);
    expect(outcomes[33]).toMatchObject({ status: "invalid", reason: expect.stringContaining("has no flora.plant") });
    expect(outcomes[43]).toMatchObject({ status: "not-found" });
    expect(textOf(list.report(outcomes))).toMatch(/^34,.*,invalid,01890000-0000-7000-8000-000000000000,/m);
    expect(textOf(list.report(outcomes))).toMatch(/^44,.*,not-found,no-such-plant,/m);
  });
});

describe("importing a list", () => {
  const herbarium = createHerbarium();
  let catalog: Catalog;
  beforeAll(async () => {
    for (const name of ["Oak", "Elder", "Fern", "Moss", "Reed", "Rush", "Sedge", "Yew"]) {
      herbarium.plants.set(name, [name.toLowerCase()]);
    }
    catalog = await herbarium.open("memory:");
  });
  afterAll(() => catalog.close());
  const query = (name: string) => ({ query: { name } });

  it("stores nothing in a dry run, and its report leads a real run to do it", async () => {
    const list = read("Plant\nOak\nNobody\n");
    const dry = await importList(catalog, plant, list.lines, {
      dryRun: true,
      list: { kind: florilegium, name: "Dry" },
    });
    expect(dry.counts).toMatchObject({ created: 1, "not-found": 1 });
    expect(dry.list).toBeUndefined();
    expect(await catalog.find(plant, { name: "Oak" })).toBeUndefined();
    const report = list.report(dry.outcomes);
    expect(textOf(report)).toContain("Oak,would be created,,Oak");
    expect((await importList(catalog, plant, read(report).lines)).counts).toMatchObject({ created: 1 });
  });

  it("leads lines that are the same to one item, the later ones without a request", async () => {
    herbarium.searched.length = 0;
    const lines = ["Fern", "fern", "FERN!"].map(query);
    const { outcomes } = await importList(catalog, plant, lines, { list: { kind: florilegium, name: "Ferns" } });
    expect(outcomes.map((one) => one.status)).toEqual(["created", "found", "found"]);
    expect(new Set(outcomes.map((one) => ("item" in one ? one.item.id : ""))).size).toBe(1);
    expect(herbarium.searched).toEqual(["Fern"]);
    const [list] = await catalog.withIdentifier("list", "ferns");
    expect(list?.relations.map(({ position }) => position)).toEqual([1, 2, 3]);
  });

  it("ends after the line under way when told to; what was not reached keeps what its report said", async () => {
    const controller = new AbortController();
    const list = read(
      "Plant,accession_status,accession_id,accession_candidates\nMoss,,,\nReed,,,\nOak,ambiguous,x:1,x:1 Oak\n",
    );
    const result = await importList(catalog, plant, list.lines, {
      signal: controller.signal,
      onLine: () => controller.abort(),
    });
    expect(result).toMatchObject({ status: "stopped", counts: { created: 1, pending: 2 } });
    const [, moss, reed, oak] = textOf(list.report(result.outcomes)).split("\n");
    expect(moss).toMatch(/^Moss,created,/);
    expect(reed).toBe("Reed,pending,,,,");
    expect(oak).toBe("Oak,ambiguous,x:1,,x:1 Oak,");
  });

  it("keeps in the ranked list what a run does not reach, or fails at, and takes away what the list no longer holds", async () => {
    const names = ["Sundew", "Iris", "Mint", "Heath"];
    for (const name of names) herbarium.plants.set(name, [name.toLowerCase()]);
    const held = async () =>
      (await catalog.withIdentifier("list", "bog"))[0]?.relations.map(({ item, position }) => [position, item.title]);
    const list = { kind: florilegium, name: "Bog" };
    const all = [
      [1, "Sundew"],
      [2, "Iris"],
      [3, "Mint"],
      [4, "Heath"],
    ];
    await importList(catalog, plant, names.map(query), { list });
    expect(await held()).toEqual(all);
    const limited = await importList(catalog, plant, names.map(query), { list, limit: 1 });
    expect(limited.counts).toMatchObject({ found: 1, pending: 3 });
    expect(await held()).toEqual(all);

    herbarium.failure = new AccessionError("source-unavailable", "closed");
    const failing = ["Sundew", "Nobody"].map(query);
    expect((await importList(catalog, plant, failing, { list })).counts).toMatchObject({ found: 1, failed: 1 });
    herbarium.failure = undefined;
    expect(await held()).toEqual(all.slice(0, 2));
    await importList(catalog, plant, failing, { list });
    expect(await held()).toEqual(all.slice(0, 1));
  });

  it("holds nothing twice where what it held has moved, and the line in its place was not reached", async () => {
    for (const name of ["Sundew", "Iris", "Rush"]) herbarium.plants.set(name, [name.toLowerCase()]);
    const list = { kind: florilegium, name: "Moor" };
    await importList(catalog, plant, ["Sundew", "Iris"].map(query), { list });
    herbarium.failure = new AccessionError("source-unavailable", "closed");
    const moved = await importList(catalog, plant, ["Rush", "Sundew", "Iris"].map(query), { list });
    herbarium.failure = undefined;
    expect(moved.counts).toMatchObject({ found: 2, failed: 1 });
    const [moor] = await catalog.withIdentifier("list", "moor");
    expect(moor?.relations.map(({ item, position }) => [position, item.title])).toEqual([
      [2, "Sundew"],
      [3, "Iris"],
    ]);
  });

  it("asks about as many lines as the limit allows, not counting those that are settled", async () => {
    const oak = await catalog.import(plant, { id: "oak" });
    const id = "item" in oak ? (oak.item?.id ?? "") : "";
    const list = read(`Plant,accession_status,accession_id\nRush,,\nOak,found,${id}\nSedge,,\n`);
    const result = await importList(catalog, plant, list.lines, { limit: 1 });
    expect(result.outcomes.map((one) => one.status)).toEqual(["created", "found", "pending"]);
  });

  it("asks anew about a settled line whose item the catalogue does not have", async () => {
    const id = "01890000-0000-7000-8000-000000000000";
    const { outcomes } = await importList(
      catalog,
      plant,
      read(`Plant,accession_status,accession_id\nOak,created,${id}\n`).lines,
    );
    expect(outcomes).toMatchObject([{ status: "found", item: { title: "Oak" } }]);
  });

  it("spares a source that fails line after line, and says so", async () => {
    herbarium.failure = new AccessionError("source-unavailable", "the herbarium is closed", { retryable: true });
    const lines = Array.from({ length: 20 }, (_, index) => query(`Weed ${index}`));
    const result = await importList(catalog, plant, [query("Oak"), ...lines]);
    herbarium.failure = undefined;
    expect(result).toMatchObject({
      status: "given-up",
      counts: { found: 1, failed: 5, pending: 15 },
      error: { code: "source-unavailable" },
    });
  });

  it("goes on after a failure that concerns one line alone", async () => {
    herbarium.failure = new AccessionError("source-rejected", "no such thing");
    const lines = Array.from({ length: 8 }, (_, index) => query(`Weed ${index}`));
    const result = await importList(catalog, plant, lines);
    herbarium.failure = undefined;
    expect(result).toMatchObject({ status: "complete", counts: { failed: 8 } });
  });

  it("refuses a line that its kind refuses, and no other", async () => {
    const list = read(`Plant\n${"x".repeat(1000)}\nYew\n`);
    const lines = [{ query: { name: "" } }, { fault: "a quote is never closed" }, ...list.lines];
    const { outcomes } = await importList(catalog, plant, lines);
    expect(outcomes.map((one) => one.status)).toEqual(["invalid", "invalid", "not-found", "created"]);
  });
});
