import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AccessionError, type Catalog } from "../../src/index.ts";
import { importList, type ListImportOptions, type ListImportResult } from "../../src/lists/import-list.ts";
import { openListFile } from "../../src/lists/list-file.ts";
import { plant } from "../support/spoken-provider.ts";
import { createTemporaryFolder } from "../support/temporary-folder.ts";
import { createHerbarium, florilegium, type Herbarium } from "./herbarium.ts";

const bare = "Fern,";
const detailed = "Fern,Family of fern-b";
let herbarium: Herbarium;
let catalog: Catalog;
let folder: string;
beforeEach(async () => {
  herbarium = createHerbarium();
  herbarium.plants.set("Fern", ["fern-a", "fern-b", "fern-c"]);
  herbarium.plants.set("Oak", ["oak"]);
  catalog = await herbarium.open("memory:");
  folder = await createTemporaryFolder();
});
afterEach(() => catalog.close());

type PlantResult = ListImportResult<typeof plant>;

/** Imports the rows as a list of their own, or, without any, the file as it is. */
async function run(
  file: string,
  rows?: readonly string[],
  options: ListImportOptions<typeof plant> & { readonly report?: string } = {},
): Promise<PlantResult> {
  const path = join(folder, file);
  if (rows) await writeFile(path, `Plant,Family\n${rows.join("\n")}\n`);
  const { list, report } = await openListFile(
    plant,
    path,
    options.report === undefined ? {} : { report: join(folder, options.report) },
  );
  const result = await importList(catalog, plant, list.lines, options);
  await report.write(list.report(result.outcomes));
  return result;
}

const statuses = ({ outcomes }: PlantResult): readonly string[] => outcomes.map((one) => one.status);
const read = (file: string): Promise<string> => readFile(join(folder, file), "utf8");
const candidates = /^Fern,,ambiguous,,,flora\.plant:fern-a.*fern-b.*fern-c.*,3 fit/m;

describe("a bare line of a list whose source knows several namesakes", () => {
  it.each([
    ["before", [bare, detailed]],
    ["after", [detailed, bare]],
  ])(
    "waits for a person where it stands %s a line that names one of them, and in every further run",
    async (_, rows) => {
      const list = { kind: florilegium, name: "Ferns" };
      const expected = rows.map((row) => (row === bare ? "ambiguous" : "created"));
      expect(statuses(await run("a.csv", rows, { list }))).toEqual(expected);
      expect(await read("a.report.csv")).toMatch(candidates);

      const further = expected.map((status) => status.replace("created", "found"));
      const again = await run("a.csv", undefined, { list });
      expect(statuses(again)).toEqual(further);
      expect(again.list?.relations).toHaveLength(1);
      expect(await read("a.report.csv")).toMatch(candidates);
      for (let count = 0; count < 2; count += 1) {
        expect(statuses(await run("a.report.csv"))).toEqual(further);
        expect(await read("a.report.csv")).toMatch(candidates);
      }
    },
  );

  it("still waits after somebody has imported one of them for another reason, and is settled by an answer", async () => {
    expect(statuses(await run("a.csv", [bare, "Oak,"]))).toEqual(["ambiguous", "created"]);
    await catalog.import(plant, { id: "fern-c" });
    // Sorted since: lines are told by what they ask.
    expect(statuses(await run("a.csv", ["Oak,", bare]))).toEqual(["found", "ambiguous"]);
    expect(statuses(await run("a.report.csv"))).toEqual(["found", "ambiguous"]);
    await catalog.import(plant, { name: "Fern" }, { match: "fern-a" });
    const { outcomes } = await run("a.report.csv");
    expect(outcomes[1]).toMatchObject({ status: "found", item: { attributes: { family: "Family of fern-a" } } });
  });

  it("still waits where the report goes elsewhere than the one before", async () => {
    await run("a.csv", [bare, detailed]);
    expect(statuses(await run("a.csv", undefined, { report: "b.csv" }))).toEqual(["ambiguous", "found"]);
    expect(await read("b.csv")).toMatch(candidates);
  });

  it("is the same as its repetition, which costs no request in a further run either", async () => {
    herbarium.plants.set("Fern", ["fern-b"]);
    expect(statuses(await run("a.csv", [bare, bare], { limit: 1 }))).toEqual(["created", "pending"]);
    const [header = "", created = "", pending = ""] = (await read("a.report.csv")).split("\n");
    await writeFile(join(folder, "a.report.csv"), `${header}\n${pending}\n${created}\n`);
    expect(statuses(await run("a.report.csv"))).toEqual(["found", "found"]);
    expect(herbarium.searched).toEqual(["Fern"]);
  });

  it("is settled once the source decides it", async () => {
    await run("a.csv", [bare]);
    await catalog.import(plant, { id: "fern-c" });
    herbarium.plants.set("Fern", ["fern-b"]);
    const { outcomes } = await run("a.report.csv");
    expect(outcomes).toMatchObject([{ status: "created", item: { attributes: { family: "Family of fern-b" } } }]);
  });

  it("is not settled by a run that broke off before it, nor by one in which the source failed", async () => {
    await run("a.csv", [detailed, bare]);
    const controller = new AbortController();
    const stopped = { signal: controller.signal, onLine: () => controller.abort() };
    expect(statuses(await run("a.csv", undefined, stopped))).toEqual(["found", "pending"]);
    expect(await read("a.report.csv")).toMatch(/^Fern,,ambiguous,,,,"several fit/m);
    herbarium.failure = new AccessionError("source-unavailable", "the herbarium is closed", { retryable: true });
    expect(statuses(await run("a.csv"))).toEqual(["found", "failed"]);
    herbarium.failure = undefined;
    expect(statuses(await run("a.csv"))).toEqual(["found", "ambiguous"]);
    expect(await read("a.report.csv")).toMatch(candidates);
  });

  it("is not settled by a line that an earlier run brought in, where that run did not reach it", async () => {
    expect(statuses(await run("a.csv", [bare, detailed].toReversed(), { limit: 1 }))).toEqual(["created", "pending"]);
    expect(statuses(await run("a.report.csv"))).toEqual(["found", "ambiguous"]);
    expect(statuses(await run("b.csv", [detailed, "Oak,", bare], { dryRun: true }))).toEqual([
      "found",
      "created",
      "found",
    ]);
  });

  it("is found by name where the catalogue had the item before the list was first imported", async () => {
    await catalog.import(plant, { id: "fern-c" });
    const { outcomes, requests } = await run("a.csv", [detailed, bare, bare]);
    expect(outcomes.map((one) => ("item" in one ? one.item.attributes.family : one.status))).toEqual([
      "Family of fern-b",
      "Family of fern-c",
      "Family of fern-c",
    ]);
    expect(requests).toBe(0);
    expect(herbarium.searched).toEqual(["Fern"]);
  });
});
