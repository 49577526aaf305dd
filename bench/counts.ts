import { type Catalog, type ImportResult, openCatalog, summary } from "../src/index.ts";
import { album, artist, music } from "../src/music/index.ts";
import { openSandbox, type Sandbox } from "../src/sandbox/open-sandbox.ts";
import type { BenchedEngine } from "./databases.ts";
import type { Figure, Part } from "./report.ts";

const pinkFloyd = { musicbrainzId: "83d91898-7763-47d7-b03b-b92132375c47" };
/** Nevermind, whose artist the catalogue does not have by then. */
const nevermind = { musicbrainzId: "1b022e01-4da6-387b-8658-8678046e4cef" };

/** What one import cost. */
interface Cost {
  readonly statements: number;
  readonly transactions: number;
  readonly requests: number;
}

/** Counts what imports cost, over HTTP from the sandbox, with the rate slot taken as for the real host. */
export async function countParts(engines: readonly BenchedEngine[]): Promise<Part> {
  const figures: Figure[] = [];
  for (const engine of engines) figures.push(...(await countOn(engine)));
  return {
    title: "Counts",
    method:
      "SQL statements with `begin` and `commit` and those of the rate slot and the snapshot, transactions, and HTTP " +
      "requests of one import each, from the sandbox.",
    figures,
  };
}

async function countOn(engine: BenchedEngine): Promise<readonly Figure[]> {
  await using sandbox = await openSandbox();
  const statements: string[] = [];
  await using catalog = await openCatalog({
    database: await engine.location(),
    // An interval of any length makes each request take a rate slot.
    packs: [music({ musicbrainz: { url: sandbox.url, interval: 1 } })],
    onStatement: (sql) => statements.push(sql),
  });
  const measure = (status: ImportResult["status"], work: (catalog: Catalog) => Promise<ImportResult>) =>
    cost(sandbox, statements, status, () => work(catalog));
  const figures: Figure[] = [];
  const add = (what: string, measured: Cost, target: Partial<Cost>, before?: string): void => {
    figures.push(compare(`${engine.name}: ${what}`, measured, target, before));
  };

  const created = await measure("created", (open) => open.import(artist, pinkFloyd));
  add(
    "new artist by MBID",
    created,
    { statements: 16, transactions: 1, requests: 1 },
    "85 statements, 12 transactions",
  );
  const known = { statements: 2, transactions: 0, requests: 0 };
  add("existing artist by MBID", await measure("unchanged", (open) => open.import(artist, pinkFloyd)), known);
  const byName = await measure("unchanged", (open) => open.import(artist, { name: "pink floyd" }));
  add("existing artist by name", byName, known);
  const forced = { statements: 12, transactions: 1, requests: 1 };
  const predecessor = "28 statements, 4 transactions";
  const again = await measure("unchanged", (open) => open.import(artist, pinkFloyd, { forceProviders: true }));
  add("forced re-run by MBID", again, forced, predecessor);
  const againByName = await measure("unchanged", (open) =>
    open.import(artist, { name: "pink floyd" }, { forceProviders: true }),
  );
  add("forced re-run by name", againByName, forced, predecessor);
  const named = await measure("created", (open) => open.import(artist, { name: "Radiohead" }));
  add("new artist by name", named, { transactions: 1, requests: 2 });
  const predecessorAlbum = "163 statements, 26 transactions";
  const withArtist = { statements: 30, transactions: 2, requests: 2 };
  const record = await measure("created", (open) => open.import(album, nevermind));
  add("album by MBID with a new artist", record, withArtist, predecessorAlbum);
  // So far its artist is only named; completing it makes the figure comparable to the predecessor's, which did.
  const completed = await measure("updated", async (open) => {
    const [credited] = (await open.find(album, nevermind))?.relations ?? [];
    statements.length = 0;
    if (!credited) throw new Error("The album has no artist");
    return open.enrich(credited.item.id);
  });
  const both = { ...record };
  for (const unit of units) both[unit] += completed[unit];
  add("the same, and the artist completed", both, withArtist, predecessorAlbum);
  return figures;
}

const units = ["statements", "transactions", "requests"] as const;

function compare(what: string, measured: Cost, target: Partial<Cost>, before: string | undefined): Figure {
  const limited = units.filter((unit) => target[unit] !== undefined);
  const excess = limited
    .map((unit) => ({ unit, by: measured[unit] - (target[unit] ?? 0) }))
    .filter(({ by }) => by > 0)
    .map(({ unit, by }) => `${by} ${unit} too many`);
  return {
    what,
    measured: units.map((unit) => `${unit}: ${measured[unit]}`).join(", "),
    target: limited.map((unit) => `${unit}: ≤ ${target[unit]}`).join(", "),
    met: excess.length === 0,
    note: [...excess, ...(before === undefined ? [] : [`predecessor: ${before}`])].join("; "),
  };
}

async function cost(
  sandbox: Sandbox,
  statements: string[],
  status: ImportResult["status"],
  work: () => Promise<ImportResult>,
): Promise<{ -readonly [Unit in keyof Cost]: Cost[Unit] }> {
  statements.length = 0;
  const before = sandbox.requests.length;
  const result = await work();
  if (result.status !== status) throw new Error(`Expected ${status}: ${summary(result)}`);
  return {
    statements: statements.length,
    transactions: statements.filter((sql) => /^\s*(begin|start transaction)/i.test(sql)).length,
    requests: sandbox.requests.length - before,
  };
}
