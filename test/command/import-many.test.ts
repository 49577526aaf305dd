import { Client } from "pg";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { changedDocument, failureDocument, shownDocument } from "../../src/command/output/document-schema.ts";
import { importedManyDocument } from "../../src/command/output/many-documents.ts";
import { benchAlbums, manyReleases } from "../../src/sandbox/data/bench-players.ts";
import { oddAlbums } from "../../src/sandbox/data/odd-editions.ts";
import { seriesIds } from "../../src/sandbox/data/series.ts";
import { openSandbox, type Sandbox } from "../../src/sandbox/open-sandbox.ts";
import { recordedAlbum } from "../many/recorded-tracks.ts";
import { createPostgresDatabase } from "../support/postgres-database.ts";
import { known } from "../support/music-catalog.ts";
import { runCommand, startCommand } from "./run-command.ts";

// A test runs several commands, each a process of its own.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let sandbox: Sandbox;
let environment: NodeJS.ProcessEnv;
beforeAll(async () => {
  sandbox = await openSandbox();
  const { url } = await createPostgresDatabase();
  environment = { ACCESSION_DATABASE: url, ACCESSION_MUSICBRAINZ_URL: sandbox.url };
});
afterAll(() => sandbox.close());

const run = (...args: readonly string[]) => runCommand(args, { environment });

it("accession import albums imports an artist's albums, and says so when there is nothing new", async () => {
  const first = await run("import", "albums", "--mbid", known.pinkFloyd, "--studio", "--json");
  expect(first.code).toBe(0);
  const document = importedManyDocument.parse(first.document());
  expect(document).toMatchObject({ status: "complete", parent: { title: "Pink Floyd" }, pages: 1, requests: 2 });
  expect(document.counts.created).toBeGreaterThan(5);
  const again = await run("import", "albums", "Pink Floyd", "--studio");
  expect(again).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(
      /^complete {2}15 albums of Pink Floyd, nothing new \(11 unchanged, 4 filtered\), 1 request$/m,
    ),
  });
});

it("accession import releases imports an album's editions by name, each with its tracks", async () => {
  await run("import", "albums", "--mbid", known.pinkFloyd, "--studio");
  const end = await run("import", "releases", "The Dark Side of the Moon");
  expect(end).toMatchObject({ code: 0, stdout: expect.stringMatching(/^complete {2}5 releases of The Dark Side/) });
  const again = await run("import", "releases", "The Dark Side of the Moon");
  expect(again.stdout).toMatch(
    /^complete {2}all 5 releases of The Dark Side of the Moon were there \(5 unchanged\), 1 request$/m,
  );
  // The album is meant, although its editions have its name.
  const shown = shownDocument.parse((await run("show", "The Dark Side of the Moon", "--json")).document());
  expect(shown.item.kind).toBe("music.album");
});

it("accession import releases speaks of one edition as of one", async () => {
  const end = await run("import", "releases", "--mbid", oddAlbums.hiddenTrack.albumId);
  expect(end.stdout).toMatch(/^complete {2}1 release of Before the First Song \(1 created\), 2 requests$/m);
});

it("accession import releases names what it refused, and stores the rest", async () => {
  const end = await run("import", "releases", "--mbid", oddAlbums.malformed.albumId, "--json");
  const document = importedManyDocument.parse(end.document());
  expect(document).toMatchObject({ status: "complete", counts: { refused: 1 }, refused: [{ id: "not-an-mbid" }] });
  expect(end.stderr).toBe("");
  const told = await run("import", "releases", "--mbid", oddAlbums.malformed.albumId);
  expect(told.stdout).toMatch(/^complete {2}3 releases of .*, nothing new \(2 unchanged, 1 refused\), 1 request$/m);
  expect(told.stderr).toMatch(/^refused not-an-mbid: This is no release of MusicBrainz/m);
});

it("accession import releases leaves off at a page on Ctrl-C, and prints the command that goes on", async () => {
  sandbox.faults.add({ kind: "latency", wait: 1_500, on: "offset=50" });
  const { child, ended } = startCommand(["import", "releases", "--mbid", manyReleases.albumId], { environment });
  await vi.waitFor(() => expect(sandbox.requests.some((one) => one.path.includes("offset=50"))).toBe(true), 60_000);
  child.kill("SIGINT");
  const end = await ended;
  sandbox.faults.clear();
  expect(end.code).toBe(130);
  expect(end.stdout).toMatch(/^stopped {2}50 of 120 releases of Bench 120 are saved/);
  expect(end.stderr).toContain(`accession import releases --mbid ${manyReleases.albumId}`);
  const rest = await run("import", "releases", "--mbid", manyReleases.albumId, "--json");
  const document = importedManyDocument.parse(rest.document());
  expect(document).toMatchObject({ status: "complete", done: 120, counts: { created: 70 } });
});

it("accession import releases ends with 5 where the source is down, keeps what it has, and goes on or begins anew", async () => {
  const { url } = await createPostgresDatabase();
  const runHere = (...args: readonly string[]) =>
    runCommand(args, { environment: { ...environment, ACCESSION_DATABASE: url } });
  const lift = sandbox.faults.add({ kind: "status", status: 503, on: "offset=50" });
  const words = ["import", "releases", "--mbid", manyReleases.albumId];
  const end = await runHere(...words);
  lift();
  expect(end.code).toBe(5);
  expect(end.stdout).toMatch(/50 of 120 releases of Bench 120/);
  expect(end.stderr).toContain("source-throttled");
  expect(end.stderr).toContain(`  accession ${words.join(" ")}\n`);
  const anew = importedManyDocument.parse((await runHere(...words, "--restart", "--json")).document());
  expect(anew).toMatchObject({ status: "complete", done: 120, counts: { created: 70, unchanged: 50 } });
});

it("accession import albums prints the command that goes on with all that changes what it does", async () => {
  const lift = sandbox.faults.add({ kind: "wrong-shape", on: "/release-group?" });
  const flags = ["--where", "firstReleaseDate>=1970", "--no-background", "--complete", "artist"];
  const end = await run("import", "albums", "--mbid", known.pinkFloyd, "--studio", ...flags);
  lift();
  expect(end.code).toBe(5);
  expect(end.stderr).toContain(
    `  accession import albums --studio --where "firstReleaseDate>=1970" --no-background --mbid ${known.pinkFloyd} --complete artist\n`,
  );
});

it("accession import albums ends with 3 where nobody knows the artist, and with 4 where several are meant", async () => {
  const unknown = await run("import", "albums", "--mbid", "00000000-0000-4000-8000-000000000001");
  expect(unknown.code).toBe(3);
  await run("import", "artist", "--mbid", known.nirvanaUs);
  await run("import", "artist", "--mbid", known.nirvanaUk);
  const several = await run("import", "albums", "Nirvana");
  expect(several.code).toBe(4);
  expect(several.stdout + several.stderr).toMatch(/1980s–1990s US grunge band/);
});

it("accession import releases --complete enqueues the artists whom the pages name, each once", async () => {
  const { url } = await createPostgresDatabase();
  const own = { ...environment, ACCESSION_DATABASE: url };
  const words = ["import", "releases", "--mbid", recordedAlbum("Pulp Fiction").id, "--complete", "artist"];
  const end = await runCommand([...words, "--no-background"], { environment: own });
  expect(end.code).toBe(0);
  const jobs = await runCommand(["jobs", "--provider", "musicbrainz", "--limit", "500", "--json"], {
    environment: own,
  });
  const names = (jobs.document() as { jobs: readonly { item: { title: string } }[] }).jobs.map((one) => one.item.title);
  expect(names).toContain("Dusty Springfield");
  expect(new Set(names).size).toBe(names.length);
});

it("accession import releases ends at once on a second Ctrl-C, though a page is being saved, and loses nothing", async () => {
  const { url } = await createPostgresDatabase();
  const own = { environment: { ...environment, ACCESSION_DATABASE: url } };
  const words = ["import", "releases", "--mbid", benchAlbums[5].albumId];
  expect((await runCommand([...words, "--dry-run"], own)).code).toBe(0);
  const holder = new Client({ connectionString: url });
  await holder.connect();
  await holder.query("begin; lock table accession.item in exclusive mode");
  const { child, ended } = startCommand(words, own);
  const waiting = "select from pg_locks where not granted and relation = 'accession.item'::regclass";
  await expect.poll(async () => (await holder.query(waiting)).rowCount, { timeout: 60_000, interval: 20 }).toBe(1);
  // Two that come at the same moment would be one.
  await expect.poll(() => child.kill("SIGINT"), { timeout: 60_000, interval: 50 }).toBe(false);
  expect((await ended).code).toBe(130);
  await holder.query("rollback");
  await holder.end();
  expect((await runCommand(words, own)).stdout).toMatch(/^complete {2}5 releases of Bench 5/);
});

it("accession import releases prints the command that goes on where Ctrl-C comes before the first page", async () => {
  await using slow = await openSandbox({ latency: 1_500 });
  const words = ["import", "releases", "--mbid", benchAlbums[25].albumId, "--no-snapshots"];
  const { child, ended } = startCommand(words, {
    environment: { ...environment, ACCESSION_MUSICBRAINZ_URL: slow.url },
  });
  await vi.waitFor(() => expect(slow.requests).toHaveLength(1), 60_000);
  child.kill("SIGINT");
  const end = await ended;
  expect([end.code, end.stdout]).toEqual([130, "stopped  0 releases are saved, 0 requests\n"]);
  expect(end.stderr).toContain(`accession import releases --mbid ${benchAlbums[25].albumId} --no-snapshots\n`);
});

it("accession import releases shows its speed, and how long it will take, from the first page on", async () => {
  await using slow = await openSandbox({ latency: 300 });
  const end = await runCommand(["import", "releases", "--mbid", manyReleases.albumId, "--dry-run"], {
    environment: { ...environment, ACCESSION_MUSICBRAINZ_URL: slow.url },
    preload: new URL("scripts/terminal.ts", import.meta.url),
  });
  expect(end.code).toBe(0);
  const shown = end.stderr.split("\r").map((line) => line.trim());
  expect(shown[1]).toBe("0 releases  (none yet)");
  expect(shown[2]).toMatch(/ 41 % {2}50 releases, [\d.]+ a second, \d+ s left {2}\(50 /);
});

it("accession import releases stores nothing in a dry run, and only what meets the conditions", async () => {
  const words = ["import", "releases", "--mbid", benchAlbums[5].albumId, "--where", "country=DE", "--json"];
  const dry = importedManyDocument.parse((await run(...words, "--dry-run")).document());
  expect(dry).toMatchObject({ dryRun: true, counts: { created: 1, filtered: 4 } });
  const real = importedManyDocument.parse((await run(...words)).document());
  expect(real.counts).toMatchObject({ created: 1, filtered: 4 });
});

it("accession import song and import release go by a title, a code or an id", async () => {
  const byTitle = await run("import", "song", "Money", "--artist", "Pink Floyd", "--json");
  expect(changedDocument.parse(byTitle.document()).item).toMatchObject({ kind: "music.song", title: "Money" });
  const byCode = await run("import", "song", "--isrc", "GBN9Y1100088", "--json");
  expect(changedDocument.parse(byCode.document())).toMatchObject({ status: "unchanged", requests: 0 });
  const byBarcode = await run("import", "release", "--barcode", "720642442524", "--json");
  expect(changedDocument.parse(byBarcode.document()).item).toMatchObject({ kind: "music.release", title: "Nevermind" });
});

it("accession import list imports a series of MusicBrainz with its entries in their order", async () => {
  const end = await run("import", "list", "--mbid", seriesIds.greatAlbums, "--json");
  const { status, item, requests } = changedDocument.parse(end.document());
  expect({ status, kind: item?.kind, requests }).toEqual({ status: "created", kind: "music.list", requests: 1 });
  expect(item?.relations.map((one) => [one.type, one.position])).toEqual(
    Array.from({ length: 10 }, (_none, index) => ["album", index + 1]),
  );
});

it.each([
  [["import", "list"], "Give a FILE"],
  [["import", "releases"], "Give either ALBUM or --mbid"],
  [["import", "albums", "Pink Floyd", "--mbid", known.pinkFloyd], "Give either ARTIST or --mbid"],
  [["import", "releases", "Pink Floyd"], "has no item"],
  [["import", "albums", "--mbid", known.pinkFloyd, "--where", "colour=red"], 'has no attribute or category "colour"'],
  [["import", "albums", "--mbid", known.pinkFloyd, "--complete", "moon"], 'No kind is named "moon"'],
  [["import", "artist"], "Give a NAME, or --mbid with a MusicBrainz id."],
  [["import", "album"], "Give a TITLE, or --mbid with a MusicBrainz id."],
  [["import", "song"], "Give a TITLE, or --mbid with a MusicBrainz id, or --isrc with an ISRC."],
  [["import", "release"], "Give a TITLE, or --mbid with a MusicBrainz id, or --barcode with a barcode."],
  [["import", "song", "Money", "--isrc", "GBN9Y1100088"], "Give either a TITLE or --isrc, not both."],
  [["import", "release", "--mbid", known.pinkFloyd, "--barcode", "1"], "Give either --mbid or --barcode, not both."],
  [["import", "release", "--barcode", "720642442524", "--year", "1991"], "with --barcode there are none"],
  [["import", "albums", `https://musicbrainz.org/artist/${known.pinkFloyd}`], "ARTIST is an address"],
  [["import", "artist", `https://musicbrainz.org/artist/${known.pinkFloyd}`], "NAME is an address"],
] as const)("accession %j is refused, saying why", async (words, why) => {
  const end = await run(...words, "--json");
  expect(failureDocument.parse(end.document()).error.message).toContain(why);
  expect(end.code).toBe(why === "has no item" ? 3 : 2);
});

it.each([
  ["import albums", "release-group", "an album (a release group)", ["import album", "import releases"]],
  ["import albums", "release", "a release, one edition of an album", ["import release"]],
  ["import releases", "artist", "an artist", ["import artist", "import albums"]],
  ["import album", "release", "a release, one edition of an album", ["import release"]],
  ["import release", "recording", "a song (a recording)", ["import song"]],
  ["import song", "series", "a series", ["import list"]],
  ["import list", "release-group", "an album (a release group)", ["import album", "import releases"]],
] as const)(
  "accession %s --mbid with the address of another page (%s) says what that is, and what takes it",
  async (words, entity, about, takers) => {
    const address = `https://musicbrainz.org/${entity}/${known.pinkFloyd}`;
    const end = await run(...words.split(" "), "--mbid", `${address}?tab=1`, "--json");
    expect(end.code).toBe(2);
    const { message, remedy } = failureDocument.parse(end.document()).error;
    expect(message).toContain(`${address}?tab=1 is a page about ${about}, and --mbid takes one about `);
    const told = [...remedy.matchAll(/`accession ([a-z ]+) --mbid ([0-9a-f-]+)`/g)].map(([, taker, id]) => [taker, id]);
    expect(told).toEqual(takers.map((taker) => [taker, known.pinkFloyd]));
  },
);

it.each(["foo", "https://musicbrainz.org/label/x", "https://example.org/artist/x", "https://musicbrainz.org/artist/x"])(
  "accession import albums --mbid %s says what it takes",
  async (text) => {
    const end = await run("import", "albums", "--mbid", text, "--json");
    expect(end.code).toBe(2);
    const { message, remedy } = failureDocument.parse(end.document()).error;
    expect(message).toContain(text);
    expect(remedy).toContain("https://musicbrainz.org/artist/");
  },
);
