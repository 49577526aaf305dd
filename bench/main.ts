/**
 * `npm run bench [-- PART…] [-- --quick]` measures what issue "Physics, kept as a bench" promises, prints it and writes
 * it to `bench/RESULTS.md`, each part as it ends. Parts: counts, throughput, releases, load, large-load,
 * large-load-pglite, search, flatness, jobs, processes; without any, all. A run of some parts renews theirs; one with
 * --quick only prints.
 */
import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { countParts } from "./counts.ts";
import { type BenchedEngine, startEngines } from "./databases.ts";
import { measureFlatness } from "./flatness.ts";
import { measureJobs } from "./jobs.ts";
import { measureLargeLoad, measureLargePgliteLoad, measureLoads } from "./load.ts";
import { measureProcesses } from "./process-figures.ts";
import { measureReleases } from "./releases.ts";
import { circumstances, page, type Part, renewed } from "./report.ts";
import { measureSearch } from "./search.ts";
import { throughputPart } from "./throughput.ts";

const sizes = {
  full: {
    throughput: { warmUp: 500, blocks: 100, block: 20 },
    flatness: { stored: [1_000, 10_000, 100_000], warmUp: 200, blocks: 40, block: 20 },
    jobs: { pickUps: 200, idle: 2_000, blocks: 5, slow: 300, bulk: 50_000, waiting: { few: 1_000, many: 100_000 } },
    releases: { warmUp: 10, albums: 50 },
    load: [
      { count: 10_000, times: 5 },
      { count: 100_000, times: 3 },
    ],
    largeLoad: { count: 1_000_000, times: 2 },
    largePgliteLoad: { count: 1_000_000, times: 1 },
    search: { stored: [1_000, 10_000, 100_000], rounds: 20 },
    repeats: 5,
  },
  quick: {
    throughput: { warmUp: 100, blocks: 20, block: 10 },
    flatness: { stored: [100, 1_000], warmUp: 50, blocks: 10, block: 10 },
    jobs: { pickUps: 30, idle: 500, blocks: 2, slow: 60, bulk: 10_000, waiting: { few: 1_000, many: 20_000 } },
    releases: { warmUp: 3, albums: 10 },
    load: [{ count: 1_000, times: 2 }],
    largeLoad: { count: 2_000, times: 1 },
    largePgliteLoad: { count: 2_000, times: 1 },
    search: { stored: [1_000, 10_000], rounds: 5 },
    repeats: 2,
  },
};

const { positionals, values } = parseArgs({ allowPositionals: true, options: { quick: { type: "boolean" } } });
const size = values.quick === true ? sizes.quick : sizes.full;
const parts: Readonly<Record<string, (engines: readonly BenchedEngine[]) => Promise<Part>>> = {
  counts: countParts,
  throughput: (engines) => throughputPart(engines, size.throughput),
  releases: (engines) => measureReleases(engines, size.releases),
  load: (engines) => measureLoads(engines, size.load),
  "large-load": () => measureLargeLoad(size.largeLoad),
  "large-load-pglite": (engines) => measureLargePgliteLoad(engines, size.largePgliteLoad),
  search: (engines) => measureSearch(engines, size.search),
  flatness: (engines) => measureFlatness(engines, size.flatness),
  jobs: (engines) => measureJobs(engines, size.jobs),
  processes: (engines) =>
    measureProcesses(engines.find((one) => one.name === "PGlite") ?? fail("no PGlite"), size.repeats),
};

function fail(why: string): never {
  throw new Error(why);
}

const unknown = positionals.find((name) => !(name in parts));
if (unknown !== undefined) fail(`There is no part "${unknown}"; there are ${Object.keys(parts).join(", ")}`);
await using engines = await startEngines();
const when = await circumstances(engines.all);
const results = new URL("RESULTS.md", import.meta.url);
const measured: Part[] = [];
for (const [name, measure] of Object.entries(parts)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  console.error(`measuring ${name} …`);
  measured.push(await measure(engines.all));
  if (values.quick !== true) await writeFile(results, renewed(await readFile(results, "utf8"), measured, when));
}
if (values.quick === true) console.error("Small sizes, rough figures.");
console.log(page(measured, when));
