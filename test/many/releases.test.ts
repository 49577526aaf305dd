import { sql } from "kysely";
import { beforeAll, expect, it } from "vitest";
import type { Catalog, ItemId } from "../../src/index.ts";
import { album, artist, release, song } from "../../src/music/index.ts";
import { benchAlbums } from "../../src/sandbox/data/bench-players.ts";
import { oddAlbums } from "../../src/sandbox/data/odd-editions.ts";
import type { Sandbox } from "../../src/sandbox/open-sandbox.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { openMusicCatalog, openTestSandbox } from "../support/music-catalog.ts";

/** The tracks of a release as the catalogue has them, in order. */
async function tracksOf(catalog: Catalog, id: ItemId) {
  const found = await catalog.get(id);
  return (found?.relations ?? []).filter((one) => one.type === "track");
}

describeOnDatabases("importing all releases of an album", (database) => {
  let sandbox: Sandbox;
  let catalog: Catalog & { readonly statements: string[] };
  beforeAll(async () => {
    sandbox = await openTestSandbox();
    catalog = await openMusicCatalog(await database.location(), sandbox);
  });
  const releasesOf = (albumId: string) => catalog.importMany(release, { album: { musicbrainzId: albumId } });

  async function count(table: string, condition = ""): Promise<number> {
    const { rows } = await sql<{
      count: string;
    }>`select count(*) as count from ${sql.raw(`${table} ${condition}`)}`.execute(catalog.kysely);
    return Number(rows[0]?.count);
  }

  it("takes as many requests as there are pages, and one for the album, whatever is on them", async () => {
    const { albumId } = benchAlbums[25];
    catalog.statements.length = 0;
    const result = await releasesOf(albumId);
    expect(result).toMatchObject({ status: "complete", done: 25, pages: 1, requests: 2, counts: { created: 25 } });
    expect(catalog.statements.length).toBeLessThanOrEqual(60);
    const [first] = (await catalog.search("Bench 25", { kind: release.name, limit: 1 })) ?? [];
    expect(first && (await tracksOf(catalog, first.id))).toHaveLength(10);
  });

  it("follows every page of 120 releases, and puts back exactly the tracks that are missing", async () => {
    const { albumId } = benchAlbums[120];
    const result = await releasesOf(albumId);
    expect(result).toMatchObject({ status: "complete", done: 120, total: 120, pages: 3 });
    // A request that had to be repeated, on a machine with much to do, is none that it takes.
    const paths = sandbox.requests.map((request) => request.path).filter((path) => path.includes(albumId));
    expect(new Set(paths).size).toBe(4);
    const ofBench = `t where exists (select from accession.item i where i.id = t.from_id and i.title = 'Bench 120')`;
    const tracks = await count("accession.relation", `${ofBench} and type = 'track'`);
    expect(tracks).toBe(1_200);
    await sql`delete from accession.relation where ctid in (
      select r.ctid from accession.relation r join accession.item i on i.id = r.from_id
      where i.title = 'Bench 120' and r.type = 'track' order by r.from_id, r.position limit 3)`.execute(catalog.kysely);
    const again = await releasesOf(albumId);
    expect(again.status).toBe("complete");
    expect(again.counts).toMatchObject({ created: 0, updated: 1, unchanged: 119 });
    expect(await count("accession.relation", `${ofBench} and type = 'track'`)).toBe(1_200);
  });

  it("makes each song and each artist once, with the song's artists and codes, and asks about none of them", async () => {
    const result = await releasesOf(oddAlbums.hiddenTrack.albumId);
    expect(result.requests).toBe(2);
    const [songs, distinct] = [
      await count("accession.item", "where kind = 'music.song'"),
      await count("accession.identifier", "where scheme = 'musicbrainz.recording'"),
    ];
    expect(songs).toBe(distinct);
    const found = await catalog.import(song, { musicbrainzId: await anyRecording() });
    expect(found).toMatchObject({ status: expect.stringMatching(/^u/) });
  });

  async function anyRecording(): Promise<string> {
    const { rows } = await sql<{ value: string }>`select value from accession.identifier
      where scheme = 'musicbrainz.recording' order by value limit 1`.execute(catalog.kysely);
    return rows[0]?.value ?? "";
  }

  it("stores the others of a page where one is malformed, and says which and why", async () => {
    const result = await releasesOf(oddAlbums.malformed.albumId);
    expect(result.status).toBe("complete");
    expect(result.counts).toMatchObject({ refused: 1 });
    expect(result.counts.created).toBe(result.done - 1);
    expect(result.refused).toEqual([expect.objectContaining({ id: "not-an-mbid" })]);
  });

  it.each(Object.entries(oddAlbums).filter(([name]) => name !== "malformed"))(
    "stores every release and track of what is odd: %s",
    async (_name, { albumId, releaseIds }) => {
      const result = await releasesOf(albumId);
      expect(result).toMatchObject({ status: "complete", counts: { refused: 0 } });
      expect(result.done).toBeGreaterThanOrEqual(releaseIds.length);
      for (const musicbrainzId of releaseIds) {
        const imported = await catalog.import(release, { musicbrainzId });
        expect(imported).toMatchObject({ status: "unchanged", requests: 0 });
      }
      const again = await releasesOf(albumId);
      expect(again.counts).toMatchObject({ created: 0, updated: 0, unchanged: result.done, gone: 0 });
    },
  );

  it("stores 300 tracks of one box in their order, each with its medium and number", async () => {
    const [id = ""] = oddAlbums.boxSet.releaseIds;
    const found = await catalog.find(release, { musicbrainzId: id });
    const tracks = found ? await tracksOf(catalog, found.id) : [];
    expect(tracks).toHaveLength(300);
    expect(tracks.map((one) => one.position)).toEqual(Array.from({ length: 300 }, (_none, index) => index + 1));
    expect(tracks[31]?.attributes).toMatchObject({ medium: 2, trackPosition: 2 });
  });

  it("lists all albums of an artist in one request a hundred, and only studio albums where that is wanted", async () => {
    const of = { artist: { musicbrainzId: "83d91898-7763-47d7-b03b-b92132375c47" } };
    const studio = await catalog.importMany(album, of, { where: ["primaryType=album", "secondaryTypes="] });
    expect(studio).toMatchObject({ status: "complete", requests: 2, counts: { refused: 0, gone: 0 } });
    expect(studio.counts.filtered).toBeGreaterThan(0);
    const all = await catalog.importMany(album, of);
    expect(all.counts).toMatchObject({ created: studio.counts.filtered, filtered: 0, gone: 0 });
    expect(all.counts.unchanged).toBe(studio.counts.created + studio.counts.unchanged);
  });

  it("takes nothing from the songs and releases of an artist whose albums are listed", async () => {
    const before = await count("accession.relation", "where type = 'artist'");
    await catalog.importMany(album, { artist: { musicbrainzId: "83d91898-7763-47d7-b03b-b92132375c47" } });
    expect(await count("accession.relation", "where type = 'artist'")).toBe(before);
  });

  it("finds a release by its barcode alone, and a song by its ISRC", async () => {
    expect(await catalog.import(release, { barcode: "4006381333931" })).toMatchObject({ status: "not-found" });
    expect(await catalog.import(release, { barcode: "720642442524" })).toMatchObject({
      status: "created",
      requests: 2,
      item: { title: "Nevermind" },
    });
    expect(await catalog.import(song, { isrc: "GB-N9Y-11-00088" })).toMatchObject({ item: { title: "Money" } });
  });

  it("completes in the background what was made in passing, where that is asked for", async () => {
    const result = await catalog.importMany(
      release,
      { album: { musicbrainzId: oddAlbums.video.albumId } },
      { complete: [artist.name], restart: true },
    );
    expect(result.status).toBe("complete");
  });
});
