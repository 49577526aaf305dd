import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { openCatalog } from "../../src/index.ts";
import { list, music, release } from "../../src/music/index.ts";
import { oddAlbums } from "../../src/sandbox/data/odd-editions.ts";
import { seriesIds } from "../../src/sandbox/data/series.ts";
import { openSandbox, type Sandbox } from "../../src/sandbox/open-sandbox.ts";
import { known } from "../support/music-catalog.ts";
import { createPostgresDatabase } from "../support/postgres-database.ts";
import { runCommand } from "./run-command.ts";

// A test runs several commands, each a process of its own.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const experienceEdition = "musicbrainz.release:b27b993b-c1a2-4fab-ba7f-379160ccbcc9";

let sandbox: Sandbox;
let environment: NodeJS.ProcessEnv;
beforeAll(async () => {
  sandbox = await openSandbox();
  const { url } = await createPostgresDatabase();
  environment = { ACCESSION_DATABASE: url, ACCESSION_MUSICBRAINZ_URL: sandbox.url };
  await using catalog = await openCatalog({ database: url, packs: [music({ musicbrainz: { url: sandbox.url } })] });
  for (const musicbrainzId of [known.darkSide, oddAlbums.hiddenTrack.albumId, oddAlbums.dataTracks.albumId]) {
    await catalog.importMany(release, { album: { musicbrainzId } });
  }
  await catalog.import(list, { musicbrainzId: seriesIds.greatAlbums });
});
afterAll(() => sandbox.close());

const run = (...args: readonly string[]) => runCommand(args, { environment });

/** What stands under the facts of an item, without ids: the lists of its relations. */
const listsIn = (stdout: string): readonly string[] =>
  stdout
    .slice(stdout.indexOf("\n\n") + 2)
    .trimEnd()
    .split("\n")
    .map((line) => line.replace(/ {2}[0-9a-f-]{36}$/, ""));

it("accession show prints what has no name field by field", async () => {
  const { stdout } = await run("show", experienceEdition);
  expect(stdout).toMatch(/^labels +EMI, Harvest/m);
  expect(stdout).toMatch(
    /^events +date 2011-09-26, country GB; date 2011-09-27, country US; date 2011-09-28, country JP/m,
  );
  expect(stdout).toMatch(/^media +title The Dark Side of the Moon, format CD, position 1, trackCount 10; title Live/m);
});

it("accession show prints the tracks of a release medium by medium, with numbers, lengths and titles", async () => {
  const { stdout } = await run("show", experienceEdition);
  expect(listsIn(stdout)).toEqual([
    "CD 1: The Dark Side of the Moon  [musicbrainz]",
    "   1  1:08  Speak to Me",
    "   2  2:49  Breathe",
    "   3  3:51  On the Run",
    "   4  6:50  Time",
    "   5  4:44  The Great Gig in the Sky",
    "   6  6:23  Money",
    "   7  7:50  Us and Them",
    "   8  3:26  Any Colour You Like",
    "   9  3:47  Brain Damage",
    "  10  2:12  Eclipse",
    "",
    "CD 2: Live at the Empire Pool, Wembley, London 1974  [musicbrainz]",
    "   1  2:45  Speak to Me",
    "   2  2:50  Breathe (In the Air)",
    "   3  8:39  Money",
    "   4  8:09  Us and Them",
    "   5  2:19  Eclipse",
  ]);
  expect(stdout).not.toMatch(/^track /m);
});

it("accession import release shows who plays a track, where that is not the release's artist", async () => {
  const { stdout } = await run("import", "release", "Pulp Fiction: Music From the Motion Picture", "--country", "US");
  const lines = listsIn(stdout);
  expect(lines.slice(0, 3)).toEqual([
    "CD",
    "   1  1:42  Royale With Cheese (Dialogue)  John Travolta & Samuel L. Jackson",
    "   2  2:27  Misirlou  Dick Dale & His Del‐Tones",
  ]);
  expect(lines).toHaveLength(12);
});

it("accession show says which tracks are hidden or data, and lines up those without a length", async () => {
  const hidden = await run("show", oddAlbums.hiddenTrack.releaseIds[0] ?? "");
  expect(listsIn(hidden.stdout).slice(0, 3)).toEqual([
    "CD  [musicbrainz]",
    "  0  2:08  Rewind to Hear This  hidden before the first",
    "  1  3:44  Velvet Mirror",
  ]);
  const data = await run("show", oddAlbums.dataTracks.releaseIds[0] ?? "");
  expect(listsIn(data.stdout).slice(-2)).toEqual([
    "  5  4:40  Interview to Watch  data track · video",
    "  6        Screensaver  data track",
  ]);
});

it("accession show prints the entries of a list, each with whose it is and its year", async () => {
  const { stdout } = await run("show", "Ten Great Albums of the Sandbox");
  const lines = listsIn(stdout);
  expect(lines.slice(0, 3)).toEqual([
    "albums  [musicbrainz]",
    "   1  OK Computer  Radiohead · 1997",
    "   2  The Dark Side of the Moon  Pink Floyd · 1973",
  ]);
  expect(lines).toHaveLength(11);
});

it("accession list tells the editions of an album by country, year and name", async () => {
  const { stdout } = await run("list", "release", "--where", "disambiguation~Experience");
  expect(stdout).toMatch(/^The Dark Side of the Moon {2}Pink Floyd · GB · 2011 · Experience edition {2}\S+\n$/);
});
