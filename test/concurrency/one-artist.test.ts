import { beforeAll, afterAll, expect, it } from "vitest";
import { openCatalog } from "../../src/index.ts";
import { artist, music } from "../../src/music/index.ts";
import { openSandbox, type Sandbox } from "../../src/sandbox/open-sandbox.ts";
import { type CatalogueRows, canonical, expectConsistent, readCatalogue } from "../support/catalogue-state.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { createPostgresDatabase } from "../support/postgres-database.ts";
import { importInProcesses } from "./processes.ts";

const queries = [
  ["by name", { name: "Pink Floyd" }, 2],
  ["by MBID", { musicbrainzId: "83d91898-7763-47d7-b03b-b92132375c47" }, 1],
] as const;

let sandbox: Sandbox;
beforeAll(async () => {
  // Slow enough that all of them are under way before the first is answered.
  sandbox = await openSandbox({ latency: 30 });
});
afterAll(() => sandbox.close());

/** Checks a catalogue against one in which the artist was imported once, by nobody else. */
async function expectOneArtist(rows: CatalogueRows, alone: CatalogueRows): Promise<void> {
  expectConsistent(rows, [music()]);
  expect(canonical(rows)).toEqual(canonical(alone));
  expect(rows.item).toHaveLength(1);
}

async function importAlone(database: string, query: (typeof queries)[number][1]): Promise<CatalogueRows> {
  const catalog = await openCatalog({ database, packs: [music({ musicbrainz: { url: sandbox.url } })] });
  await catalog.import(artist, query);
  await catalog.close();
  return readCatalogue(database);
}

describeOnDatabases("64 simultaneous imports of one new artist in one process", ({ location }) => {
  it.each(queries)("make one item %s, without an error and without a superfluous request", async (_, query, requests) => {
    const alone = await importAlone(await location(), query);
    const database = await location();
    const catalog = await openCatalog({ database, packs: [music({ musicbrainz: { url: sandbox.url } })] });
    const before = sandbox.requests.length;
    const results = await Promise.all(Array.from({ length: 64 }, () => catalog.import(artist, query)));
    await catalog.close();
    expect(results.map((result) => result.status).toSorted()).toEqual(["created", ...Array(63).fill("unchanged")]);
    expect(new Set(results.map((result) => "item" in result && result.item?.id)).size).toBe(1);
    expect(sandbox.requests.length - before).toBe(requests);
    await expectOneArtist(await readCatalogue(database), alone);
  });
});

it.each(queries)("8 processes that import one new artist %s 8 times each make one item", async (_, query, requests) => {
  const alone = await importAlone((await createPostgresDatabase()).url, query);
  const { url: database } = await createPostgresDatabase();
  const before = sandbox.requests.length;
  const order = { database, url: sandbox.url, interval: 0, imports: Array(8).fill({ artist: query }) };
  const outcomes = (await importInProcesses(Array(8).fill(order))).flat();
  expect(outcomes.flatMap((one) => one.error ?? [])).toEqual([]);
  expect(outcomes.map((one) => one.status).toSorted()).toEqual(["created", ...Array(63).fill("unchanged")]);
  expect(new Set(outcomes.map((one) => one.item)).size).toBe(1);
  // Each process asks for itself; within one, nothing is asked twice.
  expect(sandbox.requests.length - before).toBeLessThanOrEqual(8 * requests);
  await expectOneArtist(await readCatalogue(database), alone);
});
