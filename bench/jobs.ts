import { setTimeout as pause } from "node:timers/promises";
import {
  type Catalog,
  contributed,
  defineImporter,
  definePack,
  defineProvider,
  notFound,
  openCatalog,
} from "../src/index.ts";
import { artist } from "../src/music/index.ts";
import { type BareQueue, openBareQueue } from "./bare-queue.ts";
import type { BenchedEngine } from "./databases.ts";
import { fill } from "./fill.ts";
import { atLeast, type Figure, type Part } from "./report.ts";
import { median, quantile, timed } from "./statistics.ts";

/** How long the runs about jobs are. */
export interface JobsSize {
  /** Jobs whose pick-up is timed, one after the other. */
  readonly pickUps: number;
  /** Jobs in a block that do nothing, and blocks. */
  readonly idle: number;
  readonly blocks: number;
  /** Jobs that take 300 ms each. */
  readonly slow: number;
  /** Items that a provider is filled over. */
  readonly bulk: number;
  /** Jobs that wait while some are claimed. */
  readonly waiting: { readonly few: number; readonly many: number };
}

/** Jobs at once, on either side. */
const slots = 10;

/** A catalogue of artists with a provider that takes as long as it is told, and tells when it is called. */
async function openArtists(engine: BenchedEngine, count: number) {
  const database = await engine.location();
  let takes = 0;
  let onCall: () => void = () => undefined;
  const provider = defineProvider(artist, {
    name: "busy",
    run: "background",
    job: { concurrency: slots },
    async provide() {
      onCall();
      if (takes > 0) await pause(takes);
      return notFound;
    },
  });
  const generated = defineProvider(artist, { name: "generated", provide: async () => contributed({}) });
  const pack = definePack({
    name: "bench",
    importers: [defineImporter({ kind: artist, providers: [generated, provider] })],
  });
  await (await openCatalog({ database, packs: [pack] })).close();
  const plain = await engine.connect(database);
  await fill(plain, 0, count);
  await plain.close();
  const catalog = await openCatalog({ database, packs: [pack] });
  return {
    database,
    catalog,
    take: (milliseconds: number) => void (takes = milliseconds),
    hear: (listener: () => void) => void (onCall = listener),
  };
}

/** Measures jobs on each engine, beside pg-boss alone. */
export async function measureJobs(engines: readonly BenchedEngine[], size: JobsSize): Promise<Part> {
  const figures: Figure[] = [];
  for (const engine of engines) {
    await using bare = await openBareQueue(engine, slots);
    const ours = await openArtists(engine, Math.max(size.idle, size.slow, size.pickUps));
    figures.push(...(await pickUpFigures(engine, ours, bare, size.pickUps)));
    figures.push(...(await throughputFigures(engine, ours, bare, size)));
    await ours.catalog.close();
    if (engine.name === "PostgreSQL") figures.push(...(await bulkFigures(engine, size)));
  }
  return {
    title: "Jobs",
    method:
      `A worker with ${slots} slots beside pg-boss alone with as many, in one process, in turn. Alone, pg-boss claims a job ` +
      "and completes it, one job a slot, and knows nothing else; beside it stands pg-boss with a handler that keeps a ledger by hand, one " +
      "statement when a try begins and one when it ends. Pick-up: from the commit that enqueues to the call of the provider, " +
      "in an idle worker. Claims: fetching from a queue in which " +
      "so many jobs wait.",
    figures,
  };
}

type Ours = Awaited<ReturnType<typeof openArtists>>;

async function pickUpFigures(engine: BenchedEngine, ours: Ours, bare: BareQueue, count: number): Promise<Figure[]> {
  const { catalog } = ours;
  const worker = await catalog.jobs.work();
  const items = (await catalog.search("", { limit: count })).map((item) => item.id);
  const mine: number[] = [];
  for (const item of items) {
    const called = new Promise<number>((resolve) => ours.hear(() => resolve(performance.now())));
    await catalog.enrich(item, { providers: ["busy"] });
    const committed = performance.now();
    mine.push(Math.max(0, (await called) - committed));
    await catalog.jobs.wait(item);
  }
  await worker.close();
  const theirs = await bare.pickUps(count);
  const shown = (times: readonly number[]): string =>
    `${quantile(times, 0.5).toFixed(1)} ms, ${quantile(times, 0.95).toFixed(1)} ms`;
  return [
    { what: `${engine.name}: pick-up, half and 95 % of jobs within`, measured: shown(mine) },
    { what: `${engine.name}: the same by pg-boss alone`, measured: shown(theirs) },
  ];
}

/** Jobs a second of a catalogue whose worker finds them all waiting. */
async function rateOfOurs({ catalog }: Ours, count: number): Promise<number> {
  await catalog.jobs.cancel();
  await catalog.jobs.backfill({ provider: "busy", which: 0, limit: count });
  const settled = Promise.withResolvers<void>();
  let left = count;
  const end = catalog.on("run-settled", () => ((left -= 1) === 0 ? settled.resolve() : undefined));
  const worker = await catalog.jobs.work();
  const milliseconds = await timed(() => settled.promise);
  await worker.close();
  end();
  return (count / milliseconds) * 1_000;
}

async function throughputFigures(
  engine: BenchedEngine,
  ours: Ours,
  bare: BareQueue,
  size: JobsSize,
): Promise<Figure[]> {
  ours.hear(() => undefined);
  await settleAll(ours.catalog);
  const figures: Figure[] = [];
  for (const [takes, count, blocks] of [
    [0, size.idle, size.blocks],
    [300, size.slow, 1],
  ] as const) {
    ours.take(takes);
    const [mine, alone, byHand]: [number[], number[], number[]] = [[], [], []];
    for (let block = 0; block < blocks; block += 1) {
      mine.push(await rateOfOurs(ours, count));
      alone.push(await bare.rate(count, takes, "alone"));
      byHand.push(await bare.rate(count, takes, "with ledger"));
    }
    const kind = takes === 0 ? "jobs that do nothing" : `jobs of ${takes} ms`;
    figures.push(
      { what: `${engine.name}: ${kind}, a second`, measured: median(mine).toFixed(0) },
      { what: `${engine.name}: by pg-boss alone`, measured: median(alone).toFixed(0) },
      atLeast(`${engine.name}: ${kind}, ratio to pg-boss alone`, median(mine) / median(alone), 0.8),
      atLeast(`${engine.name}: ${kind}, ratio to pg-boss with a ledger by hand`, median(mine) / median(byHand), 0.8),
    );
  }
  return figures;
}

/** Gives every item a run of the provider that is over. */
async function settleAll(catalog: Catalog): Promise<void> {
  await catalog.jobs.backfill({ provider: "busy", which: "missing" });
  const worker = await catalog.jobs.work();
  while ((await catalog.jobs.list({ states: ["queued", "running"], limit: 1 })).length > 0) await pause(50);
  await worker.close();
}

async function bulkFigures(engine: BenchedEngine, { bulk, waiting }: JobsSize): Promise<Figure[]> {
  const { few, many } = waiting;
  const { database, catalog } = await openArtists(engine, Math.max(bulk, many));
  const options = { provider: "busy", which: "missing" } as const;
  await catalog.jobs.backfill({ ...options, limit: few });
  await using queue = await openBareQueue(engine, slots, { database, queue: "busy" });
  const little = await queue.claims(100);
  const milliseconds = await timed(() => catalog.jobs.backfill({ ...options, limit: bulk }));
  await catalog.jobs.backfill({ ...options, limit: many - bulk - few });
  const much = await queue.claims(100);
  await catalog.close();
  const rate = (bulk / milliseconds) * 1_000;
  const shown = (times: readonly number[]): string =>
    `${quantile(times, 0.5).toFixed(2)} ms, ${quantile(times, 0.95).toFixed(2)} ms`;
  return [
    {
      what: `${engine.name}: items a second that a provider is filled over`,
      measured: rate.toFixed(0),
      target: "≥ 10000",
      met: rate >= 10_000,
    },
    { what: `${engine.name}: claims among ${few} jobs that wait, half and 95 % within`, measured: shown(little) },
    { what: `${engine.name}: claims among ${many}`, measured: shown(much) },
  ];
}
