import { Client } from "pg";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { failureDocument } from "../../src/command/output/document-schema.ts";
import { filledDocument } from "../../src/command/output/job-documents.ts";
import { completedDocument } from "../../src/command/output/list-documents.ts";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import { createPostgresDatabase } from "../support/postgres-database.ts";
import { fillCatalogue } from "./filled-catalogue.ts";
import { runCommand } from "./run-command.ts";

// Each command is a process of its own.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let environment: Record<string, string>;
beforeAll(async () => {
  environment = { ACCESSION_DATABASE: (await createPostgresDatabase()).url };
});

/** What is said of a command line that is refused, which has to end with 2. */
async function refusalOf(...args: readonly string[]): Promise<string> {
  const end = await runCommand([...args, "--json"], { environment });
  expect(end.code).toBe(2);
  return failureDocument.parse(end.document()).error.message;
}

describe("accession enrich refuses, and says what to write instead of", () => {
  it.each([
    ["--provider", ["Björk", "--provider", "amazon"], "accession enrich ITEM --providers NAME"],
    ["--failed", ["Björk", "--failed"], "accession jobs retry ITEM"],
    ["--older-than", ["Björk", "--older-than", "30d"], "accession enrich ITEM --force"],
    ["--missing", ["Björk", "--missing"], "`accession enrich ITEM`"],
    ["--kind", ["Björk", "--kind", "artist"], "an item's id"],
    ["--limit", ["Björk", "--limit", "5"], "--missing and --provider"],
  ])("%s with an item", async (flag, args, instead) => {
    const message = await refusalOf("enrich", ...args);
    expect(message).toContain(`${flag} does not go with an item`);
    expect(message).toContain(instead);
  });

  it.each([
    ["--wait", ["--wait"], "accession work --drain --providers amazon"],
    ["--force", ["--force"], "accession enrich --provider amazon --older-than 0s"],
    ["--providers", ["--providers", "description"], "a command for each"],
    ["--match", ["--match", "a:b"], "accession enrich ITEM --match ID"],
    ["--reject", ["--reject", "a:b"], "accession enrich ITEM --reject ID"],
  ])("%s with --provider", async (flag, args, instead) => {
    const message = await refusalOf("enrich", "--provider", "amazon", ...args);
    expect(message).toContain(`${flag} does not go with --provider`);
    expect(message).toContain(instead);
  });

  it.each([
    ["--failed", ["--failed"], "accession enrich --provider NAME --failed"],
    ["--wait", ["--wait"], "accession work --drain"],
  ])("%s with --missing alone", async (flag, args, instead) => {
    const message = await refusalOf("enrich", "--missing", ...args);
    expect(message).toContain(`${flag} does not go with --missing alone`);
    expect(message).toContain(instead);
  });

  it("--failed and --older-than without a provider", async () => {
    expect(await refusalOf("enrich", "--failed")).toContain("accession enrich --provider NAME --failed");
    expect(await refusalOf("enrich", "--older-than", "30d")).toContain("--provider NAME --older-than 30d");
  });

  it("no item, and an empty one", async () => {
    expect(await refusalOf("enrich")).toContain("--missing or --provider NAME");
    expect(await refusalOf("enrich", "", "--provider", "musicbrainz")).toContain("ITEM is empty");
  });
});

it("accession enrich --provider --kind lists the providers of that kind alone, where it has none of that name", async () => {
  const message = await refusalOf("enrich", "--provider", "description", "--kind", "song");
  expect(message).toBe('music.song has no provider "description". Known: musicbrainz.');
  expect(await refusalOf("enrich", "--provider", "nobody")).toContain("description, cover-art-archive, amazon");
});

it("accession enrich --missing ends at an item's end on Ctrl-C, and says the command that goes on", async () => {
  await using slow = await openSandbox({ latency: 1_000 });
  const catalogue = await fillCatalogue(["One", "Two", "Three"].map((name) => ({ name })));
  const flags = ["--kind", "artist", "--musicbrainz-url", slow.url];
  const { child, ended } = catalogue.start("enrich", "--missing", "--limit", "3", ...flags);
  await expect.poll(() => slow.requests.length, { timeout: 120_000, interval: 20 }).toBe(1);
  child.kill("SIGINT");
  const end = await ended;
  expect(end.code).toBe(130);
  expect(end.stdout).toBe("1 of 3 items: unchanged 1; 1 request\n");
  const resume = `accession enrich --missing --kind artist --limit 2 --musicbrainz-url ${slow.url}`;
  expect(end.stderr).toBe(`Broken off. What was saved stays saved. This goes on from here:\n  ${resume}\n`);
  const rest = await catalogue.run(...resume.split(" ").slice(1), "--json");
  expect(completedDocument.parse(rest.document())).toMatchObject({ status: "complete", total: 2 });
});

it("accession enrich --provider ends at a batch on Ctrl-C, and says the command that goes on with the rest", async () => {
  const catalogue = await fillCatalogue(Array.from({ length: 4_001 }, (_none, index) => ({ name: `Artist ${index}` })));
  const holder = new Client({ connectionString: catalogue.database });
  await holder.connect();
  // Of the second of three batches, which waits for the item until it is let go.
  await holder.query("begin");
  await holder.query("select from accession.item where id = $1 for update", [catalogue.ids.toSorted()[3_000]]);
  const flags = ["--missing", "--provider", "musicbrainz", "--kind", "artist"];
  const { child, ended } = catalogue.start("enrich", ...flags, "--limit", "4001");
  const waiting = "select from pg_locks where not granted and transactionid is not null";
  await expect.poll(async () => (await holder.query(waiting)).rowCount, { timeout: 120_000, interval: 20 }).toBe(1);
  child.kill("SIGINT");
  await holder.query("commit");
  await holder.end();
  const end = await ended;
  expect(end.code).toBe(130);
  expect(end.stdout).toBe("enqueued musicbrainz for 4000 of 4001 items; `accession work` runs them\n");
  const resume = "accession enrich --missing --provider musicbrainz --kind artist --limit 1";
  expect(end.stderr).toContain(`Broken off. What was saved stays saved. This goes on from here:\n  ${resume}\n`);
  const rest = await catalogue.run(...resume.split(" ").slice(1), "--json");
  expect(filledDocument.parse(rest.document())).toEqual({ status: "enqueued", total: 1, enqueued: 1 });
});

it("accession enrich --missing that is broken off at its last item is complete", async () => {
  await using slow = await openSandbox({ latency: 1_000 });
  const catalogue = await fillCatalogue([{ name: "One" }]);
  const { child, ended } = catalogue.start("enrich", "--missing", "--json", "--musicbrainz-url", slow.url);
  await expect.poll(() => slow.requests.length, { timeout: 120_000, interval: 20 }).toBe(1);
  child.kill("SIGINT");
  const end = await ended;
  expect([end.code, completedDocument.parse(end.document()).status]).toEqual([0, "complete"]);
});
