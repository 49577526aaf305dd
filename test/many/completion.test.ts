import { sql } from "kysely";
import { beforeAll, beforeEach, expect, it } from "vitest";
import type { Catalog, ManyOptions } from "../../src/index.ts";
import { album, artist, music, release, song } from "../../src/music/index.ts";
import type { Sandbox } from "../../src/sandbox/open-sandbox.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { known, openMusicCatalog, openTestSandbox } from "../support/music-catalog.ts";

describeOnDatabases("Beside what it lists, an import of many", (database) => {
  let sandbox: Sandbox;
  let catalog: Catalog & { readonly statements: string[] };
  beforeAll(async () => {
    sandbox = await openTestSandbox();
  });
  beforeEach(async () => {
    const packs = [
      music({
        musicbrainz: { url: sandbox.url },
        // It could be asked, and nobody asks it: there is no worker.
        amazon: { credentialId: "id", credentialSecret: "secret", partnerTag: "example-20" },
      }),
    ];
    catalog = await openMusicCatalog(await database.location(), sandbox, { packs });
  });

  const releases = (options: ManyOptions) =>
    catalog.importMany(release, { album: { musicbrainzId: known.darkSide } }, options);
  const albums = (options: ManyOptions) =>
    catalog.importMany(album, { artist: { musicbrainzId: known.pinkFloyd } }, options);

  /** What waits for a worker, and whether each has one job. */
  async function queue(): Promise<string[]> {
    const jobs = await catalog.jobs.list({ limit: 10_000 });
    expect(jobs.every((job) => job.state === "queued" && job.jobId !== null)).toBe(true);
    return jobs.map(({ provider, title }) => `${provider}: ${title}`).toSorted();
  }
  const ofTheAlbum = "amazon: The Dark Side of the Moon";
  async function titles(kind: string): Promise<string[]> {
    const { rows } = await sql<{ title: string }>`
      select title from accession.item where kind = ${kind} order by title`.execute(catalog.kysely);
    return rows.map((row) => row.title);
  }

  it("completes whom the other item's own import has made in passing, and everybody else, once", async () => {
    expect(await releases({ complete: [artist.name] })).toMatchObject({ status: "complete" });
    const artists = (await titles(artist.name)).map((title) => `musicbrainz: ${title}`);
    expect(artists).toContain("musicbrainz: Pink Floyd");
    expect(await queue()).toEqual([ofTheAlbum, ...artists].toSorted());
    const jobs = await catalog.jobs.list();
    await releases({ complete: [artist.name], restart: true });
    expect(await catalog.jobs.list()).toEqual(jobs);
  });

  it("completes in a repetition what was made in passing before, at one statement more a page", async () => {
    await releases({ background: false });
    expect(await queue()).toEqual([]);
    catalog.statements.length = 0;
    await releases({ background: false });
    const before = catalog.statements.length;
    await catalog.import(artist, { musicbrainzId: known.pinkFloyd }, { providers: ["musicbrainz"] });
    const others = (await titles(artist.name)).filter((title) => title !== "Pink Floyd");
    const songs = await titles(song.name);
    expect(songs.length).toBeGreaterThan(5);

    const complete = [artist.name, song.name, album.name];
    await releases({ background: false, complete });
    const wanted = [...others, ...songs].map((title) => `musicbrainz: ${title}`).toSorted();
    expect(await queue()).toEqual(wanted);
    catalog.statements.length = 0;
    const again = await releases({ background: false, complete });
    expect(catalog.statements.length).toBeLessThanOrEqual(before + again.pages);
    expect(await queue()).toEqual(wanted);
  });

  it("completes the listed items themselves, where the list says less than their own import would", async () => {
    await albums({ complete: [album.name], background: false });
    expect(await queue()).toEqual((await titles(album.name)).map((title) => `musicbrainz: ${title}`).toSorted());
  });

  it("enqueues the other item's background providers, and none where none are wanted", async () => {
    await releases({ background: false, dryRun: true });
    await releases({ background: false });
    await albums({ background: false });
    expect(await queue()).toEqual([]);
    await releases({});
    expect(await queue()).toEqual([ofTheAlbum]);
  });
});
