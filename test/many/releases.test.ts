import { sql } from "kysely";
import { beforeAll, expect, it } from "vitest";
import type { Catalog, ItemId } from "../../src/index.ts";
import { album, artist, release, song } from "../../src/music/index.ts";
import { benchAlbums } from "../../src/sandbox/data/bench-players.ts";
import { oddAlbums } from "../../src/sandbox/data/odd-editions.ts";
import type { Sandbox } from "../../src/sandbox/open-sandbox.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { openMusicCatalog, openTestSandbox } from "../support/music-catalog.ts";
import { recordedAlbum, recordedSongs, recordedTracks, storedSongs, storedTracks } from "./recorded-tracks.ts";

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

  /** All that releases of a title are related to, in order. */
  async function relationsOf(title: string) {
    const { rows } = await sql<Record<"from_id" | "type", string>>`
      select r.* from accession.relation r join accession.item i on i.id = r.from_id
      where i.kind = ${release.name} and i.title = ${title}
      order by r.from_id, r.type, r.position, r.to_id`.execute(catalog.kysely);
    return rows;
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
    const bench = recordedAlbum(albumId);
    expect(await storedTracks(catalog, bench)).toEqual(recordedTracks(bench));
    const before = await relationsOf("Bench 120");
    expect(before.filter((one) => one.type === "track")).toHaveLength(1_200);
    await sql`delete from accession.relation where ctid in (
      select distinct on (r.from_id) r.ctid from accession.relation r join accession.item i on i.id = r.from_id
      where i.title = 'Bench 120' and r.type = 'track' and r.position > 4
      order by r.from_id, r.position limit 3)`.execute(catalog.kysely);
    const torn = await relationsOf("Bench 120");
    const lost = before.filter((one) => !torn.some((other) => JSON.stringify(other) === JSON.stringify(one)));
    expect(new Set(lost.map((one) => one.from_id)).size).toBe(3);
    expect(torn).toHaveLength(before.length - 3);
    const again = await releasesOf(albumId);
    expect(again.status).toBe("complete");
    expect(again.counts).toMatchObject({ created: 0, updated: 3, unchanged: 117 });
    expect(await relationsOf("Bench 120")).toEqual(before);
  });

  it("makes each song and each artist once, with the song's artists and codes, and asks about none of them", async () => {
    for (const one of [recordedAlbum(oddAlbums.hiddenTrack.albumId), recordedAlbum("Pulp Fiction")]) {
      expect(await releasesOf(one.id)).toMatchObject({ status: "complete", requests: 2 });
      const songs = recordedSongs(one);
      expect(songs.flatMap(({ isrcs }) => isrcs)).not.toEqual([]);
      const ids = songs.map((each) => each.song);
      expect(await storedSongs(catalog, ids)).toEqual(songs);
    }
    for (const [kind, scheme] of [
      [song.name, "musicbrainz.recording"],
      [artist.name, "musicbrainz.artist"],
    ]) {
      const distinct = await count("accession.identifier", `where scheme = '${scheme}'`);
      expect(await count("accession.item", `where kind = '${kind}'`)).toBe(distinct);
    }
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
    expect(result).toMatchObject({ status: "complete", done: 3, counts: { created: 2, refused: 1 } });
    expect(result.refused).toEqual([
      expect.objectContaining({
        id: "not-an-mbid",
        reason: expect.stringContaining("This is no release of MusicBrainz"),
      }),
    ]);
    const whole = recordedAlbum(oddAlbums.malformed.albumId).releases.toSpliced(1, 1);
    for (const { id, title } of whole) {
      expect(await catalog.withIdentifier("musicbrainz.release", id)).toMatchObject([{ title }]);
    }
  });

  const odd = Object.entries(oddAlbums).filter(([name]) => name !== "malformed");
  it.each([
    ...odd.map(([name, { albumId }]) => ({ name, one: recordedAlbum(albumId) })),
    { name: "various artists", one: recordedAlbum("Pulp Fiction") },
    { name: "sides of discs", one: recordedAlbum("The Wall") },
  ])("stores every release and track of what is odd: $name", async ({ one }) => {
    const result = await releasesOf(one.id);
    expect(result).toMatchObject({ status: "complete", done: one.releases.length, counts: { refused: 0 } });
    const tracks = recordedTracks(one);
    expect(new Set(tracks.map((track) => track.release)).size).toBe(one.releases.length);
    expect(await storedTracks(catalog, one)).toEqual(tracks);
    for (const { id } of one.releases) {
      const imported = await catalog.import(release, { musicbrainzId: id });
      expect(imported).toMatchObject({ status: "unchanged", requests: 0 });
    }
    const again = await releasesOf(one.id);
    expect(again.counts).toMatchObject({ created: 0, updated: 0, unchanged: result.done, gone: 0 });
  });

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
});
