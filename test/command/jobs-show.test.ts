import { sql } from "kysely";
import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { failureDocument } from "../../src/command/output/document-schema.ts";
import { jobsDocument, jobsShownDocument } from "../../src/command/output/job-documents.ts";
import { openCatalog } from "../../src/index.ts";
import { music } from "../../src/music/index.ts";
import { environmentOf } from "../../src/sandbox/environment.ts";
import { openSandbox, type Sandbox } from "../../src/sandbox/open-sandbox.ts";
import { createPostgresDatabase } from "../support/postgres-database.ts";
import { createTemporaryFolder } from "../support/temporary-folder.ts";
import { runCommand } from "./run-command.ts";

// A test runs several commands, each a process of its own.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let sandbox: Sandbox;
let environment: Record<string, string>;
beforeAll(async () => {
  sandbox = await openSandbox();
  environment = {
    ...environmentOf(sandbox),
    ACCESSION_DATABASE: (await createPostgresDatabase()).url,
    ACCESSION_IMAGES: await createTemporaryFolder(),
    ACCESSION_AI_PRICE: "0.25/2",
  };
});
afterAll(() => sandbox.close());

/** Runs a command on the catalogue of this file, against the sandbox. */
const run = (...args: readonly string[]) => runCommand(args, { environment });

async function shown(...args: readonly string[]) {
  return jobsShownDocument.parse((await run("jobs", "show", ...args, "--json")).document());
}

describe("accession jobs show", () => {
  it("shows all that there is of an item's runs, before and after they were made", async () => {
    await run("import", "artist", "Björk");
    const queued = await shown("Björk", "description");
    expect(queued).toMatchObject({
      item: { kind: "music.artist", title: "Björk" },
      jobs: [{ provider: "description", state: "queued", attempt: 0, jobId: expect.any(String) as string }],
    });
    expect((await run("jobs", "show", "Björk", "description")).stdout).toMatch(/^ {2}queued +20/m);

    await run("work", "--drain");
    const { jobs } = await shown("Björk");
    expect(jobs.map((one) => one.provider).toSorted()).toEqual(["description", "musicbrainz"]);
    const made = jobs.find((one) => one.provider === "description");
    expect(made).toMatchObject({ state: "contributed", attempt: 1, requests: 1, jobId: queued.jobs[0]?.jobId });
    expect(made?.tokens).toBeGreaterThan(0);
    expect(made?.microdollars).toBeGreaterThan(0);
    const { stdout } = await run("jobs", "show", "Björk", "description");
    expect(stdout).toMatch(/^description {2}contributed$/m);
    expect(stdout).toMatch(/^ {2}attempts {2}1$/m);
    // Thousandths of a cent are shown as such, not as nothing.
    expect(stdout).toMatch(/^ {2}cost +1 request, \d+ tokens, \$0\.000\d*[1-9]\d*$/m);
    for (const label of ["started", "finished"]) expect(stdout).toMatch(new RegExp(`^ {2}${label} +20.*Z$`, "m"));
    expect(stdout).toMatch(new RegExp(`^ {2}job +${made?.jobId}$`, "m"));
    expect(stdout).not.toContain("musicbrainz");
  });

  it("shows why a run failed, and when the next attempt is", async () => {
    sandbox.faults.add({ kind: "status", status: 500, on: "/ai/" });
    await run("import", "artist", "Radiohead");
    await run("work", "--drain");
    sandbox.faults.clear();
    const { jobs } = await shown("Radiohead", "description");
    expect(jobs).toMatchObject([{ state: "queued", attempt: 1, error: { code: "source-unavailable" } }]);
    const { stdout } = await run("jobs", "show", "Radiohead", "description");
    expect(stdout).toMatch(/^ {2}next +20.*Z$/m);
    expect(stdout).toMatch(/^ {2}error +.*\(source-unavailable\)$/m);
  });

  it("refuses a provider without a run for the item, naming those that have one, and an item that is none", async () => {
    const none = await run("jobs", "show", "Björk", "amazon", "--json");
    expect(none.code).toBe(2);
    expect(failureDocument.parse(none.document()).error).toMatchObject({
      code: "provider-unknown",
      message: expect.stringMatching(/no run of "amazon".*description/) as string,
    });
    expect((await run("jobs", "show", "nobody of that name")).code).toBe(3);
  });
});

describe("accession jobs", () => {
  it("says how many runs there are by provider and state, and how many it left out", async () => {
    const database = (await createPostgresDatabase()).url;
    const titles = Array.from({ length: 1_250 }, (_none, index) => `Somebody ${index}`);
    {
      await using catalog = await openCatalog({ database, packs: [music({})] });
      const rows = titles.map((title, index) => ({ id: uuid(), title, state: index < 1_200 ? "queued" : "dead" }));
      await sql`
        with made as (select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, title text, state text)),
        items as (insert into accession.item (id, kind, title, attributes, name_keys)
          select id, 'music.artist', title, jsonb_build_object('name', title), array[lower(title)] from made)
        insert into accession.provider_run (item_id, provider, state, started_at)
        select id, 'description', state, now() from made`.execute(catalog.kysely);
    }
    const jobs = (...args: readonly string[]) =>
      runCommand(["jobs", ...args], { environment: { ...environment, ACCESSION_DATABASE: database } });
    const told = await jobs();
    expect(told.stdout).toMatch(/^… and 1,150 more$/m);
    expect(told.stdout).toMatch(/^description: 50 dead, 1,200 queued$/m);
    const document = jobsDocument.parse((await jobs("--json")).document());
    expect(document.jobs).toHaveLength(100);
    expect(document).toMatchObject({
      total: 1_250,
      counts: [
        { provider: "description", state: "dead", runs: 50 },
        { provider: "description", state: "queued", runs: 1_200 },
      ],
    });
    const dead = jobsDocument.parse((await jobs("--state", "dead", "--kind", "artist", "--json")).document());
    expect(dead).toMatchObject({ total: 50, counts: [{ state: "dead", runs: 50 }] });
    expect(jobsDocument.parse((await jobs("--kind", "album", "--json")).document())).toMatchObject({ total: 0 });
    expect((await jobs("--state", "dead")).stdout).not.toContain("more");
  });
});
