import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type Catalog, type Item, openCatalog, type Pack } from "../../src/index.ts";
import { album, music } from "../../src/music/index.ts";
import type { Sandbox } from "../../src/sandbox/open-sandbox.ts";
import { amazonOf } from "../support/amazon-catalog.ts";
import { known, openTestSandbox } from "../support/music-catalog.ts";
import { itemOf } from "../support/plant-catalog.ts";

// Each catalogue is a PostgreSQL in memory, and every cover the work of a job.
vi.setConfig({ testTimeout: 120_000 });

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openTestSandbox();
});
afterEach(() => sandbox.faults.clear());

const archive = "cover-art-archive";
const amazon = "amazon";
/** An album of which both have a picture. */
const darkSide = { musicbrainzId: known.darkSide };
/** An album that Amazon sells, and of which the archive has no cover. */
const nevermind = { title: "Nevermind", artist: "Nirvana" };

const urlOfArchive = (id: string) => `${sandbox.coverArtUrl}/release-group/${id}/front`;
const urlOfAmazon = (asin: string) => `${sandbox.amazon.url}/images/I/${asin}._SL1500_.jpg`;

/** The music pack on the sandbox, Amazon and the archive as they are: in the background. */
function pack(): Pack {
  return music({
    musicbrainz: { url: sandbox.url },
    coverArtArchive: { url: sandbox.coverArtUrl },
    amazon: amazonOf(sandbox),
  });
}

const open = () => openCatalog({ database: "memory:", packs: [pack()], images: { trusted: [sandbox.coverArtUrl] } });

/** Asks MusicBrainz alone. */
async function importAlbum(catalog: Catalog, query: typeof darkSide | typeof nevermind): Promise<Item<typeof album>> {
  return itemOf(await catalog.import(album, query, { providers: ["musicbrainz"] }));
}

/** Has a worker run these providers for an item, one after the other, and gives the covers that are shown then. */
async function coversAfter(catalog: Catalog, { id }: Item<typeof album>, providers: readonly string[]) {
  for (const provider of providers) {
    await catalog.enrich(id, { providers: [provider] });
    const worker = await catalog.jobs.work({ providers: [provider] });
    await worker.drained();
    await worker.close();
  }
  return (await catalog.get(id))?.images;
}

/** What the ledger has of Amazon and the archive. */
async function statesOf(catalog: Catalog, { id }: Item<typeof album>) {
  const runs = (await catalog.explain(id)).runs.filter((run) => [amazon, archive].includes(run.provider));
  return Object.fromEntries(runs.map((run) => [run.provider, run.state]));
}

describe("An album's cover", () => {
  it.each([
    { first: archive, second: amazon },
    { first: amazon, second: archive },
  ])("is the archive's where both have one and $first is the first to answer", async ({ first, second }) => {
    await using catalog = await open();
    const item = await importAlbum(catalog, darkSide);
    const [alone] = (await coversAfter(catalog, item, [first])) ?? [];
    expect(alone).toMatchObject({ type: "front", provider: first });
    expect(await coversAfter(catalog, item, [second])).toMatchObject([
      { type: "front", provider: archive, url: urlOfArchive(known.darkSide) },
    ]);
    expect(await statesOf(catalog, item)).toEqual({ [amazon]: "contributed", [archive]: "contributed" });
    // What Amazon asks again changes nothing about it.
    expect(await coversAfter(catalog, item, [amazon])).toMatchObject([{ provider: archive }]);
  });

  it("is Amazon's where the archive has none, and stays so when the archive is asked again", async () => {
    await using catalog = await open();
    const item = await importAlbum(catalog, nevermind);
    const amazons = [{ type: "front", provider: amazon, url: urlOfAmazon("B0SBXNVMD1") }];
    expect(await coversAfter(catalog, item, [archive])).toEqual([]);
    expect(await coversAfter(catalog, item, [amazon])).toMatchObject(amazons);
    expect(await coversAfter(catalog, item, [archive])).toMatchObject(amazons);
    expect(await statesOf(catalog, item)).toEqual({ [amazon]: "contributed", [archive]: "not-found" });
  });

  it("is Amazon's until the archive comes to have one", async () => {
    await using catalog = await open();
    const item = await importAlbum(catalog, darkSide);
    sandbox.faults.add({ kind: "status", status: 404, on: "/release-group/" });
    expect(await coversAfter(catalog, item, [archive, amazon])).toMatchObject([
      { provider: amazon, url: urlOfAmazon("B0SBXDSM01") },
    ]);
    sandbox.faults.clear();
    expect(await coversAfter(catalog, item, [archive])).toMatchObject([{ provider: archive }]);
  });

  it("is not fetched from Amazon where there is another", async () => {
    await using catalog = await open();
    const item = await importAlbum(catalog, darkSide);
    await coversAfter(catalog, item, [archive]);
    const before = sandbox.requests.length;
    await coversAfter(catalog, item, [amazon]);
    const paths = sandbox.requests.slice(before).map((one) => one.path);
    expect(paths).toContain("/amazon/catalog/v1/searchItems");
    expect(paths.filter((path) => path.startsWith("/amazon/images/"))).toEqual([]);
  });

  it("is Amazon's again once the archive's word is forgotten and Amazon was asked again", async () => {
    await using catalog = await open();
    const item = await importAlbum(catalog, darkSide);
    await coversAfter(catalog, item, [archive, amazon]);
    await catalog.forget(item, archive);
    expect(await coversAfter(catalog, item, [amazon])).toMatchObject([{ provider: amazon }]);
  });

  it("stays a person's, given before the others or after them", async () => {
    await using catalog = await open();
    const url = urlOfArchive(known.aceOfSpades);
    const persons = [{ type: "front", provider: "person", url }];
    const early = await importAlbum(catalog, nevermind);
    await catalog.edit(early, { images: [{ type: "front", url }] });
    expect(await coversAfter(catalog, early, [archive, amazon])).toMatchObject(persons);
    expect(await statesOf(catalog, early)).toEqual({ [amazon]: "contributed", [archive]: "skipped" });
    const late = await importAlbum(catalog, darkSide);
    await coversAfter(catalog, late, [amazon, archive]);
    const { item: edited } = await catalog.edit(late, { images: [{ type: "front", url }] });
    expect(edited.images).toMatchObject(persons);
    expect(await coversAfter(catalog, late, [amazon, archive])).toMatchObject(persons);
  });
});
