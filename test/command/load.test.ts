import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { zstdCompressSync } from "node:zlib";
import { Client } from "pg";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { artistLine } from "../../bench/dump-documents.ts";
import { failureDocument } from "../../src/command/output/document-schema.ts";
import { loadedDocument } from "../../src/command/output/many-documents.ts";
import { dumpOf } from "../dumps/tar-archive.ts";
import { createPostgresDatabase } from "../support/postgres-database.ts";
import { createTemporaryFolder } from "../support/temporary-folder.ts";
import { runCommand, startCommand } from "./run-command.ts";

// A test runs several commands, each a process of its own.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

/** Four times as many as a load has under way at once. */
const manyLines = Array.from({ length: 8_000 }, (_, number) => artistLine(number));
const lines = manyLines.slice(0, 2_000);
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
    const both = await load(file, "--where", "country=GB", "--where", "type=choir");
    expect(both.counts.created).toBeLessThan(british);
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
    expect(rest.counts.unchanged).toBeLessThanOrEqual(cut.done);
    expect(await artists()).toBe(lines.length);
  });

  it("loses nothing and makes nothing twice when it is killed, and goes on", async () => {
    const broken = [...manyLines.slice(0, 100), "broken", ...manyLines.slice(100)];
    const file = await write("artist.tar.zst", zstdCompressSync(dumpOf("artist", broken)));
    const { child, ended } = startCommand(["load", file], { environment });
    await expect.poll(noted, { timeout: 120_000, interval: 20 }).toBeGreaterThan(0);
    child.kill("SIGKILL");
    await ended;
    const before = await artists();
    expect(before).toBeLessThan(manyLines.length);
    const end = await runCommand(["load", file], { environment });
    expect(end.code).toBe(0);
    expect(end.stderr).toMatch(/Going on after \d+ documents/);
    expect(await artists()).toBe(manyLines.length);
    const rejects = await readFile(`${file}.rejects.ndjson`, "utf8");
    expect(rejects).toMatch(/^\{"line":101,[^\n]*"document":"broken"\}\n$/);
  });

  it("ends at a batch on Ctrl-C, and says the command that goes on", async () => {
    const file = await write("artist.ndjson", manyLines.join("\n"));
    const { child, ended } = startCommand(["load", file, "--where", "ended=false"], { environment });
    await expect.poll(artists, { timeout: 120_000, interval: 20 }).toBeGreaterThan(0);
    child.kill("SIGINT");
    const end = await ended;
    expect(end.code).toBe(130);
    expect(end.stderr).toContain(`accession load --where ended=false ${file}`);
    const rest = await load(file, "--where", "ended=false");
    expect(rest).toMatchObject({ code: 0, status: "complete", done: manyLines.length });
  });

  it("reads standard input, of which somebody has to say what it is", async () => {
    const main = fileURLToPath(new URL("../../src/command/main.ts", import.meta.url));
    const child = spawn(process.execPath, [main, "load", "-", "--kind", "artist", "--json"], {
      env: { ...process.env, ...environment },
      stdio: ["pipe", "pipe", "inherit"],
    });
    let stdout = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => (stdout += chunk));
    child.stdin.end(zstdCompressSync(lines.slice(0, 50).join("\n")));
    await once(child, "close");
    expect(loadedDocument.parse(JSON.parse(stdout))).toMatchObject({ status: "complete", counts: { created: 50 } });
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
