import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { changedDocument, failureDocument } from "../../src/command/output/document-schema.ts";
import {
  filledDocument,
  jobsChangedDocument,
  jobsDocument,
  providerHeldDocument,
} from "../../src/command/output/job-documents.ts";
import { openSandbox, type Sandbox } from "../../src/sandbox/open-sandbox.ts";
import { createPostgresDatabase } from "../support/postgres-database.ts";
import { createTemporaryFolder } from "../support/temporary-folder.ts";
import { runCommand, startCommand } from "./run-command.ts";

// A test runs several commands, each a process of its own.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const kindOfBlue = "8e8a594f-2175-38c7-a871-abb68ec363e7";
let sandbox: Sandbox;
let environment: Record<string, string>;
beforeAll(async () => {
  sandbox = await openSandbox();
  environment = {
    ACCESSION_DATABASE: (await createPostgresDatabase()).url,
    ACCESSION_IMAGES: await createTemporaryFolder(),
    ACCESSION_MUSICBRAINZ_URL: sandbox.url,
    ACCESSION_COVER_ART_ARCHIVE_URL: sandbox.coverArtUrl,
  };
});
afterAll(() => sandbox.close());

/** Runs a command on the catalogue of this file, against the sandbox. */
function run(...args: readonly string[]) {
  return runCommand(args, { environment });
}

async function jobs(...args: readonly string[]) {
  return jobsDocument.parse((await run("jobs", "list", ...args, "--json")).document());
}

describe("The command's background jobs", () => {
  it("are made by an import, listed, run by a worker until none is due, and then over", async () => {
    const imported = await run("import", "album", "--mbid", kindOfBlue, "--json");
    const { providers, item } = changedDocument.parse(imported.document());
    expect(providers.find((one) => one.name === "cover-art-archive")?.status).toBe("queued");

    const listed = await jobs();
    expect(listed.jobs).toMatchObject([
      { item: { title: "Kind of Blue" }, provider: "cover-art-archive", state: "queued", attempt: 0 },
    ]);
    const worked = await run("work", "--drain", "--json");
    expect(worked.code).toBe(0);
    const events = worked.stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { readonly type: string; readonly outcome?: { readonly status: string } });
    expect(events.map(({ type, outcome }) => outcome?.status ?? type)).toEqual(["run-started", "contributed"]);
    expect((await jobs()).jobs).toEqual([]);
    const all = await jobs(item?.id ?? "");
    expect(all.jobs.find((one) => one.provider === "cover-art-archive")).toMatchObject({
      state: "contributed",
      attempt: 1,
    });
  });

  it("are waited for with --wait, which shows the item as they leave it", async () => {
    const end = await run("import", "album", "The Dark Side of the Moon", "--artist", "Pink Floyd", "--wait", "--json");
    const document = changedDocument.parse(end.document());
    expect(document.providers.find((one) => one.name === "cover-art-archive")).toMatchObject({
      status: "contributed",
      attempt: 1,
    });
    expect(document.item?.images).toHaveLength(1);
  });

  it("are enqueued for a whole catalogue, first counted, then made, and the second time none are left", async () => {
    const counted = await run("enrich", "--provider", "musicbrainz", "--older-than", "0s", "--dry-run", "--json");
    const { total } = filledDocument.parse(counted.document());
    expect(total).toBeGreaterThan(1);
    const made = await run("enrich", "--provider", "musicbrainz", "--older-than", "0s", "--json");
    expect(filledDocument.parse(made.document())).toEqual({ status: "enqueued", total, enqueued: total });
    const again = await run("enrich", "--provider", "musicbrainz", "--older-than", "0s", "--json");
    expect(filledDocument.parse(again.document())).toEqual({ status: "enqueued", total: 0, enqueued: 0 });
  });

  it("are cancelled, stay so, and are retried on a person's word", async () => {
    const cancelled = await run("jobs", "cancel", "--provider", "musicbrainz", "--json");
    const { count } = jobsChangedDocument.parse(cancelled.document());
    expect(count).toBeGreaterThan(1);
    expect((await jobs("--state", "dead")).jobs).toHaveLength(count);
    const retried = await run("jobs", "retry", "--state", "dead", "--json");
    expect(jobsChangedDocument.parse(retried.document())).toEqual({ status: "retried", count });
    expect((await jobs("--state", "queued")).jobs).toHaveLength(count);
  });

  it("are held back by a pause, which every process sees", async () => {
    const paused = await run("jobs", "pause", "musicbrainz", "--json");
    expect(providerHeldDocument.parse(paused.document())).toEqual({ status: "paused", provider: "musicbrainz" });
    const worked = await run("work", "--drain");
    expect(worked.stdout).toContain("musicbrainz is paused");
    const held = await jobs();
    expect(held.holds.paused).toMatchObject([{ provider: "musicbrainz" }]);
    expect(held.jobs.every((one) => one.nextAt !== undefined && one.attempt === 0)).toBe(true);
    expect((await run("jobs", "resume", "musicbrainz")).stdout).toBe("resumed musicbrainz\n");
  });

  it("go on until SIGTERM, at which the worker ends by itself with 0", async () => {
    const { child, ended } = startCommand(["work", "--json"], { environment });
    await run("jobs", "retry", "--state", "queued");
    await expect.poll(async () => (await jobs("--state", "queued")).jobs, { timeout: 60_000 }).toEqual([]);
    child.kill("SIGTERM");
    expect((await ended).code).toBe(0);
  });

  it.each([
    ["a provider that is none", ["jobs", "pause", "nobody"], "provider-unknown"],
    ["a state that is none", ["jobs", "list", "--state", "lost"], "query-invalid"],
    ["no word on which runs", ["jobs", "cancel"], "query-invalid"],
    ["an age without a unit", ["enrich", "--provider", "musicbrainz", "--older-than", "30"], "query-invalid"],
    ["a provider that cannot work", ["enrich", "--provider", "amazon"], "configuration-invalid"],
  ])("refuse %s, and say why", async (_what, args, code) => {
    const end = await run(...args, "--json");
    expect(end.code).toBe(2);
    expect(failureDocument.parse(end.document()).error.code).toBe(code);
  });
});
