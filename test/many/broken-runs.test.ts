import { sql } from "kysely";
import { expect, it } from "vitest";
import { openCatalog } from "../../src/index.ts";
import { music, release } from "../../src/music/index.ts";
import { benchAlbums, manyReleases } from "../../src/sandbox/data/bench-players.ts";
import type { Sandbox } from "../../src/sandbox/open-sandbox.ts";
import { startScript } from "../support/child-script.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { known, openMusicCatalog, openTestSandbox } from "../support/music-catalog.ts";
import { createPostgresDatabase } from "../support/postgres-database.ts";

const script = new URL("scripts/import-releases.ts", import.meta.url);

/** Releases and tracks of an album that the catalogue has, and whether each release and song is there once. */
async function shelf(database: string, title: string) {
  await using catalog = await openCatalog({ database, packs: [music({})] });
  const { rows } = await sql<Record<string, string>>`
    select count(*) as releases,
      (select count(*) from accession.relation r join accession.item i on i.id = r.from_id
        where i.kind = 'music.release' and i.title = ${title} and r.type = 'track') as tracks,
      (select count(*) from accession.item where kind = 'music.song' and title is not null) as songs,
      (select count(*) from accession.identifier where scheme = 'musicbrainz.recording') as recordings,
      (select count(*) from accession.listing) as unfinished
    from accession.item where kind = 'music.release' and title = ${title}`.execute(catalog.kysely);
  return Object.fromEntries(Object.entries(rows[0] ?? {}).map(([name, value]) => [name, Number(value)]));
}

const whole = { releases: 120, tracks: 1_200, songs: 10, recordings: 10, unfinished: 0 };

describeOnDatabases("An import of all releases that is killed", (database) => {
  it.each([
    { when: "in the middle of a page", step: "written", nth: 3, requests: 2 },
    { when: "between two pages", step: "page-saved", nth: 2, requests: 1 },
  ])("$when has saved the pages before, and the next run does the rest", async ({ step, nth, requests }) => {
    const sandbox = await openTestSandbox();
    const location = await database.location();
    const child = startScript(script, [location, sandbox.url, manyReleases.albumId, step, String(nth)]);
    expect((await child.ended()).signal).toBe("SIGKILL");
    const saved = await shelf(location, manyReleases.title);
    expect(saved["releases"]).toBeGreaterThan(0);
    expect(saved["tracks"]).toBe((saved["releases"] ?? 0) * 10);

    const before = sandbox.requests.length;
    await using catalog = await openMusicCatalog(location, sandbox);
    const result = await catalog.importMany(release, { album: { musicbrainzId: manyReleases.albumId } });
    expect(result).toMatchObject({ status: "complete", done: 120 });
    expect(result.counts.created).toBe(120 - (saved["releases"] ?? 0));
    expect(new Set(sandbox.requests.slice(before).map((one) => one.path)).size).toBe(requests);
    await catalog.close();
    expect(await shelf(location, manyReleases.title)).toEqual(whole);
  });
});

describeOnDatabases("A source that", (database) => {
  async function importFrom(sandbox: Sandbox, backOff?: number) {
    const location = await database.location();
    await using catalog = await openCatalog({
      database: location,
      packs: [music({ musicbrainz: { url: sandbox.url, interval: 0, backOff } })],
    });
    const result = await catalog.importMany(
      release,
      { album: { musicbrainzId: manyReleases.albumId } },
      // Somebody else at the same address asks as well, each time just before.
      { onProgress: () => void fetch(`${sandbox.url}/artist/${known.pinkFloyd}`).catch(() => undefined) },
    );
    await catalog.close();
    return { result, stored: await shelf(location, manyReleases.title) };
  }

  it("takes one request a second, and answers 503 beyond, is waited for, and gives everything", async () => {
    const sandbox = await openTestSandbox({ requestsPerSecond: 1 });
    const { result, stored } = await importFrom(sandbox);
    expect(result).toMatchObject({ status: "complete", done: 120, counts: { created: 120 } });
    expect(stored).toEqual(whole);
    const answered = sandbox.requests.filter((one) => one.status === 200).map((one) => one.time);
    expect(sandbox.requests.some((one) => one.status === 503)).toBe(true);
    expect(Math.min(...answered.slice(1).map((time, index) => time - (answered[index] ?? 0)))).toBeGreaterThan(900);
  });

  it("answers every second request with 503 gives everything all the same", async () => {
    const sandbox = await openTestSandbox();
    sandbox.faults.add({ kind: "status", status: 503, every: 2 });
    const { result, stored } = await importFrom(sandbox, 10);
    expect(result).toMatchObject({ status: "complete", done: 120, counts: { created: 120, refused: 0 } });
    expect(stored).toEqual(whole);
  });
});

it("Four processes that import all releases of one album at once make each release, song and artist once", async () => {
  const sandbox = await openTestSandbox();
  const { url } = await createPostgresDatabase();
  await (await openCatalog({ database: url, packs: [music({})] })).close();
  const { albumId, title } = benchAlbums[25];
  const children = Array.from({ length: 4 }, () => startScript(script, [url, sandbox.url, albumId]));
  const ends = await Promise.all(children.map((child) => child.ended()));
  expect(ends.map((end) => end.code)).toEqual([0, 0, 0, 0]);
  const results = ends.map((end) => JSON.parse(end.stdout) as { status: string; counts: { created: number } });
  expect(results.map((one) => one.status)).toEqual(Array.from({ length: 4 }, () => "complete"));
  expect(results.reduce((sum, one) => sum + one.counts.created, 0)).toBe(25);
  expect(await shelf(url, title)).toEqual({ releases: 25, tracks: 250, songs: 10, recordings: 10, unfinished: 0 });
});
