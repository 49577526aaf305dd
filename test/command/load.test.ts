import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { zstdCompressSync } from "node:zlib";
import { Client } from "pg";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { artistLine } from "../../bench/dump-documents.ts";
import { failureDocument } from "../../src/command/output/document-schema.ts";
import { loadedDocument } from "../../src/command/output/many-documents.ts";
import { dumpOf } from "../dumps/tar-archive.ts";
import { createPostgresDatabase } from "../support/postgres-database.ts";
import { createTemporaryFolder } from "../support/temporary-folder.ts";
import { runCommand } from "./run-command.ts";

// A test runs several commands, each a process of its own.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

/** Four times as many as a load has under way at once. */
const manyLines = Array.from({ length: 8_000 }, (_, number) => artistLine(number));
const lines = manyLines.slice(0, 2_000);
/** What conditions look at in a document. */
interface DumpedArtist {
  readonly genres: readonly { readonly name: string }[];
  readonly "life-span": { readonly begin: string | null };
}
let folder: string;
let environment: Record<string, string>;
let database: string;
beforeEach(async () => {
  folder = await createTemporaryFolder();
  database = (await createPostgresDatabase()).url;
  environment = { ACCESSION_DATABASE: database, ACCESSION_IMAGES: folder };
});

async function write(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

async function load(...args: readonly string[]) {
  const end = await runCommand(["load", ...args, "--json"], { environment });
  return { code: end.code, ...loadedDocument.parse(end.document()) };
}

/** A load from standard input, which a test fills as it likes, in a working folder of the test's own. */
function startLoad(...args: readonly string[]) {
  const main = fileURLToPath(new URL("../../src/command/main.ts", import.meta.url));
  const child = spawn(process.execPath, [main, "load", "-", ...args], {
    env: { ...process.env, ...environment },
    cwd: folder,
    stdio: "pipe",
  });
  started.add(child);
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (stdout += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
  // One that has ended no longer reads.
  child.stdin.on("error", () => undefined);
  return { child, ended: once(child, "close").then(() => ({ code: child.exitCode, stdout, stderr })) };
}
const started = new Set<ReturnType<typeof spawn>>();
afterAll(() => {
  for (const child of started) child.kill("SIGKILL");
});

async function refusal(...args: readonly string[]) {
  const end = await runCommand(["load", ...args, "--json"], { environment });
  return { exit: end.code, ...failureDocument.parse(end.document()).error };
}

/** How many artists the catalogue has, counted by their identities; none while it has no tables. */
async function artists(): Promise<number> {
  const sql =
    "select count(*)::int as items, count(distinct i.value)::int as ids from accession.identifier i where scheme = 'musicbrainz.artist'";
  const [counted] = await ask<{ items: number; ids: number }>(sql);
  expect(counted?.items).toBe(counted?.ids);
  return counted?.items ?? 0;
}

/** The line up to which a load is known to have come. */
async function noted(): Promise<number> {
  const [listing] = await ask<{ position: string }>("select position from accession.listing");
  return Number(listing?.position ?? 0);
}

async function ask<Row extends object>(sql: string): Promise<readonly Row[]> {
  const client = new Client({ connectionString: database });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } catch (error) {
    if ((error as { code?: string }).code === "42P01") return [];
    throw error;
  } finally {
    await client.end();
  }
}

describe("accession load", () => {
  it("loads the archive of a dump, and changes nothing the second time", async () => {
    const file = await write("dump", zstdCompressSync(dumpOf("artist", lines.slice(0, 300))));
    const first = await load(file);
    expect(first).toMatchObject({ code: 0, status: "complete", kind: "music.artist", done: 300 });
    expect(first.counts).toMatchObject({ created: 300, refused: 0 });
    expect(existsSync(`${file}.rejects.ndjson`)).toBe(false);
    const second = await load(file);
    expect(second.counts).toMatchObject({ created: 0, updated: 0, unchanged: 300 });
    expect(await artists()).toBe(300);
  });

  it("loads only what meets the conditions, only so many, and nothing in a dry run", async () => {
    const file = await write("artists.ndjson", lines.slice(0, 200).join("\n"));
    const british = lines.slice(0, 200).filter((line) => line.includes('"country":"GB"')).length;
    expect(british).toBeGreaterThan(3);
    const dry = await load(file, "--where", "country=GB", "--dry-run");
    expect(dry).toMatchObject({ dryRun: true, counts: { created: british, filtered: 200 - british } });
    expect(await artists()).toBe(0);
    const documents = lines.slice(0, 200).map((line) => JSON.parse(line) as DumpedArtist);
    const ones = documents.filter((one) => one.genres.some(({ name }) => name.includes("genre 1")));
    const recent = ones.filter((one) => (one["life-span"].begin ?? "") >= "1960");
    expect(recent.length).toBeGreaterThan(0);
    expect(recent.length).toBeLessThan(ones.length);
    const both = await load(file, "--where", "genre~genre 1", "--where", "begin>=1960");
    expect(both.counts).toMatchObject({ created: recent.length, filtered: 200 - recent.length });
    const limited = await load(file, "--limit", "10");
    expect(limited).toMatchObject({ status: "complete", done: 10 });
    expect(await refusal(file, "--where", "colour=red")).toMatchObject({ exit: 2, code: "query-invalid" });
  });

  it("puts what is broken, of another shape, or too deep into a file, with its line and the reason", async () => {
    const good = lines.slice(0, 5);
    const deep = `{"id":${"[".repeat(200)}${"]".repeat(200)}}`;
    const odd = ['{"id":"broken', "[1,2]", '{"id":"x","name":""}', deep];
    const file = await write("artist.ndjson", `\u{feff}${[...good, ...odd, good[0]].join("\r\n")}`);
    const loaded = await load(file);
    expect(loaded).toMatchObject({ code: 0, status: "complete", done: 10, rejects: `${file}.rejects.ndjson` });
    expect(loaded.counts).toMatchObject({ created: 5, refused: 4 });
    expect(loaded.refused.map(({ id }) => id)).toEqual(["line 6", "line 7", "line 8", "line 9"]);
    const rejects = (await readFile(`${file}.rejects.ndjson`, "utf8")).trimEnd().split("\n");
    const parsed = rejects.map((line) => JSON.parse(line) as { line: number; reason: string; document: unknown });
    expect(parsed.map(({ line }) => line)).toEqual([6, 7, 8, 9]);
    expect(parsed.map(({ document }) => document)).toEqual([odd[0], [1, 2], { id: "x", name: "" }, JSON.parse(deep)]);
    expect(parsed.every(({ reason }) => reason.length > 3)).toBe(true);
    expect(await artists()).toBe(5);
  });

  it("refuses a file for refused documents that cannot be written before it reads the first one", async () => {
    const file = await write("artist.ndjson", lines.slice(0, 3).join("\n"));
    for (const rejects of [join(folder, "missing", "rejects"), folder]) {
      expect(await refusal(file, "--rejects", rejects)).toMatchObject({ exit: 2, code: "query-invalid" });
    }
    expect(await artists()).toBe(0);
  });

  it("writes refused documents over nothing else, and those of a trial not over those of the load", async () => {
    const file = await write("artist.ndjson", [lines[0], "broken", "torn"].join("\n"));
    const text = await readFile(file, "utf8");
    expect(await refusal(file, "--rejects", file)).toMatchObject({ exit: 2, code: "query-invalid" });
    expect(await readFile(file, "utf8")).toBe(text);
    await load(file);
    const trial = await load(file, "--limit", "2", "--dry-run");
    expect(trial).toMatchObject({ rejects: `${file}.first-2.dry-run.rejects.ndjson`, counts: { refused: 1 } });
    expect((await readFile(`${file}.rejects.ndjson`, "utf8")).match(/"line":\d+/g)).toEqual(['"line":2', '"line":3']);
    // What was mended is refused no more.
    await writeFile(file, lines.slice(0, 3).join("\n"));
    expect(await load(file)).toMatchObject({ status: "complete", counts: { refused: 0 } });
    expect(await readFile(`${file}.rejects.ndjson`, "utf8")).toBe("");
  });

  it("ends with 5 where not one document could be read", async () => {
    const file = await write("artist.ndjson", '{"title":"no artist"}\n{"title":"none either"}\n');
    const loaded = await load(file, "--rejects", join(folder, "mine"));
    expect(loaded).toMatchObject({ code: 5, counts: { refused: 2 }, rejects: join(folder, "mine") });
  });

  it("saves all documents before the place where a file was cut off, and goes on there with a whole one", async () => {
    const whole = zstdCompressSync(dumpOf("artist", lines));
    const file = await write("artist.tar.zst", whole.subarray(0, Math.floor(whole.length * 0.6)));
    expect(whole.length * 0.6).toBeGreaterThan(64 * 1024);
    const cut = await load(file);
    expect(cut).toMatchObject({ code: 1, status: "failed", error: { code: "file-invalid" } });
    expect(cut.done).toBeGreaterThan(1_000);
    expect(cut.resume).toContain("accession load");
    expect(await artists()).toBe(cut.done);
    await writeFile(file, whole);
    const rest = await load(file);
    expect(rest).toMatchObject({ code: 0, status: "complete", done: lines.length });
    expect(rest.counts).toMatchObject({ created: lines.length - cut.done, unchanged: 0 });
    expect(await artists()).toBe(lines.length);
  });

  it("loses nothing and makes nothing twice when it is killed, and goes on", async () => {
    const broken = [...manyLines.slice(0, 100), "broken", ...manyLines.slice(100)];
    const half = broken.slice(0, 4_000);
    const { child, ended } = startLoad("--kind", "artist", "--name", "november");
    child.stdin.write(`${half.join("\n")}\n`);
    await expect.poll(noted, { timeout: 120_000, interval: 20 }).toBeGreaterThan(0);
    child.kill("SIGKILL");
    await ended;
    const second = startLoad("--kind", "artist", "--name", "november");
    second.child.stdin.end(broken.join("\n"));
    const end = await second.ended;
    expect(end.code).toBe(0);
    expect(end.stderr).toMatch(/Going on after \d+ documents/);
    expect(await artists()).toBe(manyLines.length);
    const rejects = await readFile(join(folder, "stdin.rejects.ndjson"), "utf8");
    expect(rejects).toMatch(/^\{"line":101,[^\n]*"document":"broken"\}\n$/);
  });

  it("ends at a batch on Ctrl-C, even while nothing comes, and says the command that goes on", async () => {
    const flags = ["--kind", "artist", "--name", "november", "--where", "ended=false"];
    const { child, ended } = startLoad(...flags);
    child.stdin.write(`${manyLines.slice(0, 4_000).join("\n")}\n`);
    // All but what makes no batch yet; the pipe stays open, and nothing more comes.
    await expect.poll(noted, { timeout: 120_000, interval: 20 }).toBeGreaterThanOrEqual(3_500);
    child.kill("SIGINT");
    const end = await ended;
    expect(end.code).toBe(130);
    expect(end.stderr).toContain("accession load --where ended=false - --kind artist --name november\n");
    const saved = await noted();
    const second = startLoad(...flags, "--json");
    second.child.stdin.end(manyLines.join("\n"));
    const rest = loadedDocument.parse(JSON.parse((await second.ended).stdout));
    expect(rest).toMatchObject({ status: "complete", done: manyLines.length });
    // What was passed over is not counted, and what is counted was not there.
    const living = (some: readonly string[]) => some.filter((line) => !line.includes('"ended":true')).length;
    expect(rest.counts).toMatchObject({ created: living(manyLines.slice(saved)), unchanged: 0 });
    expect(await artists()).toBe(living(manyLines));
  });

  it("reads standard input, of which somebody has to say what it is", async () => {
    const named = startLoad("--kind", "artist", "--json");
    named.child.stdin.end(zstdCompressSync(lines.slice(0, 50).join("\n")));
    const { stdout } = await named.ended;
    expect(loadedDocument.parse(JSON.parse(stdout))).toMatchObject({ status: "complete", counts: { created: 50 } });
    const unnamed = startLoad("--json");
    unnamed.child.stdin.end(lines.slice(0, 50).join("\n"));
    const refused = await unnamed.ended;
    expect(refused.code).toBe(2);
    expect(failureDocument.parse(JSON.parse(refused.stdout)).error.message).toContain("name it with --kind");
  });

  it("takes what MusicBrainz has, tar in xz, into the embedded database, and begins anew where it is told to", async () => {
    const embedded = { ...environment, ACCESSION_DATABASE: join(folder, "catalogue") };
    const run = (...args: readonly string[]) => runCommand([...args, "--json"], { environment: embedded });
    const archive = fileURLToPath(new URL("../dumps/fixtures/artist.tar.xz", import.meta.url));
    const file = await write("november", await readFile(archive));
    const rejects = ["--rejects", join(folder, "rejects")];
    const loaded = loadedDocument.parse((await run("load", file, "--limit", "100", ...rejects)).document());
    expect(loaded).toMatchObject({ status: "complete", kind: "music.artist", counts: { created: 100, refused: 0 } });
    const cut = await write("cut", (await readFile(archive)).subarray(0, -2_000));
    const broken = loadedDocument.parse((await run("load", cut, "--name", "all", ...rejects)).document());
    expect(broken).toMatchObject({ status: "failed", error: { code: "file-invalid" } });
    expect(broken.done).toBeGreaterThan(0);
    const anew = loadedDocument.parse((await run("load", file, "--name", "all", "--restart", ...rejects)).document());
    expect(anew).toMatchObject({ status: "complete", done: 120 });
    expect(anew.counts.created + anew.counts.unchanged).toBe(120);
    const listed = await run("list", "artist", "--limit", "200");
    expect(listed.document()).toHaveLength(120);
  });

  it("makes no jobs, and with --background those of what it has loaded", async () => {
    const document = (number: number, title: string) => {
      const id = `00000000-0000-4000-8000-00000000000${number}`;
      return JSON.stringify({ id, title, "primary-type": "Album", "artist-credit": [] });
    };
    const jobs = async () => (await runCommand(["jobs", "--json"], { environment })).document();
    const file = await write("release-group.ndjson", document(1, "The First"));
    expect(await load(file)).toMatchObject({ code: 0, kind: "music.album", counts: { created: 1 } });
    expect(await jobs()).toMatchObject({ jobs: [] });
    const other = await write("release-groups.ndjson", document(2, "The Second"));
    expect(await load(other, "--background")).toMatchObject({ code: 0, counts: { created: 1 } });
    expect(await jobs()).toMatchObject({ jobs: [{ provider: "cover-art-archive", state: "queued" }] });
  });

  it("refuses what is no dump, or one of something else", async () => {
    const releases = await write("a.tar", dumpOf("release-group", ["{}"]));
    expect(await refusal(releases, "--kind", "artist")).toMatchObject({ exit: 2, code: "query-invalid" });
    const places = await write("b.tar", dumpOf("place", ["{}"]));
    expect(await refusal(places)).toMatchObject({ exit: 2, code: "kind-unknown" });
    expect(await refusal(await write("empty", ""))).toMatchObject({ exit: 1, code: "file-invalid" });
    expect(await refusal(await write("unnamed", "{}"))).toMatchObject({ exit: 2, code: "query-invalid" });
  });

  it("says of a file that is not there, and of a folder, what to give instead", async () => {
    const none = join(folder, "none.xz");
    for (const [path, message] of [
      [none, `There is no file ${none}.`],
      [folder, `${folder} is a folder, and no dump.`],
    ] as const) {
      const refused = await refusal(path, "--kind", "artist");
      expect(refused).toMatchObject({ exit: 2, message, remedy: expect.stringMatching(/^Give the path of a dump/) });
    }
  });
});
