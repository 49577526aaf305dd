/**
 * Measures what it costs to load a dump: documents a second of `catalog.load`, the memory that it takes, whether it slows
 * down as the catalogue grows, and a bare COPY of the same lines beside it. `node bench/load.ts FILE LOCATION COUNT` is one
 * such load, in the process of its own that its memory is told of.
 */
import { spawn } from "node:child_process";
import { createReadStream, createWriteStream, openAsBlob } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { PGlite } from "@electric-sql/pglite";
import { Client } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { openDump } from "../src/dumps/dump.ts";
import { keepHeapSmall, loadPageCache } from "../src/command/load-memory.ts";
import { prepareCatalogue } from "../src/command/prepare-catalogue.ts";
import { openCatalog } from "../src/index.ts";
import { artist, music } from "../src/music/index.ts";
import { type BenchedEngine, startEngines } from "./databases.ts";
import { artistLines } from "./dump-documents.ts";
import type { Figure, Part } from "./report.ts";
import { timed } from "./statistics.ts";

/** What a load in a process of its own came to. */
interface Loaded {
  readonly seconds: number;
  /** Documents a second in the second tenth, after everything is warm, and in the last. */
  readonly early: number;
  readonly late: number;
  /** Documents a second of each of the {@link decades} that is whole. */
  readonly decades: readonly { readonly end: number; readonly rate: number }[];
  /** MiB, at most. */
  readonly memory: number;
}

const self = fileURLToPath(import.meta.url);
/** One line is one value: no document has these characters, which JSON writes otherwise. */
const copyLines = String.raw`(format csv, quote e'\x01', delimiter e'\x02')`;
/** Documents a second that are wanted of a load, on two cores, and MiB that it may take, which are 400 MB. */
const wanted = { PGlite: 1_500, PostgreSQL: 4_000 };
/** A smaller load mostly starts up. */
const fewestJudged = 10_000;
/** The last documents of decades, in which the speed is to stay the same: from the 10,000th, and from the 100,000th. */
const decades = [100_000, 1_000_000];
const mostMemory = 400e6 / 1024 ** 2;
/** Documents of which PGlite's COPY holds the text as a whole. */
const mostInOnePiece = 100_000;

/**
 * A server that is to take a million documents: a quarter of 8 GB of memory for its pages, and room for what it logs
 * between two checkpoints, as PostgreSQL's own guides advise.
 * https://www.postgresql.org/docs/current/runtime-config-resource.html, https://www.postgresql.org/docs/current/populate.html
 */
const roomy = { shared_buffers: "2GB", max_wal_size: "8GB", checkpoint_timeout: "15min" };

/** Loads of so many documents that are to be measured. */
export interface MeasuredLoads {
  readonly count: number;
  /** How many, each into a new catalogue. */
  readonly times: number;
}

/** Measures loads, each into a new catalogue. */
export async function measureLoads(engines: readonly BenchedEngine[], loads: readonly MeasuredLoads[]): Promise<Part> {
  return {
    title: "Loading a dump",
    method: `${method} PostgreSQL is as it comes.`,
    figures: await measureAll(engines, loads),
  };
}

/** Measures loads of very many documents into PGlite. */
export async function measureLargePgliteLoad(engines: readonly BenchedEngine[], loads: MeasuredLoads): Promise<Part> {
  return {
    title: "Loading a large dump into PGlite",
    method: `${method} The bare COPY is left out: PGlite takes what is copied in one piece.`,
    figures: await measureAll(
      engines.filter((one) => one.name === "PGlite"),
      [loads],
    ),
  };
}

/** Measures loads of very many documents into a PostgreSQL server that is set up for it. */
export async function measureLargeLoad(loads: MeasuredLoads): Promise<Part> {
  await using engines = await startEngines(roomy);
  const settings = Object.entries(roomy).map((setting) => `\`${setting.join(" = ")}\``);
  return {
    title: "Loading a large dump",
    method: `${method} PostgreSQL has ${settings.join(", ")}.`,
    figures: await measureAll(
      engines.all.filter((one) => one.name === "PostgreSQL"),
      [loads],
    ),
  };
}

const method =
  "Documents a second of `catalog.load` into a new catalogue, from a file of made-up artists that are of the size and " +
  "shape of MusicBrainz's, each load in a process of its own; beside it a bare COPY of the same lines into a table with " +
  "one jsonb column. Of several loads the fastest is told, since what else a machine does only ever makes one slower, and " +
  "the memory of the largest. Flatness is the speed in the second tenth over that in the last.";

async function measureAll(
  engines: readonly BenchedEngine[],
  loads: readonly MeasuredLoads[],
): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "accession-load-"));
  const figures: Figure[] = [];
  try {
    for (const { count, times } of loads) {
      const file = join(folder, `${count}.ndjson`);
      await pipeline(Readable.from(ended(artistLines(count))), createWriteStream(file));
      for (const engine of engines) figures.push(...(await measureOn(engine, file, count, times)));
      await rm(file);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return figures;
}

async function measureOn(
  engine: BenchedEngine,
  file: string,
  count: number,
  times: number,
): Promise<readonly Figure[]> {
  const what = `${engine.name}, ${count} documents`;
  const all: Loaded[] = [];
  for (let time = 0; time < times; time += 1) all.push(await inOwnProcess(file, await engine.location(), count));
  const [loaded, ...slower] = all.toSorted((left, right) => left.seconds - right.seconds);
  if (!loaded) throw new Error("nothing was loaded");
  const speed = count / loaded.seconds;
  const memory = Math.max(...all.map((one) => one.memory));
  const figures: Figure[] = [
    {
      what: `${what}: documents a second by \`catalog.load\``,
      measured: speed.toFixed(0),
      ...(count >= fewestJudged && { target: `≥ ${wanted[engine.name]}`, met: speed >= wanted[engine.name] }),
      ...(slower.length > 0 && {
        note: `the others: ${slower.map((one) => (count / one.seconds).toFixed(0)).join(", ")}`,
      }),
    },
    {
      what: `${what}: memory at most`,
      measured: `${memory.toFixed(0)} MiB`,
      target: `≤ ${mostMemory.toFixed(0)} MiB`,
      met: memory <= mostMemory,
    },
    { what: `${what}: flatness`, measured: (loaded.early / loaded.late).toFixed(2) },
    ...loaded.decades.map(({ end, rate }) => ({
      what: `${what}: a second from the ${end / 10}th to the ${end}th`,
      measured: rate.toFixed(0),
    })),
  ];
  if (engine.name === "PGlite" && count > mostInOnePiece) return figures;
  const location = await engine.location();
  const copied = (await (engine.name === "PGlite" ? copyIntoPglite(file) : copyIntoPostgres(file, location))) / 1000;
  return [
    ...figures,
    { what: `${what}: documents a second by COPY`, measured: (count / copied).toFixed(0) },
    { what: `${what}: share of COPY's speed`, measured: `${((100 * copied) / loaded.seconds).toFixed(1)} %` },
  ];
}

async function copyIntoPostgres(file: string, location: string): Promise<number> {
  const client = new Client({ connectionString: location });
  await client.connect();
  await client.query("create table raw (document jsonb)");
  const time = await timed(async () =>
    pipeline(createReadStream(file), client.query(copyFrom(`copy raw from stdin with ${copyLines}`))),
  );
  await client.end();
  return time;
}

async function copyIntoPglite(file: string): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "accession-copy-"));
  const pglite = await PGlite.create({ dataDir: folder });
  await pglite.query("create table raw (document jsonb)");
  const blob = await openAsBlob(file);
  const time = await timed(() => pglite.query(`copy raw from '/dev/blob' with ${copyLines}`, [], { blob }));
  await pglite.close();
  await rm(folder, { recursive: true, force: true });
  return time;
}

/** Loads in a new process, so that its memory is that of this load alone. */
async function inOwnProcess(file: string, location: string, count: number): Promise<Loaded> {
  const child = spawn(process.execPath, [self, file, location, String(count)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  for await (const chunk of child.stdout.setEncoding("utf8")) output += String(chunk);
  return JSON.parse(output) as Loaded;
}

async function loadHere(file: string, location: string, count: number): Promise<Loaded> {
  // As the command does.
  prepareCatalogue(location, "long");
  keepHeapSmall(location);
  const catalog = await openCatalog({ database: location, packs: [music()], pageCache: loadPageCache });
  const dump = await openDump(file);
  const reports: { readonly at: number; readonly done: number }[] = [];
  const time = await timed(async () => {
    const result = await catalog.load(artist, dump.lines(), {
      name: basename(file),
      onProgress: ({ done }) => void reports.push({ at: performance.now(), done }),
    });
    if (result.counts.created !== count) throw new Error(`loaded ${JSON.stringify(result)}`);
  });
  await dump.close();
  await catalog.close();
  const between = (low: number, high: number): number => {
    const first = reports.find(({ done }) => done >= low);
    const last = reports.find(({ done }) => done >= high);
    return first && last ? (1000 * (last.done - first.done)) / (last.at - first.at) : Number.NaN;
  };
  return {
    seconds: time / 1000,
    early: between(0.1 * count, 0.2 * count),
    late: between(0.9 * count, count),
    decades: decades.filter((end) => end <= count).map((end) => ({ end, rate: between(end / 10, end) })),
    memory: await memoryAtMost(),
  };
}

/** MiB that this process has had at most. Linux counts a parent's memory into its child's `maxRSS`, and not into this. */
async function memoryAtMost(): Promise<number> {
  if (process.platform !== "linux") return process.resourceUsage().maxRSS / 1024;
  const [, kilobytes] = /^VmHWM:\s+(\d+)/m.exec(await readFile("/proc/self/status", "utf8")) ?? [];
  return Number(kilobytes) / 1024;
}

async function* ended(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`;
}

if (process.argv[1] === self) {
  const [, , file = "", location = "", count = ""] = process.argv;
  console.log(JSON.stringify(await loadHere(file, location, Number(count))));
}
