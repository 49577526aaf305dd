import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { changedDocument, failureDocument } from "../../src/command/output/document-schema.ts";
import { completedDocument, listDocument } from "../../src/command/output/list-documents.ts";
import { seriesIds } from "../../src/sandbox/data/series.ts";
import { openSandbox, type Sandbox } from "../../src/sandbox/open-sandbox.ts";
import { createPostgresDatabase } from "../support/postgres-database.ts";
import { createTemporaryFolder } from "../support/temporary-folder.ts";
import { runCommand, startCommand } from "./run-command.ts";

// A test runs several commands, each a process of its own.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const greenAlbum = "musicbrainz.release-group:";
let sandbox: Sandbox;
let environment: Record<string, string>;
let folder: string;
beforeAll(async () => {
  sandbox = await openSandbox();
  folder = await createTemporaryFolder();
  environment = {
    ACCESSION_DATABASE: (await createPostgresDatabase()).url,
    ACCESSION_MUSICBRAINZ_URL: sandbox.url,
    ACCESSION_IMAGES: "none",
  };
});
afterAll(() => sandbox.close());

/** Runs a command on the catalogue of this file, against the sandbox. */
function run(...args: readonly string[]) {
  return runCommand(args, { environment, workingFolder: folder });
}

/** The same on a catalogue that is new. */
async function onItsOwn(): Promise<typeof run> {
  const { url } = await createPostgresDatabase();
  return (...args) =>
    runCommand(args, { environment: { ...environment, ACCESSION_DATABASE: url }, workingFolder: folder });
}

const write = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text);
const read = (name: string): Promise<string> => readFile(join(folder, name), "utf8");

describe("accession import list", () => {
  it("imports a list, reports what became of each line, and ends with 4 where one waits for a person", async () => {
    await write(
      "best albums.csv",
      "#;Album;Artist;Year\n1;The Dark Side of the Moon;Pink Floyd;1973\n2;Weezer;Weezer;\n3;No Such Album Zzyzx;Nobody;\n" +
        "4;dark side of the moon;Pink Floyd;1973\n5;Nevermind;Nirvana;soon\n",
    );
    const end = await run("import", "list", "best albums.csv", "--json");
    const document = listDocument.parse(end.document());
    expect(end.code).toBe(4);
    expect(document).toMatchObject({
      status: "complete",
      kind: "music.album",
      lines: 5,
      counts: { created: 1, found: 1, ambiguous: 1, "not-found": 1, invalid: 1, failed: 0, pending: 0 },
      list: { kind: "music.list", title: "best albums", entries: 2 },
      report: join(folder, "best albums.report.csv"),
    });
    const report = await read("best albums.report.csv");
    expect(report).toMatch(/^2;Weezer;Weezer;;ambiguous;;;musicbrainz\.release-group:/m);
    expect(report).toMatch(/^5;Nevermind;Nirvana;soon;invalid;;;;.*year/m);
  });

  it("goes on from the report, takes a choice that was put there, and asks nothing about what is settled", async () => {
    const report = await read("best albums.report.csv");
    const [, id = ""] = new RegExp(`(${greenAlbum}[0-9a-f-]{36}) Weezer \\[[^\\]]*2001`).exec(report) ?? [];
    const edited = report
      .replace("Weezer;Weezer;;ambiguous;;", `Weezer;Weezer;;ambiguous;${id};`)
      .replace("Nirvana;soon", "Nirvana;1991");
    await write("best albums.report.csv", edited);

    const lost = await run("import", "list", "best albums.csv", "--json");
    expect(lost.code).toBe(2);
    expect(failureDocument.parse(lost.document()).error.message).toContain("that no run has taken");

    const before = sandbox.requests.length;
    const end = await run("import", "list", "best albums.report.csv");
    expect(end.code).toBe(3);
    expect(end.stdout).toMatch(/imported\s+4 of 5 lines: 2 found, 2 created; \d+ requests/);
    expect(end.stdout).toMatch(/not found\s+1: /);
    expect(end.stdout).toContain('Go on with: accession import list "');
    expect(end.stderr).toContain("line 3, No Such Album Zzyzx, Nobody: not found");
    const asked = sandbox.requests.slice(before).map((request) => decodeURIComponent(request.path));
    expect(asked.some((path) => path.includes("dark side"))).toBe(false);

    const list = await run("show", "list:best-albums", "--json");
    expect(list.stdout).toContain('"position":2');
  });

  it("imports artists from plain text, names the list as it is told, and stores nothing in a dry run", async () => {
    await write("artists.txt", "# people\nBjörk\nSigur Rós\n");
    const dry = await run("import", "list", "artists.txt", "--kind", "artist", "--dry-run", "--json");
    expect(listDocument.parse(dry.document())).toMatchObject({ counts: { created: 2 }, dryRun: true });
    expect((await run("search", "Björk", "--json")).code).toBe(3);
    const end = await run("import", "list", "artists.txt", "--kind", "artist", "--name", "Iceland", "--json");
    expect(end.code).toBe(0);
    expect(listDocument.parse(end.document())).toMatchObject({
      counts: { created: 2 },
      list: { title: "Iceland", entries: 2 },
    });
    expect(await read("artists.report.csv")).toMatch(/^Björk,Björk,created,/m);
  });

  it("refuses a report whose lines have led to items of another kind, and leaves it as it is", async () => {
    const [report, asked] = [await read("artists.report.csv"), sandbox.requests.length];
    const end = await run("import", "list", "artists.report.csv", "--json");
    expect(end.code).toBe(2);
    const { error } = failureDocument.parse(end.document());
    expect(error.message).toContain("Line 1 of this report has led to Björk, a music.artist");
    expect(error.remedy).toContain("--kind artist");
    expect([await read("artists.report.csv"), sandbox.requests.length]).toEqual([report, asked]);
  });

  it("names a ranked list after the whole of its file's name, and goes on with it from whatever report", async () => {
    const lists = new Set<string>();
    for (const year of [2023, 2024]) {
      await write(
        `charts.${year}.csv`,
        `#,Album,Artist\n1,The Dark Side of the Moon,Pink Floyd\n2,Zzyzx ${year},Nobody\n`,
      );
      const end = await run("import", "list", `charts.${year}.csv`, "--report", `${year}.csv`, "--json");
      const { list, resume } = listDocument.parse(end.document());
      expect(list).toMatchObject({ title: `charts.${year}`, entries: 1 });
      lists.add(list?.id ?? "");
      expect(resume).toBe(`accession import list ${year}.csv --kind album --name charts.${year}`);
    }
    expect(lists.size).toBe(2);
    for (const id of lists) expect((await run("show", id, "--json")).stdout).toContain('"position":1');
  });

  it("takes the columns that it is told, and none where an empty one is named, and goes on with them", async () => {
    await write("werke.csv", 'Platz,Werk,"Interpret, der",Year\n1,Nevermind,Nirvana,soon\n2,Zzyzx,Nobody,1990\n');
    const map = "title=Werk,artist=Interpret, der,rank=Platz,year=";
    const end = await run("import", "list", "werke.csv", "--map", map, "--json");
    const { counts, list, resume } = listDocument.parse(end.document());
    expect([end.code, counts.created + counts.found, counts["not-found"], counts.invalid]).toEqual([3, 1, 1, 0]);
    expect(list).toMatchObject({ title: "werke", entries: 1 });
    expect(resume).toContain("--map");
  });

  it("asks about so many lines, the first of which are settled, and reports JSON in JSON", async () => {
    const entries = ["The Dark Side of the Moon", "Wish You Were Here", "Animals"];
    await write("floyd.json", JSON.stringify(entries.map((title) => ({ title, artist: "Pink Floyd" }))));
    const own = await onItsOwn();
    const first = await own("import", "list", "floyd.json", "--limit", "2", "--json");
    expect(first.code).toBe(0);
    expect(listDocument.parse(first.document()).counts.pending).toBe(1);
    const report = JSON.parse(await read("floyd.report.json")) as Record<string, unknown>[];
    expect(report.map((one) => one["title"])).toEqual(entries);
    expect(report[2]).toMatchObject({ accession_status: "pending" });
    const rest = await own("import", "list", "floyd.report.json", "--limit", "1", "--json");
    expect(listDocument.parse(rest.document()).counts).toMatchObject({ found: 2, created: 1, pending: 0 });
  });

  it("ends with 5, whatever else is to do, where a line failed", async () => {
    const lift = sandbox.faults.add({ kind: "wrong-shape", on: "Meddle" });
    await write("mixed.csv", "Album,Artist\nMeddle,Pink Floyd\nNirvana,\nZzyzx,Nobody\nWeezer,Weezer\n");
    const end = await (await onItsOwn())("import", "list", "mixed.csv", "--json");
    lift();
    expect(listDocument.parse(end.document()).counts).toMatchObject({ failed: 1, ambiguous: 1 });
    expect(end.code).toBe(5);
  });

  it("refuses what is no list, and flags that fit none", async () => {
    await write("odd.csv", "a,b\n1,2\n");
    const wrongs = [
      ["nowhere.csv"],
      ["odd.csv"],
      ["odd.csv", "--map", "title"],
      ["odd.csv", "--map", "colour=a"],
      ["odd.csv", "--kind", "nonsense"],
      ["odd.csv", "--kind", "list", "--map", "title=a"],
      ["odd.csv", "--map", "title=a", "--name", "???"],
    ];
    for (const args of wrongs) {
      const end = await run("import", "list", ...args, "--json");
      expect(end.code, args.join(" ")).toBe(2);
      failureDocument.parse(end.document());
    }
    expect(await read("odd.csv")).toBe("a,b\n1,2\n");
  });

  it("says of standard input, of a folder, and of a file that is not there, what to give instead", async () => {
    for (const [file, message] of [
      [folder, `${folder} is a folder, and no list.`],
      ["-", "A list cannot be read from standard input: save it to a file, and give its path."],
      ["nowhere.csv", "There is no file nowhere.csv."],
    ] as const) {
      const end = await run("import", "list", file, "--json");
      expect(end.code).toBe(2);
      expect(failureDocument.parse(end.document()).error).toMatchObject({
        message,
        remedy: expect.stringMatching(/^Give the path of/),
      });
    }
  });

  it("tells of each line on a line of its own, whatever breaks lines in it", async () => {
    await write("broken.csv", 'title,artist,year\n"The\nWall",Pink Floyd,soon\n');
    const end = await run("import", "list", "broken.csv", "--dry-run");
    expect(end.code).toBe(3);
    expect(end.stderr).toMatch(/^line 1, The Wall, Pink Floyd, soon: .*year/m);
    expect(end.stderr).not.toContain(String.raw`\u000a`);
  });

  it("has what became of the lines in its report while it is under way, for whoever goes on after it was killed", async () => {
    const own = { environment: { ...environment, ACCESSION_DATABASE: (await createPostgresDatabase()).url } };
    await write("long.csv", "Album,Artist\nThe Dark Side of the Moon,Pink Floyd\nAnimals,Pink Floyd\n");
    const lift = sandbox.faults.add({ kind: "hang", on: "nimals" });
    const { child, ended } = startCommand(["import", "list", "long.csv"], { ...own, workingFolder: folder });
    const report = () => read("long.report.csv").catch(() => "");
    await expect.poll(report, { timeout: 60_000 }).toMatch(/^The Dark Side of the Moon,Pink Floyd,created,/m);
    expect(await report()).toMatch(/^Animals,Pink Floyd,pending,/m);
    child.kill("SIGKILL");
    await ended;
    lift();
    const rest = await runCommand(["import", "list", "long.report.csv", "--json"], { ...own, workingFolder: folder });
    expect(listDocument.parse(rest.document()).counts).toMatchObject({ found: 1, created: 1 });
  });

  it("ends after the line under way at Ctrl-C, with its report written and the command that goes on", async () => {
    await write("slow.csv", "title,artist\nThe Wall,Pink Floyd\nAnimals,Pink Floyd\nOK Computer,Radiohead\n");
    await using slow = await openSandbox({ latency: 1_000 });
    const { child, ended } = startCommand(["import", "list", "slow.csv"], {
      environment: { ...environment, ACCESSION_MUSICBRAINZ_URL: slow.url },
      workingFolder: folder,
    });
    await expect.poll(() => slow.requests.length, { timeout: 120_000, interval: 20 }).toBe(1);
    child.kill("SIGINT");
    const end = await ended;
    expect(end.code).toBe(130);
    expect(end.stdout).toContain("Go on with: accession import list slow.report.csv --kind album");
    const rows = (await read("slow.report.csv")).trimEnd().split("\n").slice(1);
    expect(rows.map((row) => row.split(",")[2])).toEqual(["created", "pending", "pending"]);
    const rest = await run("import", "list", "slow.report.csv", "--json");
    expect(listDocument.parse(rest.document())).toMatchObject({ counts: { found: 1, created: 2 } });
    expect(rest.code).toBe(0);
  });

  it("gives a source up that cannot be reached, with 5, and leaves the other lines for later", async () => {
    await write("many.txt", Array.from({ length: 8 }, (_, index) => `Weed ${index}`).join("\n"));
    const end = await run(
      "import",
      "list",
      "many.txt",
      "--json",
      "--no-snapshots",
      "--musicbrainz-url",
      "http://127.0.0.1:9",
    );
    expect(end.code).toBe(5);
    expect(listDocument.parse(end.document())).toMatchObject({
      status: "given-up",
      counts: { failed: 5, pending: 3 },
      error: { code: "source-unavailable" },
    });
  });
});

describe("accession import list --mbid", () => {
  const importSeries = async (...flags: readonly string[]) =>
    changedDocument.parse(
      (await run("import", "list", "--mbid", seriesIds.greatAlbums, "--json", ...flags)).document(),
    );

  it("asks MusicBrainz each time, and so mends a list that has lost entries", async () => {
    expect(await importSeries()).toMatchObject({ status: "created", requests: 1 });
    const client = new Client({ connectionString: environment["ACCESSION_DATABASE"] });
    await client.connect();
    const lost = await client.query(
      "delete from accession.relation where type = 'album' and position <= 2 and provider = 'musicbrainz'",
    );
    await client.end();
    expect(lost.rowCount).toBe(2);
    const { item, requests } = await importSeries();
    expect(requests).toBe(1);
    expect(item?.relations).toHaveLength(10);
  });

  it.each([
    ["--limit", "3"],
    ["--report", "series.csv"],
    ["--name", "Mine"],
    ["--kind", "artist"],
    ["--map", "title=Album"],
  ])("refuses %s, which is for a file, and says what to write", async (...flags) => {
    const end = await run("import", "list", "--mbid", seriesIds.greatAlbums, ...flags, "--json");
    expect(end.code).toBe(2);
    const { message } = failureDocument.parse(end.document()).error;
    expect(message).toContain(`${flags[0]} goes with a FILE`);
    expect(message).toContain("accession import list --mbid ID");
  });
});

describe("accession enrich --missing", () => {
  it("counts, then completes what items lack, and finds less to do the next time", async () => {
    const counted = completedDocument.parse(
      (await run("enrich", "--missing", "--kind", "artist", "--dry-run", "--json")).document(),
    );
    expect(counted).toMatchObject({ status: "counted", requests: 0 });
    expect(counted.total).toBeGreaterThan(1);
    const first = await run("enrich", "--missing", "--kind", "artist", "--limit", "1", "--json");
    expect(first.code).toBe(0);
    expect(completedDocument.parse(first.document())).toMatchObject({
      status: "complete",
      total: 1,
      counts: { updated: 1 },
    });
    const rest = await run("enrich", "--missing", "--kind", "artist");
    expect(rest.code).toBe(0);
    expect(rest.stdout).toMatch(new RegExp(`^${counted.total - 1} of ${counted.total - 1} items?: updated`));
    const none = await run("enrich", "--missing", "--kind", "artist", "--json");
    expect(completedDocument.parse(none.document())).toMatchObject({ total: 0, requests: 0 });
  });

  it("refuses flags that mean something else", async () => {
    for (const flag of ["--force", "--failed", "--wait"]) {
      expect((await run("enrich", "--missing", flag, "--json")).code).toBe(2);
    }
    expect((await run("enrich", "--json")).code).toBe(2);
  });
});
