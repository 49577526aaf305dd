import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import {
  ambiguousItemDocument,
  changedDocument,
  explainedDocument,
  failureDocument,
  mergedDocument,
  searchedDocument,
  shownDocument,
} from "../../src/command/output/document-schema.ts";
import { album, artist, music } from "../../src/music/index.ts";
import { openCatalog } from "../../src/index.ts";
import { openSandbox, type Sandbox } from "../../src/sandbox/open-sandbox.ts";
import { createPostgresDatabase } from "../support/postgres-database.ts";
import { createTemporaryFolder } from "../support/temporary-folder.ts";
import { runCommand } from "./run-command.ts";

const pinkFloyd = "83d91898-7763-47d7-b03b-b92132375c47";

// A test runs several commands, each a process of its own.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let sandbox: Sandbox;
let database: string;
beforeAll(async () => {
  sandbox = await openSandbox();
  database = (await createPostgresDatabase()).url;
  await using catalog = await openCatalog({ database, packs: [music({ musicbrainz: { url: sandbox.url } })] });
  await catalog.import(artist, { name: "Pink Floyd" });
  await catalog.import(album, { title: "The Dark Side of the Moon", artist: "Pink Floyd" });
  await catalog.import(artist, { name: "Nirvana", country: "US" });
  await catalog.import(artist, { name: "Nirvana", country: "GB" });
});
afterAll(() => sandbox.close());

/** Runs a command on the catalogue of this file, against the sandbox. */
function run(...args: readonly string[]) {
  return runCommand(args, {
    environment: { ACCESSION_DATABASE: database, ACCESSION_MUSICBRAINZ_URL: sandbox.url },
  });
}

async function idsOf(name: string): Promise<readonly string[]> {
  return searchedDocument.parse((await run("search", name, "--json")).document()).items.map((item) => item.id);
}

describe("accession show", () => {
  it("finds an item by id, by identifier, by a bare identity and by name", async () => {
    const [id = ""] = await idsOf("Pink Floyd");
    for (const reference of [
      id,
      `musicbrainz.artist:${pinkFloyd}`,
      pinkFloyd,
      "Pink Floyd",
      "the pink floyd",
      "wikidata:Q2306",
    ]) {
      const end = await run("show", reference, "--json");
      expect(end.code, reference).toBe(0);
      const document = shownDocument.parse(end.document());
      expect(document.item.id).toBe(id);
      expect(document.sources).toMatchObject({ country: "musicbrainz" });
      expect(document.providers).toContainEqual(
        expect.objectContaining({ name: "musicbrainz", status: "contributed", requests: 2 }),
      );
    }
    const words = await run("show", "The Dark Side of the Moon");
    expect(words.stdout).toMatch(/^title +The Dark Side of the Moon {2}\[musicbrainz\]$/m);
    expect(words.stdout).toMatch(/^artist 1 +Pink Floyd/m);
  });

  it("shows the images of an item", async () => {
    const images = { folder: await createTemporaryFolder(), trusted: [sandbox.coverArtUrl] };
    await using catalog = await openCatalog({
      database,
      packs: [music({ musicbrainz: { url: sandbox.url } })],
      images,
    });
    const imported = await catalog.import(album, { title: "Animals", artist: "Pink Floyd" });
    if (!("item" in imported) || !imported.item) throw new Error(imported.status);
    const mbid = imported.item.identifiers[0]?.value ?? "";
    const url = `${sandbox.coverArtUrl}/release-group/${mbid}/front`;
    await catalog.edit(imported.item, { images: [{ type: "front", url }] });
    const { item } = shownDocument.parse((await run("show", "Animals", "--json")).document());
    expect(item.images).toMatchObject([
      { type: "front", url, width: 600, thumbnail: { width: 250 }, original: { width: 600 }, provider: "person" },
    ]);
    const words = await run("show", "Animals");
    expect(words.stdout).toMatch(/^image front +600×600 #[0-9a-f]{6} {2}http.* {2}\[person\]$/m);
  });

  it("ends with 3 for an item that is not there, and with 4 for a name that several have", async () => {
    const missing = await run("show", "Floyd", "--json");
    expect(missing.code).toBe(3);
    const { error } = failureDocument.parse(missing.document());
    expect(error.code).toBe("item-unknown");
    expect(error.message).toContain("Similar: Pink Floyd");

    const several = await run("show", "Nirvana", "--json");
    expect(several.code).toBe(4);
    expect(ambiguousItemDocument.parse(several.document()).candidates.length).toBe(2);
    const words = await run("show", "Nirvana");
    expect(words.code).toBe(4);
    expect(words.stdout).toContain("1960s band from the UK");
  });
});

describe("accession search", () => {
  it("lists what fits, of a kind when asked, at most so many", async () => {
    expect((await idsOf("nirvana")).length).toBe(2);
    const one = await run("search", "n", "--kind", "artist", "--limit", "1", "--json");
    expect(searchedDocument.parse(one.document()).items).toMatchObject([{ kind: "music.artist" }]);
    expect((await run("search", "nirvana", "--kind", "album")).code).toBe(3);
    expect((await run("search", "nirvana", "--kind", "planet")).code).toBe(2);
    expect((await run("search", "nirvana", "--limit", "0")).code).toBe(2);
  });
});

describe("accession edit, explain, unlock, enrich and forget", () => {
  it("lets a person's word win over a forced import, until it is taken back", async () => {
    const edited = await run(
      "edit",
      "Pink Floyd",
      "country=FR",
      "ended=false",
      "disambiguation=the one",
      "end=",
      "--json",
    );
    expect(changedDocument.parse(edited.document())).toMatchObject({
      status: "updated",
      item: { attributes: { country: "FR", ended: false, disambiguation: "the one" } },
    });
    const forced = await run("import", "artist", "Pink Floyd", "--force", "--json");
    const { item } = changedDocument.parse(forced.document());
    expect(item?.attributes).toMatchObject({ country: "FR", ended: false });
    expect(item?.attributes).not.toHaveProperty("end");

    const explained = explainedDocument.parse((await run("explain", "Pink Floyd", "--json")).document());
    expect(explained.fields.find(({ field }) => field === "country")).toMatchObject({
      shown: { provider: "person", value: "FR" },
      others: [{ provider: "musicbrainz", value: "GB" }],
    });
    expect((await run("explain", "Pink Floyd")).stdout).toMatch(/^ +not GB {2}\[musicbrainz, 2/m);

    const unlocked = await run("unlock", "Pink Floyd", "country", "--json");
    expect(changedDocument.parse(unlocked.document()).item?.attributes).toMatchObject({ country: "GB", ended: false });
    const all = await run("unlock", "Pink Floyd", "--json");
    expect(changedDocument.parse(all.document()).item?.attributes).toMatchObject({ ended: true, end: "2014" });
  });

  it("refuses a field that is none, and a value that the field does not take", async () => {
    const wrongs = [
      ["edit", "Pink Floyd", "nonsense=1"],
      ["edit", "Pink Floyd", "country=Germany"],
      ["edit", "Pink Floyd", "name="],
      ["edit", "Pink Floyd", "country"],
      ["unlock", "Pink Floyd", "nonsense"],
      ["forget", "Pink Floyd", "nobody"],
    ];
    for (const args of wrongs) expect((await run(...args)).code, args.join(" ")).toBe(2);
  });

  it("asks anew after a provider was forgotten", async () => {
    const forgotten = await run("forget", "Pink Floyd", "musicbrainz", "--json");
    expect(changedDocument.parse(forgotten.document()).item?.attributes).not.toHaveProperty("country");
    const enriched = await run("enrich", pinkFloyd, "--json");
    expect(changedDocument.parse(enriched.document())).toMatchObject({
      status: "updated",
      item: { attributes: { country: "GB" } },
      providers: [
        { name: "musicbrainz", status: "contributed" },
        { name: "description", status: "skipped" },
      ],
    });
    expect((await run("enrich", "nobody of that name")).code).toBe(3);
  });
});

describe("accession merge", () => {
  it("makes two items one, and two again", async () => {
    const [keep = "", drop = ""] = await idsOf("nirvana");
    const merged = await run("merge", keep, drop, "--json");
    expect(mergedDocument.parse(merged.document())).toMatchObject({ status: "merged", item: { id: keep } });
    expect(shownDocument.parse((await run("show", drop, "--json")).document()).item.id).toBe(keep);
    const undone = await run("merge", "--undo", drop, "--json");
    expect(mergedDocument.parse(undone.document())).toMatchObject({ status: "restored", item: { id: drop } });
    expect((await run("merge", keep, keep)).code).toBe(2);
    expect((await run("merge", keep)).code).toBe(2);
    expect((await run("merge", "--undo", keep)).code).toBe(2);
    expect((await run("merge", "--undo", "Nirvana")).code).toBe(2);
  });
});
