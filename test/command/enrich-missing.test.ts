import { afterAll, beforeEach, beforeAll, expect, it, vi } from "vitest";
import { completedDocument } from "../../src/command/output/list-documents.ts";
import { seriesIds } from "../../src/sandbox/data/series.ts";
import { openSandbox, type Sandbox } from "../../src/sandbox/open-sandbox.ts";
import { known } from "../support/music-catalog.ts";
import { createPostgresDatabase } from "../support/postgres-database.ts";
import { runCommand } from "./run-command.ts";

// A test runs several commands, each a process of its own.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let sandbox: Sandbox;
let environment: Record<string, string>;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  environment = { ACCESSION_DATABASE: (await createPostgresDatabase()).url, ACCESSION_MUSICBRAINZ_URL: sandbox.url };
});

const run = (...args: readonly string[]) => runCommand(args, { environment });

async function completed(...args: readonly string[]) {
  return completedDocument.parse((await run("enrich", "--missing", ...args, "--json")).document());
}

it("accession enrich --missing asks about each album of a shelf once, and then nothing is missing", async () => {
  await run("import", "albums", "--mbid", known.pinkFloyd, "--studio", "--no-background");
  const first = await completed();
  expect(first.total).toBeGreaterThan(5);
  expect(first).toMatchObject({ status: "complete", requests: first.total, left: 0 });
  const again = await run("enrich", "--missing");
  expect([again.code, again.stdout]).toEqual([0, "Nothing is missing.\n"]);
  const counted = await run("enrich", "--missing", "--kind", "album", "--dry-run");
  expect(counted.stdout).toBe("Nothing is missing of any album.\n");
  // The shelf, imported again, is as it was, and what it lacked is not forgotten to have come.
  const before = await run("export", "album");
  expect(before.stdout).toContain('"name":"狂気"');
  await run("import", "albums", "--mbid", known.pinkFloyd, "--studio", "--no-background");
  expect((await run("export", "album")).stdout).toBe(before.stdout);
  expect(await completed("--dry-run")).toMatchObject({ total: 0 });
});

it("accession enrich --missing says how many items lack something still, and with what command to go on", async () => {
  await run("import", "list", "--mbid", seriesIds.greatAlbums);
  const limited = await run("enrich", "--missing", "--kind", "album", "--limit", "1");
  expect(limited.stderr).toContain("9 items lack something still.\nGo on with: ");
  expect(limited.stderr).toContain("Go on with: accession enrich --missing --kind album --limit 1\n");

  await run("import", "list", "--mbid", seriesIds.originalVinyl);
  const first = await run("enrich", "--missing");
  expect(first.code).toBe(0);
  const [, left = ""] = /(\d+) items lack something still\./.exec(first.stderr) ?? [];
  expect(Number(left)).toBeGreaterThan(5);
  expect(first.stderr).toMatch(/Go on with: accession enrich --missing\n$/);
  expect(await completed()).toMatchObject({ total: Number(left), left: 0 });
});

it("accession enrich --missing gives up after five failures for the source's sake, and prints the command that goes on", async () => {
  await run("import", "list", "--mbid", seriesIds.greatAlbums);
  const lift = sandbox.faults.add({ kind: "status", status: 503, retryAfter: 3_600, on: "/release-group/" });
  const before = sandbox.requests.length;
  const end = await run("enrich", "--missing", "--kind", "album", "--json");
  lift();
  expect(end.code).toBe(5);
  expect(completedDocument.parse(end.document())).toMatchObject({
    status: "given-up",
    total: 10,
    counts: { failed: 5 },
    error: { code: "source-throttled" },
    resume: "accession enrich --missing --kind album",
  });
  expect(sandbox.requests.length - before).toBe(5);
  const rest = await completed("--kind", "album");
  expect(rest).toMatchObject({ status: "complete", total: 10, counts: { failed: 0 }, left: 0 });
});

it("accession enrich --missing counts what failed among what is left", async () => {
  await run("import", "list", "--mbid", seriesIds.residents);
  sandbox.faults.add({ kind: "wrong-shape", on: "/artist/", times: 1 });
  const end = await run("enrich", "--missing");
  expect(end.code).toBe(5);
  expect(end.stdout).toMatch(/^2 of 2 items: updated 1, failed 1; /);
  expect(end.stderr).toContain("1 item lacks something still (1 failed).\n");
});
