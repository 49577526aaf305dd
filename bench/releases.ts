import { type Catalog, openCatalog } from "../src/index.ts";
import { music, release } from "../src/music/index.ts";
import { benchAlbums } from "../src/sandbox/data/bench-players.ts";
import { openSandbox } from "../src/sandbox/open-sandbox.ts";
import type { BenchedEngine, PlainConnection } from "./databases.ts";
import { albumMbid, createGeneratedShelf } from "./generated-shelf.ts";
import type { Figure, Part } from "./report.ts";
import { median, timed } from "./statistics.ts";

/** How many albums are imported, each with its releases. */
export interface ReleasesSize {
  readonly warmUp: number;
  readonly albums: number;
}

const shelf = { releases: 5, tracks: 10 };
/** Tables in the order in which they can be filled. */
const tables = ["item", "contribution", "identifier", "relation", "provider_run"];

/** Counts what importing all releases of an album costs, and measures how fast it is where the source answers at once. */
export async function measureReleases(engines: readonly BenchedEngine[], size: ReleasesSize): Promise<Part> {
  const figures: Figure[] = [];
  for (const engine of engines) figures.push(...(await countOn(engine)), ...(await speedOn(engine, size)));
  return {
    title: "All releases of an album",
    method:
      "Statements (`begin` and `commit` and those of the rate slot and the snapshot included) and requests of " +
      "`catalog.importMany`, over HTTP from the sandbox, with 10 tracks a release; the album is new and imported on the way. " +
      `Then albums with ${shelf.releases} releases of ${shelf.tracks} tracks each, one after the other, from a source that ` +
      "answers at once, beside hand-written SQL that stores the very same rows: one transaction an album, one statement a table.",
    figures,
  };
}

async function countOn(engine: BenchedEngine): Promise<readonly Figure[]> {
  await using sandbox = await openSandbox();
  const statements: string[] = [];
  await using catalog = await openCatalog({
    database: await engine.location(),
    packs: [music({ musicbrainz: { url: sandbox.url, interval: 1 } })],
    onStatement: (sql) => statements.push(sql),
  });
  const figures: Figure[] = [];
  for (const { albumId, releases } of Object.values(benchAlbums)) {
    const first = await countOne(catalog, statements, albumId);
    const again = await countOne(catalog, statements, albumId);
    const pages = Math.ceil((releases * 10) / 500);
    const target = `requests: ≤ ${pages + 1}${releases <= 25 ? ", statements: ≤ 60" : ""}`;
    const met = first.requests <= pages + 1 && (releases > 25 || first.statements <= 60);
    const note = `a repetition takes ${again.statements} and ${again.requests}${releases === 25 ? "; predecessor: 6,227 and 251" : ""}`;
    figures.push({
      what: `${engine.name}: ${releases} releases`,
      measured: `statements: ${first.statements}, requests: ${first.requests}`,
      target,
      met,
      note,
    });
  }
  return figures;
}

async function countOne(catalog: Catalog, statements: string[], musicbrainzId: string) {
  statements.length = 0;
  const result = await catalog.importMany(release, { album: { musicbrainzId } });
  if (result.status !== "complete") throw new Error(`Importing releases came to ${result.status}`);
  return { statements: statements.length, requests: result.requests };
}

async function speedOn(engine: BenchedEngine, { warmUp, albums }: ReleasesSize): Promise<readonly Figure[]> {
  const pack = createGeneratedShelf(shelf);
  const [ours, theirs] = [await engine.location(), await engine.location()];
  await (await openCatalog({ database: theirs, packs: [pack] })).close();
  const times: number[] = [];
  const catalog = await openCatalog({ database: ours, packs: [pack] });
  for (let number = 0; number < warmUp + albums; number += 1) {
    const time = await timed(async () => {
      const result = await catalog.importMany(release, { album: { musicbrainzId: albumMbid(number) } });
      if (result.counts.created !== shelf.releases) throw new Error(`album ${number}: ${JSON.stringify(result)}`);
    });
    if (number >= warmUp) times.push(time);
  }
  await catalog.close();
  const [from, to] = [await engine.connect(ours), await engine.connect(theirs)];
  const byHand: number[] = [];
  for (let number = 0; number < warmUp + albums; number += 1) {
    const rows = await rowsOf(from, number);
    const time = await timed(() => storeByHand(to, rows));
    if (number >= warmUp) byHand.push(time);
  }
  await from.close();
  await to.close();
  const [mine, hand] = [1_000 / median(times), 1_000 / median(byHand)];
  return [
    {
      what: `${engine.name}: albums of ${shelf.releases} × ${shelf.tracks} a second`,
      measured: mine.toFixed(1),
      target: "> 1.2",
      met: mine > 1.2,
      note: `${(mine * shelf.releases).toFixed(0)} releases a second; predecessor: 1.2 albums`,
    },
    { what: `${engine.name}: by hand-written SQL`, measured: hand.toFixed(1) },
    { what: `${engine.name}: ratio`, measured: (mine / hand).toFixed(2) },
  ];
}

/** What importing an album and its releases has left, table by table, as JSON. */
async function rowsOf(connection: PlainConnection, number: number): Promise<ReadonlyMap<string, string>> {
  const items = `select i.id from accession.item i where i.title in ('Shelf ${number}', 'The Players of ${number}')
    or i.title like 'Song % of ${number}'`;
  const rows = new Map<string, string>();
  for (const table of tables) {
    const column = table === "item" ? "id" : table === "relation" ? "from_id" : "item_id";
    const [found] = (await connection.query(
      `select coalesce(json_agg(t), '[]')::text as rows from accession.${table} t where t.${column} in (${items})`,
    )) as readonly { readonly rows: string }[];
    rows.set(table, found?.rows ?? "[]");
  }
  return rows;
}

async function storeByHand(connection: PlainConnection, rows: ReadonlyMap<string, string>): Promise<void> {
  await connection.transaction(async (query) => {
    for (const [table, all] of rows) {
      await query(
        `insert into accession.${table} select * from json_populate_recordset(null::accession.${table}, $1::json)`,
        [all],
      );
    }
  });
}
