import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "kysely";
import { v7 as uuid } from "uuid";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { failureDocument, listedDocument, searchedDocument } from "../../src/command/output/document-schema.ts";
import { itemId, openCatalog } from "../../src/index.ts";
import { list, music } from "../../src/music/index.ts";
import { createTemporaryFolder } from "../support/temporary-folder.ts";
import { type FilledCatalogue, fillCatalogue } from "./filled-catalogue.ts";

// A test runs several commands, each a process of its own.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let catalogue: FilledCatalogue;
beforeAll(async () => {
  catalogue = await fillCatalogue([
    { name: "Pink Floyd", country: "GB", type: "group", begin: "1965" },
    { name: "Björk", country: "IS", type: "person", begin: "1965-11-21" },
    { name: "\u001b[31mRed\u202e", country: "GB" },
    ...Array.from({ length: 60 }, (_, index) => ({ name: `Zed ${index}`, country: "DE", begin: `${1900 + index}` })),
  ]);
});

describe("accession list", () => {
  it("shows an item a line, in alphabetical order, and says how many there are beyond", async () => {
    const all = await catalogue.run("list", "artist");
    expect(all.code).toBe(0);
    const lines = all.stdout.trimEnd().split("\n");
    expect(lines).toHaveLength(50);
    expect(lines).toContain(`Pink Floyd  group · GB · 1965–  ${catalogue.ids[0] ?? ""}`);
    expect(lines[0]).toContain(String.raw`\u001b[31mRed\u202e`);
    expect(all.stderr).toContain("13 more");
    const british = await catalogue.run("list", "artist", "--where", "country=GB", "--where", "begin<1970");
    expect(british.stdout).toMatch(/^Pink Floyd .*\n$/);
    expect(british.stderr).not.toContain("more");
    const none = await catalogue.run("list", "artist", "--where", "country=FR");
    expect([none.code, none.stdout]).toEqual([0, ""]);
    expect(none.stderr).toContain("no artist like that");
  });

  it("sorts by an attribute, those without it last, and with a - before it the other way round", async () => {
    const titles = async (...args: readonly string[]) =>
      listedDocument
        .parse((await catalogue.run("list", "artist", "--json", ...args)).document())
        .map((one) => one.title);
    expect((await titles("--sort", "begin")).slice(0, 2)).toEqual(["Zed 0", "Zed 1"]);
    const latest = await titles("--sort=-begin", "--where", "begin>=1959");
    expect(latest).toEqual(["Björk", "Pink Floyd", "Zed 59"]);
    expect((await titles("--sort", "-begin")).at(-1)).toContain("Red");
    const exported = await catalogue.run("export", "artist", "--sort", "-begin", "--format", "csv");
    expect(exported.stdout.split("\n")[1]).toContain("Björk");
    const wrong = await catalogue.run("list", "artist", "--sort", "height", "--json");
    expect(wrong.code).toBe(2);
    expect(failureDocument.parse(wrong.document()).error.message).toContain('cannot be sorted by "height"');
  });

  it("is one array as JSON, of all items unless it is limited", async () => {
    const all = listedDocument.parse((await catalogue.run("list", "music.artist", "--json")).document());
    expect(all).toHaveLength(63);
    const two = await catalogue.run("list", "artist", "--json", "--where", "begin=1965", "--limit", "1");
    expect(listedDocument.parse(two.document()).map(({ title }) => title)).toEqual(["Björk"]);
    expect(listedDocument.parse((await catalogue.run("list", "album", "--json")).document())).toEqual([]);
  });

  it("ends with 2 for a kind, a condition or a limit that is none", async () => {
    for (const args of [["planet"], ["artist", "--where", "country"], ["artist", "--limit", "0"], []]) {
      expect((await catalogue.run("list", ...args)).code, args.join(" ")).toBe(2);
    }
    const wrong = await catalogue.run("list", "artist", "--where", "colour=red", "--json");
    expect(wrong.code).toBe(2);
    expect(failureDocument.parse(wrong.document()).error).toMatchObject({ code: "query-invalid" });
  });
});

it("accession list and export take an item that a condition names by its name, an identifier or its id", async () => {
  const shelf = await fillCatalogue([{ name: "Pink Floyd" }, { name: "Queen" }, { name: "Queen" }]);
  const [pinkFloyd = "", queen = "", namesake = ""] = shelf.ids;
  await using catalog = await openCatalog({ database: shelf.database, packs: [music({})] });
  for (const [title, artistId] of Object.entries({ "The Wall": pinkFloyd, Jazz: queen })) {
    await sql`
      with made as (insert into accession.item (id, kind, title, attributes, name_keys)
        values (${uuid()}::uuid, 'music.album', ${title}, ${JSON.stringify({ title })}::jsonb, array[lower(${title})])
        returning id)
      insert into accession.relation (from_id, type, position, to_id, attributes, provider)
      select id, 'artist', 1, ${artistId}::uuid, '{}', 'musicbrainz' from made`.execute(catalog.kysely);
  }
  await catalog.contribute(list, "list-file", {
    attributes: { title: "My favourites" },
    identifiers: [{ scheme: "list", value: "pink-floyd" }],
  });
  const titles = async (condition: string) => {
    const listed = await shelf.run("list", "album", "--json", "--where", condition);
    return listedDocument.parse(listed.document()).map(({ title }) => title);
  };
  expect(await titles("artist = pink  FLOYD")).toEqual(["The Wall"]);
  expect(await titles("artist=pink-floyd"), "not the list of that name").toEqual(["The Wall"]);
  expect(await titles("artist!=Pink Floyd")).toEqual(["Jazz"]);
  expect(await titles(`artist=${queen}`)).toEqual(["Jazz"]);
  expect(await titles(`artist=${namesake}`)).toEqual([]);
  expect(await titles("artist=")).toEqual([]);
  const [mbid] = (await catalog.get(itemId.parse(queen)))?.identifiers ?? [];
  expect(await titles(`artist=musicbrainz.artist:${mbid?.value}`)).toEqual(["Jazz"]);
  const exported = await shelf.run("export", "album", "--where", "artist=Pink Floyd");
  expect(JSON.parse(exported.stdout)).toMatchObject({ title: "The Wall" });

  const refused = async (condition: string) => {
    const end = await shelf.run("list", "album", "--json", "--where", condition);
    return [end.code, failureDocument.parse(end.document()).error.code];
  };
  expect(await refused("artist=Nobody")).toEqual([3, "item-unknown"]);
  expect(await refused("artist=The Wall")).toEqual([3, "item-unknown"]);
  for (const condition of ["artist~Floyd", "artist>=Nobody", "artist~a=Nobody"]) {
    expect([condition, ...(await refused(condition))]).toEqual([condition, 2, "query-invalid"]);
  }

  const folder = await createTemporaryFolder();
  const wall = listedDocument.parse((await shelf.run("list", "album", "--json")).document())[0]?.id;
  const file = join(folder, "albums.ndjson");
  const exporting = await shelf.run("export", "album", "--where", `artist=${wall}`, "--output", file, "--json");
  expect([exporting.code, failureDocument.parse(exporting.document()).error.code]).toEqual([2, "query-invalid"]);
  expect(await readdir(folder)).toEqual([]);
  const ambiguous = await shelf.run("list", "album", "--where", "artist=Queen");
  expect(ambiguous.code).toBe(4);
  for (const id of [queen, namesake]) expect(ambiguous.stdout).toContain(id);
});

it.each([
  [["list", "music.artits"], "artist"],
  [["export", "Albums"], "album"],
  [["search", "x", "--kind", "relase"], "release"],
  [["load", "-", "--kind", "snog"], "song"],
  [["import", "albums", "x", "--complete", "artist,albun"], "album"],
  [["list", "planet"], undefined],
] as const)("accession %j names the kinds that there are, and the one that may be meant", async (words, meant) => {
  const end = await catalogue.run(...words, "--json");
  expect(end.code).toBe(2);
  const { code, message, remedy } = failureDocument.parse(end.document()).error;
  expect({ code, remedy }).toEqual({ code: "kind-unknown", remedy: "Write one of the known kinds." });
  expect(message).toContain("Known: artist, album, release, song, list.");
  expect(/Did you mean (\w+)\?/.exec(message)?.[1]).toBe(meant);
});

describe("accession search", () => {
  it("finds what is misspelled, in another order, or half typed", async () => {
    for (const text of ["pink flod", "floyd pink", "pin flo"]) {
      const { items } = searchedDocument.parse((await catalogue.run("search", text, "--json")).document());
      expect(items[0]?.title, text).toBe("Pink Floyd");
    }
  });
});
