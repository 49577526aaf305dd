import { type Catalog, openCatalog, summary } from "../src/index.ts";
import { artist } from "../src/music/index.ts";
import { generateArtist } from "./artists.ts";
import type { BenchedEngine } from "./databases.ts";
import { fill } from "./fill.ts";
import { createGeneratedMusic } from "./generated-music.ts";
import type { Figure, Part } from "./report.ts";
import { median, timed } from "./statistics.ts";

/** The sizes that are compared, smallest first, and for how long. */
export interface FlatnessSize {
  readonly stored: readonly number[];
  readonly warmUp: number;
  readonly blocks: number;
  readonly block: number;
}

/** Measures whether an import takes as long in a large catalogue as in a small one. */
export async function measureFlatness(engines: readonly BenchedEngine[], size: FlatnessSize): Promise<Part> {
  const figures: Figure[] = [];
  for (const engine of engines) figures.push(...(await measureOn(engine, size)));
  return {
    title: "Flatness",
    method:
      "New artists a second in catalogues that hold more and more artists already, all open in one process, in turn, " +
      `block by block; medians of ${size.blocks} blocks of ${size.block}. The ratio is of the smallest to the largest.`,
    figures,
  };
}

async function measureOn(engine: BenchedEngine, size: FlatnessSize): Promise<readonly Figure[]> {
  const music = createGeneratedMusic();
  // Numbers that no catalogue was filled with.
  let next = Math.max(...size.stored);
  const catalogs: { readonly stored: number; readonly catalog: Catalog; readonly times: number[] }[] = [];
  for (const stored of size.stored) {
    const location = await engine.location();
    await (await openCatalog({ database: location, packs: [music.pack] })).close();
    const connection = await engine.connect(location);
    await fill(connection, 0, stored);
    await connection.close();
    catalogs.push({ stored, catalog: await openCatalog({ database: location, packs: [music.pack] }), times: [] });
  }

  async function importBlock(catalog: Catalog, count: number): Promise<number> {
    const artists = Array.from({ length: count }, (_, index) => generateArtist(next + index));
    next += count;
    for (const one of artists) music.tell(one);
    return timed(async () => {
      for (const { mbid } of artists) {
        const result = await catalog.import(artist, { musicbrainzId: mbid });
        if (result.status !== "created") throw new Error(summary(result));
      }
    });
  }
  for (const { catalog } of catalogs) await importBlock(catalog, size.warmUp);
  for (let block = 0; block < size.blocks; block += 1) {
    for (const { catalog, times } of catalogs) times.push(await importBlock(catalog, size.block));
  }
  for (const { catalog } of catalogs) await catalog.close();

  const rates = catalogs.map(({ stored, times }) => ({ stored, rate: (size.block / median(times)) * 1_000 }));
  const [first, last] = [rates[0]?.rate ?? Number.NaN, rates.at(-1)?.rate ?? Number.NaN];
  const slowdown = first / last;
  return [
    ...rates.map(({ stored, rate }) => ({
      what: `${engine.name}: new artists a second with ${stored.toLocaleString("en")} stored`,
      measured: rate.toFixed(0),
    })),
    {
      what: `${engine.name}: ratio`,
      measured: slowdown.toFixed(2),
      target: "≤ 1.2",
      met: slowdown <= 1.2,
      note: slowdown <= 1.2 ? undefined : `${(slowdown - 1.2).toFixed(2)} too much`,
    },
  ];
}
