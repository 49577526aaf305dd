import { once } from "node:events";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { exportedDocument, failureDocument, itemDocument } from "../../src/command/output/document-schema.ts";
import type { JsonObject } from "../../src/index.ts";
import { createTemporaryFolder } from "../support/temporary-folder.ts";
import { type FilledCatalogue, fillCatalogue } from "./filled-catalogue.ts";

// A test runs several commands, each a process of its own.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

const artists: readonly JsonObject[] = [
  { name: "Pink Floyd", country: "GB", type: "group", ended: true, aliases: [{ name: "The Tea Set" }] },
  { name: 'a "quoted", one;\r\nwith a line\n', country: "DE", disambiguation: "=1+1" },
  { name: "宇多田ヒカル", country: "JP" },
  { name: "👩‍👩‍👧 \\ , '" },
];

let catalogue: FilledCatalogue;
beforeAll(async () => {
  catalogue = await fillCatalogue(artists);
});

/** What a reader of CSV sees, by the rules of RFC 4180. */
function readCsv(text: string): readonly Readonly<Record<string, string>>[] {
  const cells = [...text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n)/g)];
  const lines: string[][] = [[]];
  for (const [, quoted, bare = "", end] of cells) {
    lines.at(-1)?.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end === "\n") lines.push([]);
  }
  const [head = [], ...rest] = lines.slice(0, -1);
  return rest.map((line) => Object.fromEntries(head.map((name, index) => [name, line[index] ?? ""])));
}

describe("accession export", () => {
  it("writes the document of each item as a line of JSON", async () => {
    const { code, stdout, stderr } = await catalogue.run("export", "artist");
    expect([code, stderr]).toEqual([0, ""]);
    const items = stdout
      .trimEnd()
      .split("\n")
      .map((line) => itemDocument.parse(JSON.parse(line)));
    expect(items.map(({ id }) => id)).toEqual(catalogue.ids);
    expect(items.map(({ attributes }) => attributes)).toEqual(artists);
  });

  it("writes a table as CSV, a column for each attribute and identity, that reads back as it was", async () => {
    const { code, stdout } = await catalogue.run("export", "artist", "--format", "csv");
    expect(code).toBe(0);
    const rows = readCsv(stdout);
    expect(rows.map((row) => row["title"])).toEqual(artists.map((one) => one["name"]));
    expect(rows.map((row) => row["id"])).toEqual(catalogue.ids);
    expect(rows[0]).toMatchObject({
      name: "Pink Floyd",
      country: "GB",
      ended: "true",
      aliases: JSON.stringify([{ name: "The Tea Set" }]),
      "musicbrainz.artist": expect.stringMatching(/^[0-9a-f-]{36}$/),
      end: "",
    });
    expect(rows[1]?.["disambiguation"]).toBe("=1+1");
  });

  it("writes into a file, which is there whole or as it was", async () => {
    const folder = await createTemporaryFolder();
    const file = join(folder, "artists.csv");
    const flags = ["--format", "csv", "--where", "country!=GB", "--output", file];
    const done = await catalogue.run("export", "artist", ...flags, "--json");
    expect(exportedDocument.parse(done.document())).toEqual({
      status: "exported",
      kind: "music.artist",
      format: "csv",
      items: 3,
      file,
    });
    expect(readCsv(await readFile(file, "utf8"))).toHaveLength(3);
    await writeFile(file, "as it was");
    const wrong = await catalogue.run("export", "artist", "--where", "colour=red", "--output", file);
    expect(wrong.code).toBe(2);
    expect(await readFile(file, "utf8")).toBe("as it was");
    expect(await readdir(folder)).toEqual(["artists.csv"]);
    const nowhere = await catalogue.run("export", "artist", "--output", join(folder, "missing", "x"), "--json");
    expect(nowhere.code).toBe(2);
    expect(nowhere.stdout).toContain("cannot be written");
  });

  it("refuses a table on the standard output that --json promises to JSON, and says how to have both", async () => {
    for (const target of [[], ["--output", "-"]]) {
      const end = await catalogue.run("export", "artist", "--format", "csv", "--json", ...target);
      expect(end.code).toBe(2);
      const { message, remedy } = failureDocument.parse(end.document()).error;
      expect(message).toContain("--format csv would write a table there");
      expect(remedy).toContain("--output FILE");
    }
    const items = await catalogue.run("export", "artist", "--json", "--output", "-");
    expect([items.code, items.stdout.trimEnd().split("\n").length]).toEqual([0, artists.length]);
  });

  it("refuses a folder in the place of its file before it writes anything", async () => {
    const folder = await createTemporaryFolder();
    await mkdir(join(folder, "exports"));
    for (const [file, why] of [
      [join(folder, "exports"), "is a folder"],
      ["", "--output is empty"],
    ] as const) {
      const end = await catalogue.run("export", "artist", "--output", file);
      expect([end.code, end.stdout]).toEqual([2, ""]);
      expect(end.stderr).toMatch(new RegExp(`^error: .*${why}`));
    }
    expect(await readdir(folder)).toEqual(["exports"]);
  });

  it("ends with 2 for a kind or a format that is none", async () => {
    expect((await catalogue.run("export", "planet")).code).toBe(2);
    expect((await catalogue.run("export", "artist", "--format", "xml")).code).toBe(2);
  });

  it("says that it was broken off by Ctrl-C, and that what it wrote is not all", async () => {
    const large = await fillCatalogue(
      Array.from({ length: 10_000 }, (_, index) => ({ name: `Artist ${index}`, disambiguation: "x".repeat(500) })),
    );
    const { child, ended } = large.start("export", "artist");
    // Nobody reads on, so that it waits in the middle.
    await once(child.stdout, "readable");
    child.kill("SIGINT");
    child.stdout.resume();
    const { code, stderr } = await ended;
    expect(code).toBe(130);
    expect(stderr).toMatch(/^Broken off after \d+ artists. What was written is not all.\n$/);
  });

  it("stops without a word when nobody reads any more", async () => {
    const large = await fillCatalogue(
      Array.from({ length: 5_000 }, (_, index) => ({ name: `Artist ${index}`, disambiguation: "x".repeat(500) })),
    );
    for (const args of [
      ["export", "artist"],
      ["export", "artist", "--format", "csv"],
      ["list", "artist", "--json"],
    ]) {
      const { child, ended } = large.start(...args);
      child.stdout.once("data", () => child.stdout.destroy());
      const { code, stderr } = await ended;
      expect([args.join(" "), code, stderr]).toEqual([args.join(" "), 0, ""]);
    }
    const whole = await large.run("export", "artist");
    expect(whole.stdout.split("\n")).toHaveLength(5_001);
  });
});
