import { afterAll, beforeAll, expect, it } from "vitest";
import { openCatalog, type QueryOf } from "../../src/index.ts";
import { artist, music } from "../../src/music/index.ts";
import { openSandbox, type Sandbox } from "../../src/sandbox/open-sandbox.ts";
import { canonical, expectConsistent, readCatalogue } from "../support/catalogue-state.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { createPostgresDatabase } from "../support/postgres-database.ts";
import { importInProcesses } from "./processes.ts";

/** A way to ask for the artist, and how many requests that takes somebody who is alone. */
const queries = [
  ["by name", { name: "Pink Floyd" }, 2],
  ["by MBID", { musicbrainzId: "83d91898-7763-47d7-b03b-b92132375c47" }, 1],
] as const satisfies readonly (readonly [string, QueryOf<typeof artist>, number])[];

const oneCreated = ["created", ...Array.from({ length: 63 }, () => "unchanged")];

let sandbox: Sandbox;
/** What a catalogue holds in which somebody alone has imported the artist once. */
let alone: ReturnType<typeof canonical>;
beforeAll(async () => {
  // Slow enough that all of them are under way before the first is answered.
  sandbox = await openSandbox({ latency: 30 });
  const { url } = await createPostgresDatabase();
  const catalog = await openCatalog({ database: url, packs: [music({ musicbrainz: { url: sandbox.url } })] });
  await catalog.import(artist, { name: "Pink Floyd" });
  await catalog.close();
  alone = canonical(await readCatalogue(url));
});
afterAll(() => sandbox.close());

async function expectOneArtist(database: string): Promise<void> {
  const rows = await readCatalogue(database);
  expectConsistent(rows, [music()]);
  expect(rows.item).toHaveLength(1);
  expect(canonical(rows)).toEqual(alone);
}

describeOnDatabases("64 simultaneous imports of one new artist in one process", ({ location }) => {
  it.each(queries)("make one item %s, of which one says that it was created", async (_, query, requests) => {
    const database = await location();
    const catalog = await openCatalog({ database, packs: [music({ musicbrainz: { url: sandbox.url } })] });
    const before = sandbox.requests.length;
    const results = await Promise.all(Array.from({ length: 64 }, () => catalog.import(artist, query)));
    await catalog.close();
    expect(results.map((result) => result.status).toSorted()).toEqual(oneCreated);
    expect(new Set(results.map((result) => "item" in result && result.item?.id)).size).toBe(1);
    expect(sandbox.requests.length - before).toBe(requests);
    await expectOneArtist(database);
  });
});

it.each(queries)(
  "8 processes that import one new artist %s 8 times each make one item",
  async (_, query, requests) => {
    const { url: database } = await createPostgresDatabase();
    const before = sandbox.requests.length;
    const imports = Array.from({ length: 8 }, () => ({ artist: query }));
    const orders = { database, url: sandbox.url, interval: 0, imports };
    const outcomes = (await importInProcesses(Array.from({ length: 8 }, () => orders))).flat();
    expect(outcomes.flatMap((one) => one.error ?? [])).toEqual([]);
    expect(outcomes.map((one) => one.status).toSorted()).toEqual(oneCreated);
    expect(new Set(outcomes.map((one) => one.item)).size).toBe(1);
    expect(sandbox.requests.length - before).toBeLessThanOrEqual(8 * requests);
    await expectOneArtist(database);
  },
  180_000,
);
