import { beforeAll, expect, it } from "vitest";
import type { Catalog } from "../../src/index.ts";
import { album, artist } from "../../src/music/index.ts";
import type { Sandbox } from "../../src/sandbox/open-sandbox.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { known, openMusicCatalog, openTestSandbox } from "../support/music-catalog.ts";
import { itemOf } from "../support/plant-catalog.ts";

describeOnDatabases("importing music", (database) => {
  let sandbox: Sandbox;
  let catalog: Catalog & { readonly statements: string[] };

  beforeAll(async () => {
    sandbox = await openTestSandbox();
    // The interval makes the rate slot be taken, as it is for the real host.
    catalog = await openMusicCatalog(await database.location(), sandbox, { interval: 1 });
  });

  /** What one import costs: requests at the sandbox, statements and transactions at the database. */
  async function costOf(importing: () => Promise<unknown>) {
    catalog.statements.length = 0;
    const requests = sandbox.requests.length;
    await importing();
    return {
      requests: sandbox.requests.length - requests,
      statements: catalog.statements.length,
      transactions: catalog.statements.filter((sql) => sql === "commit").length,
      claims: catalog.statements.filter((sql) => sql.includes("claim_identities")).length,
    };
  }

  it("makes an artist by identifier in one request, one transaction and at most 16 statements", async () => {
    const cost = await costOf(() => catalog.import(artist, { musicbrainzId: known.pinkFloyd }));
    // The import has just looked for its identity.
    expect(cost).toMatchObject({ requests: 1, transactions: 1, claims: 0 });
    expect(cost.statements).toBeLessThanOrEqual(16);
    const item = await catalog.find(artist, { name: "Pink Floyd" });
    expect(item?.attributes).toMatchObject({
      name: "Pink Floyd",
      sortName: "Pink Floyd",
      type: "group",
      country: "GB",
      area: "United Kingdom",
      beginArea: "London",
      begin: "1965",
      end: "2014",
      ended: true,
    });
    const genres = item?.categories.filter((one) => one.type === "genre") ?? [];
    expect(genres).toHaveLength(5);
    expect(genres[0]).toEqual({
      type: "genre",
      name: "Progressive Rock",
      weight: expect.any(Number),
      provider: "musicbrainz",
    });
    expect(item?.categories.filter((one) => one.type === "location").map((one) => one.name)).toEqual([
      "London",
      "United Kingdom",
    ]);
    expect(item?.identifiers.map((one) => one.scheme)).toEqual(
      expect.arrayContaining(["musicbrainz.artist", "isni", "wikidata", "discogs.artist"]),
    );
    expect(item?.links.length).toBeGreaterThan(0);
  });

  it("costs no request and at most two statements when the artist is there, under any spelling and alias", async () => {
    for (const name of ["Pink Floyd", "PINK  FLOYD", "Pínk Floyd", "The Pink Floyd"]) {
      const cost = await costOf(() => catalog.import(artist, { name }));
      expect(cost.requests).toBe(0);
      expect(cost.statements).toBeLessThanOrEqual(2);
    }
  });

  it("asks again in one request, one transaction and at most 12 statements when forced, never searching by name", async () => {
    const cost = await costOf(() => catalog.import(artist, { name: "Pink Floyd" }, { forceProviders: true }));
    expect(cost).toMatchObject({ requests: 1, transactions: 1 });
    expect(cost.statements).toBeLessThanOrEqual(12);
    expect(sandbox.requests.at(-1)?.path).toContain(`/artist/${known.pinkFloyd}`);
  });

  it("makes an artist by name in two requests, whatever the name's spelling or script", async () => {
    for (const name of [
      "AC/DC",
      "!!!",
      "Sunn O)))",
      "sigur ros",
      "宇多田ヒカル",
      "Аквариум",
      "فيروز",
      "Guns N' Roses",
      "P!nk",
      "X",
    ]) {
      let status: string | undefined;
      const cost = await costOf(async () => {
        status = (await catalog.import(artist, { name })).status;
      });
      expect([name, status, cost.requests, cost.claims]).toEqual([name, "created", 2, 0]);
    }
  });

  it("stores nothing for a typo", async () => {
    expect((await catalog.import(artist, { name: "Pink Floid" })).status).toBe("not-found");
    // The catalogue forgives typos as well, and finds what it has.
    expect((await catalog.search("Floid")).map((item) => item.title)).not.toContain("Pink Floid");
  });

  it("makes an album with its credits, and its artist as a stub that the next import completes", async () => {
    const cost = await costOf(() => catalog.import(album, { musicbrainzId: known.bushOfGhosts }));
    expect(cost.requests).toBeLessThanOrEqual(2);
    expect(cost.statements).toBeLessThanOrEqual(30);
    expect(cost.transactions).toBeLessThanOrEqual(2);
    const item = await catalog.find(album, { musicbrainzId: known.bushOfGhosts });
    expect(item?.relations.map(({ item: to, ...relation }) => ({ ...relation, title: to.title }))).toMatchObject([
      { type: "artist", position: 1, title: "Brian Eno", attributes: { creditedAs: "Brian Eno", joinPhrase: " & " } },
      { type: "artist", position: 2, title: "David Byrne", attributes: { creditedAs: "David Byrne", joinPhrase: "" } },
    ]);
    expect(item?.attributes).toMatchObject({ primaryType: "album", artistCredit: "Brian Eno & David Byrne" });
    const completing = await costOf(async () => {
      const eno = itemOf(await catalog.import(artist, { name: "Brian Eno" }));
      expect(eno.id).toBe(item?.relations[0]?.item.id);
      expect(eno.categories.length).toBeGreaterThan(0);
    });
    expect(completing.requests).toBe(1);
  });

  it("finds an album by title and artist, as a name or as an item", async () => {
    const dark = await catalog.import(album, { title: "The Dark Side of the Moon", artist: "Pink Floyd" });
    expect(dark).toMatchObject({ status: "created", item: { attributes: { firstReleaseDate: "1973-03-24" } } });
    const floyd = await catalog.find(artist, { name: "Pink Floyd" });
    if (!floyd) throw new Error("no Pink Floyd");
    expect(itemOf(dark).relations[0]?.item.id).toBe(floyd.id);
    const byItem = await catalog.import(album, { title: "dark side of the moon", artist: { item: floyd.id } });
    expect(byItem).toMatchObject({ status: "unchanged", requests: 0 });
    const wall = await catalog.import(album, { title: "The Wall", artist: { item: floyd.id } });
    expect(wall).toMatchObject({ status: "created", item: { relations: [{ item: { id: floyd.id } }] } });
  });

  it("adds an identifier, never an item, when an identifier was merged into another", async () => {
    const viaOld = itemOf(await catalog.import(artist, { musicbrainzId: known.motorheadMerged }));
    expect(viaOld.identifiers.filter((one) => one.scheme === "musicbrainz.artist").map((one) => one.value)).toEqual([
      known.motorhead,
      known.motorheadMerged,
    ]);
    const viaNew = await catalog.import(artist, { musicbrainzId: known.motorhead });
    expect(viaNew).toMatchObject({ status: "unchanged", requests: 0, item: { id: viaOld.id } });
    const newFirst = itemOf(await catalog.import(album, { musicbrainzId: known.aceOfSpades }));
    const oldSecond = itemOf(await catalog.import(album, { musicbrainzId: known.aceOfSpadesMerged }));
    expect(oldSecond.id).toBe(newFirst.id);
    const cost = await costOf(() => catalog.import(album, { musicbrainzId: known.aceOfSpadesMerged }));
    expect(cost.requests).toBe(0);
  });
});
