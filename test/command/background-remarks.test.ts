import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { changedDocument } from "../../src/command/output/document-schema.ts";
import { createOutput } from "../../src/command/output/output.ts";
import { createWaitProgress } from "../../src/command/output/wait-progress.ts";
import { environmentOf } from "../../src/sandbox/environment.ts";
import { openSandbox, type Sandbox } from "../../src/sandbox/open-sandbox.ts";
import { createPostgresDatabase } from "../support/postgres-database.ts";
import { createTemporaryFolder } from "../support/temporary-folder.ts";
import { runCommand, startCommand } from "./run-command.ts";

// A test runs several commands, each a process of its own.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const kindOfBlue = "8e8a594f-2175-38c7-a871-abb68ec363e7";
const darkSide = "f5093c06-23e3-404f-aeaa-40f72885ee3a";
let sandbox: Sandbox;
let environment: Record<string, string>;
let withoutAmazon: Record<string, string>;
beforeAll(async () => {
  sandbox = await openSandbox();
  environment = {
    ...environmentOf(sandbox),
    ACCESSION_DATABASE: (await createPostgresDatabase()).url,
    ACCESSION_IMAGES: await createTemporaryFolder(),
  };
  const { ACCESSION_AMAZON_PARTNER_TAG: _none, ...others } = environment;
  withoutAmazon = { ...others, ACCESSION_DATABASE: (await createPostgresDatabase()).url };
});
afterAll(() => sandbox.close());

/** Runs a command on the catalogue of this file, against the sandbox. */
const run = (...args: readonly string[]) => runCommand(args, { environment });

describe("An import", () => {
  it("says which background providers it has queued, and which it skipped, and what to do about both", async () => {
    const end = await runCommand(["import", "album", "--mbid", kindOfBlue], { environment: withoutAmazon });
    expect(end.stderr).toMatch(
      /^queued: cover-art-archive, description; `accession work` runs them, `--wait` waits for them$/m,
    );
    expect(end.stderr).toMatch(/^skipped: amazon \(.*ACCESSION_AMAZON_PARTNER_TAG.*\)$/m);
    expect(end.stdout).not.toContain("queued:");
    const dry = await runCommand(["import", "album", "--mbid", kindOfBlue, "--force", "--dry-run"], {
      environment: withoutAmazon,
    });
    expect(dry.stderr).not.toMatch(/queued:|skipped:/);
  });

  it("says what it waits for, and then no more of what is queued", async () => {
    const end = await runCommand(["import", "album", "--mbid", kindOfBlue, "--wait"], { environment: withoutAmazon });
    expect(end.code).toBe(0);
    expect(end.stderr).toMatch(/^waiting for: cover-art-archive, description$/m);
    expect(end.stderr).toMatch(/^cover-art-archive … contributed/m);
    expect(end.stderr).not.toContain("queued:");
  });

  it("of many items says how many runs are in the queue, unless it was to make none", async () => {
    const words = ["import", "albums", "Miles Davis"];
    const none = await runCommand([...words, "--no-background"], { environment: withoutAmazon });
    expect(none.stderr).not.toContain("queue");
    const end = await runCommand(words, { environment: withoutAmazon });
    expect(end.stderr).toMatch(/^in the queue: cover-art-archive \d+, description \d+; `accession work` runs them$/m);
  });
});

describe("Ctrl-C while an import waits", () => {
  it("ends it with 130 and a word on what is still to come, all of which a worker then makes", async () => {
    sandbox.faults.add({ kind: "latency", wait: 60_000, on: "/cover-art-archive/" });
    const args = ["import", "album", "The Dark Side of the Moon", "--artist", "Pink Floyd", "--wait"];
    const { child, ended } = startCommand(args, { environment });
    await expect
      .poll(() => sandbox.requests.some(({ path }) => path.includes(`/cover-art-archive/release-group/${darkSide}`)), {
        timeout: 120_000,
      })
      .toBe(true);
    child.kill("SIGINT");
    const end = await ended;
    sandbox.faults.clear();
    expect(end.code).toBe(130);
    expect(end.stdout).toMatch(/^created {2}The Dark Side of the Moon/m);
    expect(end.stderr).toContain("Nothing is lost");
    expect(end.stderr).toMatch(
      /^still to come: .*cover-art-archive \(queued\).*; `accession work` goes on with them$/m,
    );

    expect((await run("work", "--drain")).code).toBe(0);
    const after = await run("import", "album", "The Dark Side of the Moon", "--artist", "Pink Floyd", "--json");
    expect(changedDocument.parse(after.document()).item?.images).toHaveLength(1);
  });
});

describe("accession show", () => {
  it("says what a link holds: a product's title, edition, binding, price and rank", async () => {
    const { stdout } = await run("show", "The Dark Side of the Moon");
    expect(stdout).toMatch(
      /^amazon product +The Dark Side of the Moon, Audio CD, 13\.98 USD, rank 1,204 {2}https:.*\[amazon\]$/m,
    );
    expect(stdout).toMatch(/^discogs +https:\S+ {2}\[musicbrainz\]$/m);
  });
});

describe("A budget that is used up", () => {
  it("is told in the number that it has, and in as many digits as it takes", async () => {
    const database = (await createPostgresDatabase()).url;
    const poor = {
      ...environment,
      ACCESSION_DATABASE: database,
      ACCESSION_AI_PRICE: "0.25/2",
      ACCESSION_AI_BUDGET: "0.00001",
      ACCESSION_AMAZON_DAILY_REQUESTS: "1",
    };
    for (const mbid of [kindOfBlue, darkSide])
      await runCommand(["import", "album", "--mbid", mbid], { environment: poor });
    await runCommand(["work", "--drain", "--providers", "amazon,description"], { environment: poor });
    await runCommand(["jobs", "retry", "--all"], { environment: poor });
    const worked = await runCommand(["import", "album", "The Wall", "--artist", "Pink Floyd", "--wait"], {
      environment: poor,
    });
    expect(worked.stderr).toContain("description has used up the 0.00001 dollars of its day");
    expect(worked.stderr).toContain("amazon has made the 1 request of its day");
    // They come back tomorrow, which is too late to be waited for.
    expect(worked.stderr).toMatch(/^still to come: .*amazon \(queued\).*; `accession work` goes on with them$/m);
  });
});

describe("The progress of a wait", () => {
  it("shows on a terminal what is queued and running, below a line for each run that is over", () => {
    const written: string[] = [];
    const output = { ...createOutput({}), canRewrite: true, remark: (text: string) => void written.push(text) };
    const progress = createWaitProgress(output, ["amazon", "description"]);
    expect(written.splice(0)).toEqual(["\rqueued: amazon, description"]);
    const spent = { requests: 2, nextAt: null, error: null };
    progress.show({ ...spent, provider: "description", state: "running" });
    expect(written.splice(0).map((text) => text.trim())).toEqual(["running: description; queued: amazon"]);
    progress.show({ ...spent, provider: "description", state: "contributed" });
    expect(written.splice(0).map((text) => text.trim())).toEqual([
      expect.stringMatching(/^description … contributed, 2 requests, \d+\.\d s$/),
      "queued: amazon",
    ]);
    progress.end();
    expect(written.splice(0).join("")).toMatch(/^\r +\r$/);
  });
});
