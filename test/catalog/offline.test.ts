import { expect, it } from "vitest";
import type { Item } from "../../src/index.ts";
import { album, artist } from "../../src/music/index.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { known, openMusicCatalog, openTestSandbox } from "../support/music-catalog.ts";
import { itemOf } from "../support/plant-catalog.ts";

/** An item without what differs between two that were made apart. */
function content({ id: _id, createdAt: _createdAt, updatedAt: _updatedAt, relations, ...item }: Item) {
  return { ...item, relations: relations.map(({ item: to, ...one }) => ({ ...one, to: [to.kind, to.title] })) };
}

describeOnDatabases("snapshots of responses", (database) => {
  it("stand for requests within their age, even for an item that was never stored", async () => {
    const sandbox = await openTestSandbox();
    const catalog = await openMusicCatalog(await database.location(), sandbox);
    await catalog.import(artist, { name: "Sigur Rós" }, { dryRun: true });
    const requests = sandbox.requests.length;
    const result = await catalog.import(artist, { name: "Sigur Rós" });
    expect(result).toMatchObject({ status: "created", requests: 0 });
    expect(sandbox.requests).toHaveLength(requests);
  });

  it("import the identical item with the source gone", async () => {
    const location = await database.location();
    const sandbox = await openTestSandbox();
    const online = await openMusicCatalog(location, sandbox);
    const first = [
      itemOf(await online.import(artist, { musicbrainzId: known.motorheadMerged })),
      itemOf(await online.import(album, { title: "The Wall", artist: "Pink Floyd" })),
    ];
    await online.close();
    await sandbox.close();
    const offline = await openMusicCatalog(location, sandbox, { offline: true, schema: "accession" });
    for (const item of first) {
      const again = itemOf(await offline.enrich(item.id, { forceProviders: true }));
      expect(content(again)).toEqual(content(item));
    }
    const dry = await offline.import(artist, { musicbrainzId: known.sigurRos });
    expect(dry).toMatchObject({ status: "failed", error: { code: "source-offline" } });
    await offline.close();
  });

  it("are asked anew when the import is forced, and are not kept where they are off", async () => {
    const sandbox = await openTestSandbox();
    const catalog = await openMusicCatalog(await database.location(), sandbox, { snapshots: false });
    catalog.statements.length = 0;
    await catalog.import(artist, { musicbrainzId: known.pinkFloyd }, { dryRun: true });
    await catalog.import(artist, { musicbrainzId: known.pinkFloyd });
    expect(sandbox.requests).toHaveLength(2);
    expect(catalog.statements.some((sql) => sql.includes("http_snapshot"))).toBe(false);
    await catalog.import(artist, { musicbrainzId: known.pinkFloyd }, { forceProviders: true });
    expect(sandbox.requests).toHaveLength(3);
  });

  it("are asked anew once they are too old, and old ones go when the catalogue is closed", async () => {
    const location = await database.location();
    const sandbox = await openTestSandbox();
    const catalog = await openMusicCatalog(location, sandbox, { snapshots: { age: 0, bytes: 1 } });
    await catalog.import(artist, { musicbrainzId: known.pinkFloyd }, { dryRun: true });
    await catalog.import(artist, { musicbrainzId: known.pinkFloyd }, { dryRun: true });
    expect(sandbox.requests).toHaveLength(2);
    await catalog.close();
    const offline = await openMusicCatalog(location, sandbox, { offline: true });
    const result = await offline.import(artist, { musicbrainzId: known.pinkFloyd });
    expect(result).toMatchObject({ status: "failed", error: { code: "source-offline" } });
  });
});
