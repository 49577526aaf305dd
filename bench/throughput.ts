import { openCatalog, summary } from "../src/index.ts";
import { artist } from "../src/music/index.ts";
import { type GeneratedArtist, generateArtist } from "./artists.ts";
import type { BenchedEngine } from "./databases.ts";
import { createGeneratedMusic } from "./generated-music.ts";
import { artistRows, storeByHand } from "./hand-written.ts";
import { atLeast, type Figure, type Part } from "./report.ts";
import { digestRows, requireSameRows } from "./same-rows.ts";
import { median, middleHalf, timed } from "./statistics.ts";

/** How long a throughput run is: blocks of artists, the two sides in turn. */
export interface ThroughputSize {
  readonly warmUp: number;
  readonly blocks: number;
  readonly block: number;
}

/** What a throughput run came to. */
interface Throughput {
  /** New artists a second by `catalog.import`, the median of the blocks. */
  readonly imported: number;
  /** New artists a second by hand-written SQL, the median of the blocks. */
  readonly byHand: number;
  /** For each pair of neighbouring blocks, the one over the other. */
  readonly ratios: readonly number[];
}

/** Measures throughput on each engine. */
export async function throughputPart(engines: readonly BenchedEngine[], size: ThroughputSize): Promise<Part> {
  const figures: Figure[] = [];
  for (const engine of engines) {
    const { imported, byHand, ratios } = await measureThroughput(engine, size);
    const [low, high] = middleHalf(ratios).map((ratio) => ratio.toFixed(2));
    figures.push(
      { what: `${engine.name}: new artists a second by \`catalog.import\``, measured: imported.toFixed(0) },
      { what: `${engine.name}: by hand-written SQL`, measured: byHand.toFixed(0) },
      atLeast(`${engine.name}: ratio`, median(ratios), 0.6, `half of the blocks within ${low}–${high}`),
    );
  }
  return {
    title: "Throughput",
    method:
      "New artists a second in one process, one after the other, from a source that answers at once, beside hand-written " +
      "SQL that stores the same rows: one transaction an artist, one multi-row statement a table, on a connection of the " +
      `driver's own. Medians of ${size.blocks} pairs of blocks of ${size.block}, the two sides in turn; afterwards both ` +
      "catalogues hold the same rows.",
    figures,
  };
}

/**
 * Stores the same new artists by `catalog.import` and by hand-written SQL, one after the other in one process, in
 * alternating blocks so that whatever else the machine does hits both, and makes sure that both stored the same rows.
 */
async function measureThroughput(engine: BenchedEngine, size: ThroughputSize): Promise<Throughput> {
  const music = createGeneratedMusic();
  const [ours, theirs] = [await engine.location(), await engine.location()];
  // Opened once so that its tables are there.
  await (await openCatalog({ database: theirs, packs: [music.pack] })).close();
  const catalog = await openCatalog({ database: ours, packs: [music.pack] });
  const plain = await engine.connect(theirs);

  async function importAll(artists: readonly GeneratedArtist[]): Promise<void> {
    for (const { mbid } of artists) {
      const result = await catalog.import(artist, { musicbrainzId: mbid });
      if (result.status !== "created") throw new Error(summary(result));
    }
  }
  async function compare(from: number, count: number): Promise<{ readonly imported: number; readonly byHand: number }> {
    const artists = Array.from({ length: count }, (_, index) => generateArtist(from + index));
    for (const one of artists) music.tell(one);
    const byHand = async (): Promise<void> => {
      for (const one of artists) await storeByHand(plain, artistRows(one));
    };
    // Each side is first in every other block.
    const first = (from / count) % 2 === 0;
    const before = first ? await timed(() => importAll(artists)) : await timed(byHand);
    const after = first ? await timed(byHand) : await timed(() => importAll(artists));
    const rate = (milliseconds: number): number => (count / milliseconds) * 1_000;
    return { imported: rate(first ? before : after), byHand: rate(first ? after : before) };
  }

  await compare(0, size.warmUp);
  const blocks: { readonly imported: number; readonly byHand: number }[] = [];
  for (let block = 0; block < size.blocks; block += 1) {
    blocks.push(await compare(size.warmUp + block * size.block, size.block));
  }
  await catalog.close();
  const plainOurs = await engine.connect(ours);
  requireSameRows(await digestRows(plainOurs), await digestRows(plain));
  await plainOurs.close();
  await plain.close();
  return {
    imported: median(blocks.map((one) => one.imported)),
    byHand: median(blocks.map((one) => one.byHand)),
    ratios: blocks.map((one) => one.imported / one.byHand),
  };
}
