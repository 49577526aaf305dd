import { sql } from "kysely";
import { expect, it } from "vitest";
import { openCatalog } from "../../src/index.ts";
import { music, release } from "../../src/music/index.ts";
import { benchAlbums, manyReleases } from "../../src/sandbox/data/bench-players.ts";
import type { Sandbox } from "../../src/sandbox/open-sandbox.ts";
import { expectConsistent, readCatalogue } from "../support/catalogue-state.ts";
import { startScript } from "../support/child-script.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { openMusicCatalog, openTestSandbox } from "../support/music-catalog.ts";
import { createPostgresDatabase } from "../support/postgres-database.ts";

const script = new URL("scripts/import-releases.ts", import.meta.url);

/** Releases and tracks of an album that the catalogue has, and whether each release, song and artist is there once. */
async function shelf(database: string, title: string) {
  await using catalog = await openCatalog({ database, packs: [music({})] });
  const { rows } = await sql<Record<string, string>>`
    select count(*) as releases,
      (select count(*) from accession.relation r join accession.item i on i.id = r.from_id
        where i.kind = 'music.release' and i.title = ${title} and r.type = 'track') as tracks,
      (select count(*) from accession.item where kind = 'music.song' and title is not null) as songs,
      (select count(*) from accession.identifier where scheme = 'musicbrainz.recording') as recordings,
      (select count(*) from accession.item where kind = 'music.artist') as artists,
      (select count(*) from accession.listing) as unfinished
    from accession.item where kind = 'music.release' and title = ${title}`.execute(catalog.kysely);
  return Object.fromEntries(Object.entries(rows[0] ?? {}).map(([name, value]) => [name, Number(value)]));
}

const whole = { releases: 120, tracks: 1_200, songs: 10, recordings: 10, artists: 1, unfinished: 0 };

describeOnDatabases("An import of all releases that is killed", (database) => {
  it.each([
    { when: "in the middle of a page", step: "written", nth: 3, saved: 50, requests: 2 },
    { when: "between two pages", step: "page-saved", nth: 2, saved: 100, requests: 1 },
  ])("$when has saved the pages before, and the next run does the rest", async ({ step, nth, saved, requests }) => {
    const sandbox = await openTestSandbox();
    const location = await database.location();
    const child = startScript(script, [location, sandbox.url, manyReleases.albumId, step, String(nth)]);
    expect((await child.ended()).signal).toBe("SIGKILL");
    const begun = await shelf(location, manyReleases.title);
    expect(begun).toMatchObject({ releases: saved, tracks: saved * 10, unfinished: 1 });

    const before = sandbox.requests.length;
    await using catalog = await openMusicCatalog(location, sandbox);
    const result = await catalog.importMany(release, { album: { musicbrainzId: manyReleases.albumId } });
    expect(result).toMatchObject({ status: "complete", done: 120, counts: { created: 120 - saved } });
    expect(new Set(sandbox.requests.slice(before).map((one) => one.path)).size).toBe(requests);
    await catalog.close();
    expect(await shelf(location, manyReleases.title)).toEqual(whole);
  });

  it("while it takes away what is listed no more has taken nothing away, and the next run does", async () => {
    const sandbox = await openTestSandbox();
    const location = await database.location();
    const { albumId, title } = benchAlbums[5];
    const album = { musicbrainzId: albumId };
    const withdrawn = "c7b8d1a4-3f5e-4b7a-9a40-0d6c3a3a9b11";
    const editions = async (): Promise<number | undefined> => (await shelf(location, title))["releases"];
    async function albumOfWithdrawn(): Promise<number | undefined> {
      await using catalog = await openMusicCatalog(location, sandbox);
      const [found] = await catalog.withIdentifier("musicbrainz.release", withdrawn);
      return found?.relations.filter((one) => one.type === "album").length;
    }
    {
      await using catalog = await openMusicCatalog(location, sandbox);
      await catalog.importMany(release, { album });
      // As a release that MusicBrainz had once, and has no more.
      const document = { id: withdrawn, title: "Withdrawn", "release-group": { id: albumId, title } };
      expect((await catalog.load(release, linesOf([document]))).counts.created).toBe(1);
    }
    const child = startScript(script, [location, sandbox.url, albumId, "written", "2"]);
    expect((await child.ended()).signal).toBe("SIGKILL");
    expect(await albumOfWithdrawn()).toBe(1);
    {
      await using catalog = await openMusicCatalog(location, sandbox);
      const result = await catalog.importMany(release, { album });
      expect(result).toMatchObject({ status: "complete", counts: { unchanged: 5, gone: 1 } });
    }
    expect([await albumOfWithdrawn(), await editions()]).toEqual([0, 5]);
  });
});

async function* linesOf(documents: readonly object[]): AsyncGenerator<string> {
  for (const one of documents) yield JSON.stringify(one);
}

describeOnDatabases("A source that", (database) => {
  /** Imports everything without a pace of our own, and tells what the source answered when it was asked for pages. */
  async function importFrom(sandbox: Sandbox, backOff?: number) {
    const location = await database.location();
    await using catalog = await openCatalog({
      database: location,
      packs: [music({ musicbrainz: { url: sandbox.url, interval: 0, backOff } })],
    });
    const result = await catalog.importMany(release, { album: { musicbrainzId: manyReleases.albumId } });
    await catalog.close();
    expect(result).toMatchObject({ status: "complete", done: 120, counts: { created: 120, refused: 0 } });
    expect(await shelf(location, manyReleases.title)).toEqual(whole);
    const pages = sandbox.requests.filter((one) => one.path.includes("/release?"));
    expect(result.requests).toBe(sandbox.requests.length);
    return pages.map(({ path, status, time }) => ({
      offset: Number(/offset=(\d+)/.exec(path)?.[1] ?? 0),
      status,
      time,
    }));
  }

  it("takes one request a second, and answers 503 beyond, is waited for, and gives everything", async () => {
    const pages = await importFrom(await openTestSandbox({ requestsPerSecond: 1 }));
    expect(pages.filter((one) => one.status === 200).map((one) => one.offset)).toEqual([0, 50, 100]);
    // The second page is asked for as soon as the first is saved, which takes no second.
    expect(pages.filter((one) => one.status === 503).length).toBeGreaterThan(0);
  });

  it("says how long to wait is not asked again before", async () => {
    const sandbox = await openTestSandbox();
    sandbox.faults.add({ kind: "status", status: 503, retryAfter: 2, on: "offset=50", times: 1 });
    const pages = await importFrom(sandbox, 10);
    expect(pages.map(({ offset, status }) => [offset, status])).toEqual([
      [0, 200],
      [50, 503],
      [50, 200],
      [100, 200],
    ]);
    expect((pages[2]?.time ?? 0) - (pages[1]?.time ?? 0)).toBeGreaterThan(1_990);
  });

  it("answers every second request with 503 gives everything all the same", async () => {
    const sandbox = await openTestSandbox();
    sandbox.faults.add({ kind: "status", status: 503, every: 2 });
    const pages = await importFrom(sandbox, 10);
    // The first request is for the album.
    expect(pages.map((one) => one.status)).toEqual([503, 200, 503, 200, 503, 200]);
  });
});

it("Four processes that import all releases of one album at once make each release, song and artist once", async () => {
  const sandbox = await openTestSandbox();
  const { url } = await createPostgresDatabase();
  await (await openCatalog({ database: url, packs: [music({})] })).close();
  const { albumId, title } = manyReleases;
  const children = Array.from({ length: 4 }, () => startScript(script, [url, sandbox.url, albumId], { AT_ONCE: "1" }));
  await Promise.all(children.map((child) => child.printed("ready\n")));
  for (const child of children) child.stdin.write("go\n");
  const ends = await Promise.all(children.map((child) => child.ended()));
  expect(ends.map((end) => end.code)).toEqual([0, 0, 0, 0]);
  const results = ends.map(
    ({ stdout }) => JSON.parse(stdout.replace("ready\n", "")) as { status: string; counts: { created: number } },
  );
  expect(results.map((one) => one.status)).toEqual(Array.from({ length: 4 }, () => "complete"));
  expect(results.reduce((sum, one) => sum + one.counts.created, 0)).toBe(120);
  expect(await shelf(url, title)).toEqual(whole);
  expectConsistent(await readCatalogue(url), [music({})]);
});
