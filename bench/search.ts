import { v7 as uuid } from "uuid";
import { openCatalog } from "../src/index.ts";
import type { BenchedEngine, PlainConnection } from "./databases.ts";
import { createGeneratedMusic } from "./generated-music.ts";
import { generateName } from "./names.ts";
import type { Figure, Part } from "./report.ts";
import { median, quantile, timed } from "./statistics.ts";

/** The catalogues that are searched, smallest first, and how often. */
export interface SearchSize {
  readonly stored: readonly number[];
  readonly rounds: number;
}

const batch = 500;
const target = 20;

/** What people type, by what is asked of the search. */
const searches = {
  "the very name": ["pink floyd", "bjork", "кино", "宇多田ヒカル", "u2"],
  misspelled: ["pink flod", "bjrok", "sigur roos", "beatels", "宇多田ヒカノ"],
  "half typed, out of order or without spaces": ["flo pin", "beatl", "acdc", "sigurros", "ヒカル"],
  "words that thousands of names have": ["love", "the", "of the", "a", "lov"],
  "nothing of that name": ["zzzzqqq xxxx", "qwertzuiop", "что где когда"],
};

/** Measures how long `catalog.search` takes in catalogues of several sizes, its items loaded. */
export async function measureSearch(engines: readonly BenchedEngine[], size: SearchSize): Promise<Part> {
  const figures: Figure[] = [];
  for (const engine of engines) {
    for (const stored of size.stored) figures.push(...(await measureOn(engine, stored, size.rounds)));
  }
  return {
    title: "Search",
    method:
      "Milliseconds of one `catalog.search` for 20 items, what it finds loaded with all that is known of it: the median, " +
      `and below which 95 in 100 stay, of ${size.rounds} rounds of each sort of search.`,
    figures,
  };
}

async function measureOn(engine: BenchedEngine, stored: number, rounds: number): Promise<readonly Figure[]> {
  const { pack } = createGeneratedMusic();
  const location = await engine.location();
  await (await openCatalog({ database: location, packs: [pack] })).close();
  const connection = await engine.connect(location);
  for (let from = 0; from < stored; from += batch) await storeNames(connection, from, Math.min(batch, stored - from));
  await connection.query("vacuum analyze");
  await connection.close();
  await using catalog = await openCatalog({ database: location, packs: [pack] });
  const figures: Figure[] = [];
  for (const [sort, texts] of Object.entries(searches)) {
    const times: number[] = [];
    for (const text of texts) await catalog.search(text);
    for (let round = 0; round < rounds; round += 1) {
      for (const text of texts) times.push(await timed(() => catalog.search(text)));
    }
    const slow = quantile(times, 0.95);
    // Only what the issue promises is a target.
    const promised = engine.name === "PostgreSQL" && stored === 100_000;
    figures.push({
      what: `${engine.name}, ${stored.toLocaleString("en")} items: ${sort}`,
      measured: `${median(times).toFixed(1)} ms, 95 %: ${slow.toFixed(1)} ms`,
      ...(promised && { target: `95 %: < ${target} ms`, met: slow < target }),
    });
  }
  return figures;
}

/** Stores items that have a name and no more, past the engine, but not past what notes the words of their names. */
async function storeNames(connection: PlainConnection, from: number, count: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, index) => {
    const name = generateName(from + index);
    const alias = (from + index) % 3 === 0 ? [generateName(from + index + 10_000_000)] : [];
    return { id: uuid(), name, keys: [...new Set([name, ...alias])] };
  });
  await connection.query(
    `insert into accession.item (id, kind, title, attributes, name_keys)
     select id, 'music.artist', name, jsonb_build_object('name', name), keys
     from jsonb_to_recordset($1::jsonb) as r(id uuid, name text, keys text[])`,
    [JSON.stringify(rows)],
  );
}
