import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { changedDocument, failureDocument } from "../../src/command/output/document-schema.ts";
import { openDatabase } from "../../src/store/database.ts";
import { openSandbox, type Sandbox } from "../../src/sandbox/open-sandbox.ts";
import { createCatalogueFolder } from "../support/databases.ts";
import { createPostgresDatabase } from "../support/postgres-database.ts";
import { runCommand, startCommand } from "./run-command.ts";

const pinkFloyd = "83d91898-7763-47d7-b03b-b92132375c47";
const grunge = "musicbrainz.artist:5b11f4ce-a62d-471e-81fc-a69a8278c7da";

// A test runs several commands, each a process of its own.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let sandbox: Sandbox;
let database: string;
beforeAll(async () => {
  sandbox = await openSandbox();
  database = (await createPostgresDatabase()).url;
});
afterAll(() => sandbox.close());

/** Runs a command on the catalogue of this file, against the sandbox. */
function run(...args: readonly string[]) {
  return runCommand(args, {
    environment: { ACCESSION_DATABASE: database, ACCESSION_MUSICBRAINZ_URL: sandbox.url },
  });
}

describe("accession import --json", () => {
  it("prints one document of an artist that is new, and asks nothing the next time", async () => {
    const first = await run("import", "artist", "Pink Floyd", "--json");
    const created = changedDocument.parse(first.document());
    expect(first.code).toBe(0);
    expect(first.stderr).toBe("");
    expect(created).toMatchObject({
      status: "created",
      requests: 2,
      dryRun: false,
      item: { kind: "music.artist", title: "Pink Floyd", attributes: { country: "GB", begin: "1965" } },
      providers: [
        { name: "musicbrainz", status: "contributed", requests: 2 },
        { name: "description", status: "skipped", requests: 0 },
      ],
    });
    expect(created.item?.identifiers).toContainEqual({
      scheme: "musicbrainz.artist",
      value: pinkFloyd,
      provider: "musicbrainz",
    });
    expect(created.item?.categories).toContainEqual({
      type: "genre",
      name: "Progressive Rock",
      provider: "musicbrainz",
      weight: 31,
    });

    const again = await run("--json", "import", "artist", "pink floyd");
    expect(changedDocument.parse(again.document())).toMatchObject({
      status: "unchanged",
      requests: 0,
      item: { id: created.item?.id },
    });
    expect(again.code).toBe(0);
  });

  it("relates an album to its artist, whom it names by name, by id or by identifier", async () => {
    const byName = await run("import", "album", "The Dark Side of the Moon", "--artist", "Pink Floyd", "--json");
    const created = changedDocument.parse(byName.document());
    expect(created).toMatchObject({
      status: "created",
      item: { relations: [{ type: "artist", position: 1, item: { kind: "music.artist", title: "Pink Floyd" } }] },
    });
    const artist = created.item?.relations[0]?.item.id ?? "";
    for (const named of [artist, `musicbrainz.artist:${pinkFloyd}`]) {
      const again = await run("import", "album", "Dark Side of the Moon", "--artist", named, "--json");
      expect(changedDocument.parse(again.document())).toMatchObject({
        status: "unchanged",
        item: { id: created.item?.id },
      });
    }
    const album = created.item?.id ?? "";
    const wrong = await run("import", "album", "The Wall", "--artist", album, "--json");
    expect(failureDocument.parse(wrong.document()).error.code).toBe("query-invalid");
  });

  it("stores nothing in a dry run, and shows what it would have", async () => {
    const dry = await run("import", "artist", "Björk", "--dry-run", "--json");
    const after = await run("search", "Björk", "--json");
    expect(changedDocument.parse(dry.document())).toMatchObject({ status: "created", dryRun: true });
    expect([dry.code, after.code]).toEqual([0, 3]);
  });

  it("refuses a name and an id at once, an id that is none, a provider that is none", async () => {
    const wrongs = [
      ["import", "artist", "Pink Floyd", "--mbid", pinkFloyd],
      ["import", "artist", "--mbid", pinkFloyd, "--country", "GB"],
      ["import", "artist", "--mbid", "nonsense"],
      ["import", "artist", "Pink Floyd", "--providers", "nobody"],
      ["import", "artist", "Pink Floyd", "--born", "soon"],
      ["import", "artist", "x".repeat(100_000)],
      ["import", "artist", "Pink Floyd", "--nonsense"],
      ["import"],
      ["nonsense"],
    ];
    for (const args of wrongs) {
      const end = await run(...args, "--json");
      const { error } = failureDocument.parse(end.document());
      expect([end.code, error.code], args.join(" ").slice(0, 80)).toEqual([
        2,
        expect.stringMatching(/^(query-invalid|provider-unknown|usage-invalid)$/),
      ]);
      expect(error.remedy).not.toBe("");
    }
  });

  it("ends with 3 for a name that nobody knows", async () => {
    const end = await run("import", "artist", "Pink Floid Zzyzx", "--json");
    expect(end.code).toBe(3);
    expect(changedDocument.parse(end.document())).toMatchObject({ status: "not-found" });
  });

  it("ends with 5 where every provider failed, and with 2 where a setting is why", async () => {
    const unreachable = await run("import", "artist", "Radiohead", "--json", "--musicbrainz-url", "http://127.0.0.1:9");
    expect(unreachable.code).toBe(5);
    const document = changedDocument.parse(unreachable.document());
    expect(document.error).toMatchObject({ code: "source-unavailable", retryable: true });
    expect(document.providers).toMatchObject([
      { name: "musicbrainz", status: "failed", error: document.error },
      { name: "description", status: "skipped" },
    ]);

    const unset = await run("import", "artist", "Radiohead", "--json", "--musicbrainz-url", "https://musicbrainz.org");
    expect(unset.code).toBe(2);
    expect(changedDocument.parse(unset.document()).error?.message).toContain("ACCESSION_CONTACT");
  });

  it("works on a folder, and names the process that has it", async () => {
    const folder = await createCatalogueFolder();
    const first = await run("import", "artist", "Pink Floyd", "--json", "--database", folder);
    expect(changedDocument.parse(first.document()).status).toBe("created");
    const holder = await openDatabase({ location: folder });
    try {
      const end = await run("import", "artist", "Pink Floyd", "--json", "--database", folder);
      const { error } = failureDocument.parse(end.document());
      expect(end.code).toBe(1);
      expect(error.code).toBe("database-locked");
      expect(error.message).toContain(String(process.pid));
      for (const way of ["wait until that one has ended", "let it do all", "PostgreSQL"])
        expect(error.remedy).toContain(way);
    } finally {
      await holder.close();
    }
  });
});

it.each([
  ["speaks of no time where the source has told none", undefined, /^ {2}The same command may succeed later\.$/m],
  [
    "says when to come back where the source has told it",
    90,
    /^ {2}The same command may succeed later, in 90 s or more\.$/m,
  ],
])("accession import from a source that is too busy %s", async (_what, retryAfter, told) => {
  await using busy = await openSandbox();
  busy.faults.add({ kind: "status", status: 503, ...(retryAfter !== undefined && { retryAfter }) });
  const end = await run("import", "artist", "Radiohead", "--musicbrainz-url", busy.url, "--no-snapshots");
  expect(end.code).toBe(5);
  expect(end.stderr).toMatch(told);
  const [, said] = end.stderr.split("error: ");
  expect(said).toMatch(/^ {2}Nothing is lost: leave the source alone for a while, then run the same import again\.$/m);
  expect(/\d+ s\b/.test(said ?? "")).toBe(retryAfter !== undefined);
});

describe("accession import, ambiguous and nobody there to choose", () => {
  it("ends with 4 and the candidates, of which --match picks one", async () => {
    const end = await run("import", "artist", "Nirvana", "--json");
    const { candidates = [] } = changedDocument.parse(end.document());
    expect(end.code).toBe(4);
    expect(candidates.map((one) => one.id)).toContain(grunge);
    expect(candidates.length).toBe(3);
    expect(candidates[0]?.evidence?.length).toBeGreaterThan(0);

    const words = await run("import", "artist", "Nirvana");
    expect(words.code).toBe(4);
    expect(words.stdout).toContain(`accession import artist Nirvana --match ${grunge}`);

    const others = candidates.map((one) => one.id).filter((id) => id !== grunge);
    const rejected = await run("import", "artist", "Nirvana", "--dry-run", "--json", "--reject", ...others);
    expect(changedDocument.parse(rejected.document())).toMatchObject({
      status: "created",
      item: { attributes: { country: "US" } },
    });

    const matched = await run("import", "artist", "Nirvana", "--match", grunge, "--json");
    expect(changedDocument.parse(matched.document())).toMatchObject({
      status: "created",
      item: { attributes: { country: "US" } },
    });
  });

  it("is right by a country alone", async () => {
    const end = await run("import", "artist", "Nirvana", "--country", "gb", "--json");
    expect(end.code).toBe(0);
    expect(changedDocument.parse(end.document())).toMatchObject({ item: { attributes: { begin: "1965" } } });
  });
});

describe("accession import for people", () => {
  it("tells of each provider on standard error, and of the result on standard output", async () => {
    const end = await run("import", "artist", "Radiohead");
    expect(end.code).toBe(0);
    expect(end.stderr).toMatch(/^musicbrainz … contributed, 2 requests, \d+\.\d s\nskipped: description \(.*\)\n$/);
    expect(end.stdout).toMatch(/^created {2}Radiohead {2}music\.artist/);
    const quiet = await run("import", "artist", "Radiohead", "--force", "--quiet");
    expect(quiet.stderr).toBe("");
  });

  it("takes names of every sort", async () => {
    const names = ["AC/DC", "!!!", "Sigur Rós", "宇多田ヒカル", `"quoted" 'name' $(x) \`y\``, "🎸🎸", "فيروز", "-dash"];
    for (const name of names) {
      const end = await run("import", "artist", "--json", "--", name);
      expect([0, 3, 4], `${name}: ${end.stdout}${end.stderr}`).toContain(end.code);
      changedDocument.parse(end.document());
    }
  });

  it("ends with 130 at Ctrl-C, having said that nothing is lost", async () => {
    await using slow = await openSandbox({ latency: 60_000 });
    const { child, ended } = startCommand(["import", "artist", "Motörhead"], {
      environment: { ACCESSION_DATABASE: database, ACCESSION_MUSICBRAINZ_URL: slow.url },
    });
    await expect.poll(() => slow.requests.length, { timeout: 120_000 }).toBe(1);
    child.kill("SIGINT");
    const end = await ended;
    expect(end.code).toBe(130);
    expect(end.stderr).toContain("Nothing is lost");
  });
});
