import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { configDocument, doctorDocument, failureDocument } from "../../src/command/output/document-schema.ts";
import { checkAmazon } from "../../src/command/health/amazon.ts";
import { readSettings } from "../../src/command/settings/read-settings.ts";
import { createTemporaryFolder } from "../support/temporary-folder.ts";
import { runCommand } from "./run-command.ts";

// A test runs several commands, each a process of its own.
vi.setConfig({ testTimeout: 240_000 });

const url = "postgres://me:s3cret/p@ss:word@localhost:1/db?password=s3cret";

let folder: string;
beforeAll(async () => {
  folder = await createTemporaryFolder();
  await writeFile(
    join(folder, "accession.config.json"),
    JSON.stringify({ database: "items", contact: "file@example.org", musicbrainzUrl: "http://file", offline: true }),
  );
});

function read(flags: Parameters<typeof readSettings>[0]["flags"], environment: NodeJS.ProcessEnv = {}) {
  return readSettings({ flags, environment, workingFolder: folder });
}

describe("readSettings", () => {
  it("prefers a flag to the environment, that to the file, and the file to the default", async () => {
    const environment = { ACCESSION_CONTACT: "variable@example.org", ACCESSION_MUSICBRAINZ_URL: "http://variable" };
    const { settings, origins } = await read({ contact: "flag@example.org" }, environment);
    expect(settings).toMatchObject({
      contact: "flag@example.org",
      musicbrainzUrl: "http://variable",
      database: join(folder, "items"),
      offline: true,
      schema: "accession",
      snapshots: true,
    });
    expect(origins).toMatchObject({
      contact: { from: "flag", where: "--contact" },
      musicbrainzUrl: { from: "environment", where: "ACCESSION_MUSICBRAINZ_URL" },
      database: { from: "file", where: join(folder, "accession.config.json") },
      schema: { from: "default" },
    });
  });

  it("lets a flag and a variable switch off what the file switches on", async () => {
    expect((await read({ offline: false })).settings.offline).toBe(false);
    expect((await read({}, { ACCESSION_OFFLINE: "0", ACCESSION_SNAPSHOTS: "no" })).settings).toMatchObject({
      offline: false,
      snapshots: false,
    });
    expect((await read({}, { ACCESSION_OFFLINE: "" })).settings.offline).toBe(true);
    await expect(read({}, { ACCESSION_OFFLINE: "perhaps" })).rejects.toThrow("ACCESSION_OFFLINE");
  });

  it("reads where images are kept: a folder beside the file, or none", async () => {
    const config = join(folder, "images.json");
    await writeFile(config, JSON.stringify({ images: "covers", coverArtArchiveUrl: "http://file" }));
    expect((await read({ config })).settings).toMatchObject({
      images: join(folder, "covers"),
      coverArtArchiveUrl: "http://file",
    });
    expect((await read({ config }, { ACCESSION_IMAGES: "none" })).settings.images).toBe("none");
    expect((await read({ config, images: "elsewhere" })).settings.images).toBe("elsewhere");
    await writeFile(config, JSON.stringify({ images: "none" }));
    expect((await read({ config })).settings.images).toBe("none");
    expect((await read({})).settings.images).toBeUndefined();
  });

  it("keeps the catalogue in the user's data folder where nobody names another", async () => {
    const { settings } = await readSettings({
      flags: {},
      environment: { XDG_DATA_HOME: "/data" },
      workingFolder: await createTemporaryFolder(),
    });
    expect(settings.database).toBe(join("/data", "accession", "catalogue"));
  });

  it("refuses a file that is not there, is no JSON, or says something unknown, and shows none of its values", async () => {
    const file = async (name: string, text: string): Promise<string> => {
      await writeFile(join(folder, name), text);
      return join(folder, name);
    };
    await expect(read({ config: "missing.json" })).rejects.toThrow("there is no such file");
    await expect(read({}, { ACCESSION_CONFIG: "missing.json" })).rejects.toThrow("ACCESSION_CONFIG");
    await expect(read({ config: await file("broken.json", '{"database": s3cret') })).rejects.toThrow(
      expect.objectContaining({ code: "configuration-invalid", message: expect.not.stringContaining("s3cret") }),
    );
    await expect(read({ config: await file("unknown.json", '{"databse": "x"}') })).rejects.toThrow(
      /"databse".*it has database, schema, musicbrainzUrl, contact, offline, snapshots, /,
    );
    await expect(read({ config: await file("typed.json", '{"offline": "s3cret"}') })).rejects.toThrow(/offline/);
    await mkdir(join(folder, "folder.json"));
    await expect(read({ config: "folder.json" })).rejects.toThrow("folder.json");
  });
});

describe("accession config", () => {
  it("shows each setting and where it comes from", async () => {
    const end = await runCommand(["config", "--schema", "mine", "--json"], { workingFolder: folder });
    expect(end.code).toBe(0);
    expect(configDocument.parse(end.document()).settings).toEqual(
      expect.arrayContaining([
        { name: "schema", value: "mine", from: "flag", where: "--schema" },
        { name: "contact", value: "file@example.org", from: "file", where: join(folder, "accession.config.json") },
        { name: "snapshots", value: true, from: "default" },
      ]),
    );
  });

  it("never shows a password, and neither does any error", async () => {
    const environment = {
      ACCESSION_DATABASE: url,
      ACCESSION_AMAZON_CREDENTIAL_ID: "an-id",
      ACCESSION_AMAZON_CREDENTIAL_SECRET: "s3cret",
      ACCESSION_AMAZON_PARTNER_TAG: "tag-20",
    };
    for (const args of [
      ["config"],
      ["config", "--json"],
      ["show", "x"],
      ["show", "x", "--json"],
      ["doctor"],
      ["doctor", "--json", "--verbose"],
    ]) {
      const end = await runCommand(args, { environment });
      expect(end.stdout + end.stderr, args.join(" ")).not.toMatch(/s3cret|p@ss|word@/);
    }
    const mistyped = await runCommand([`--databse=${url}`, "config"]);
    expect(mistyped.code).toBe(2);
    expect(mistyped.stdout + mistyped.stderr).not.toMatch(/s3cret|p@ss|word@/);
    const shown = await runCommand(["config"], { environment });
    expect(shown.stdout).toContain("postgres://me:***@localhost:1/db?password=***");
  });

  it("ends with 2 for a configuration that cannot be read", async () => {
    const end = await runCommand(["config", "--json", "--config", "/nowhere/x.json"]);
    expect(end.code).toBe(2);
    expect(failureDocument.parse(end.document()).error.code).toBe("configuration-invalid");
  });
});

describe("accession doctor", () => {
  it("passes on a folder that is yet to be made, and makes none", async () => {
    const database = join(folder, "yet", "to-be");
    const end = await runCommand([
      "doctor",
      "--json",
      "--database",
      database,
      "--musicbrainz-url",
      "http://localhost:1",
    ]);
    expect(end.code).toBe(0);
    const { status, checks } = doctorDocument.parse(end.document());
    expect(status).toBe("healthy");
    expect(checks.map(({ name, status: state }) => `${name} ${state}`)).toEqual([
      "node passed",
      "configuration passed",
      "contact passed",
      "amazon skipped",
      "language model skipped",
      "database passed",
      "musicbrainz skipped",
    ]);
    await expect(mkdir(join(folder, "yet"))).resolves.toBeUndefined();
  });

  it("says what is wrong and what to do, and ends with 1", async () => {
    const end = await runCommand(["doctor", "--json", "--online", "--database", "postgres://me@127.0.0.1:9/db"]);
    expect(end.code).toBe(1);
    const { status, checks } = doctorDocument.parse(end.document());
    expect(status).toBe("unhealthy");
    expect(checks.find(({ name }) => name === "contact")).toMatchObject({ status: "warning" });
    expect(checks.find(({ name }) => name === "database")).toMatchObject({
      status: "failed",
      remedy: expect.stringContaining("reached"),
    });
    const unreadable = await runCommand(["doctor", "--config", "/nowhere/x.json"]);
    expect(unreadable.code).toBe(1);
    expect(unreadable.stdout).toContain("no such file");
  });
});

describe("the check of Amazon", () => {
  const check = async (environment: NodeJS.ProcessEnv) => checkAmazon((await read({}, environment)).settings);
  const whole = {
    ACCESSION_AMAZON_CREDENTIAL_ID: "an-id",
    ACCESSION_AMAZON_CREDENTIAL_SECRET: "s3cret",
    ACCESSION_AMAZON_PARTNER_TAG: "tag-20",
  };

  it("passes with all credentials, is skipped without any, warns of some, and fails with what does not exist", async () => {
    expect(await check(whole)).toMatchObject({ status: "passed", detail: expect.stringContaining("version 3.1") });
    expect(await check({})).toMatchObject({ status: "skipped" });
    expect(await check({ ...whole, ACCESSION_AMAZON_PARTNER_TAG: "" })).toMatchObject({
      status: "warning",
      remedy: expect.stringContaining("ACCESSION_AMAZON_PARTNER_TAG"),
    });
    expect(await check({ ...whole, ACCESSION_AMAZON_MARKETPLACE: "www.amazon.xyz" })).toMatchObject({
      status: "failed",
      detail: expect.stringContaining("ACCESSION_AMAZON_MARKETPLACE"),
    });
    expect(JSON.stringify(await check(whole))).not.toContain("s3cret");
  });

  it("reads the requests of a day as a number", async () => {
    const { settings } = await read({}, { ACCESSION_AMAZON_DAILY_REQUESTS: "500" });
    expect(settings.amazonDailyRequests).toBe(500);
    await expect(read({}, { ACCESSION_AMAZON_DAILY_REQUESTS: "0" })).rejects.toThrow("whole number above 0");
  });
});
