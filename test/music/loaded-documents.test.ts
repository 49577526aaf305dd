import { beforeEach, expect, it } from "vitest";
import { canonicalJson } from "../../src/engine/json.ts";
import type { Catalog, Item, ItemId, Kind, QueryOf } from "../../src/index.ts";
import { album, artist, release, song } from "../../src/music/index.ts";
import type { Sandbox } from "../../src/sandbox/open-sandbox.ts";
import { recordedAlbum } from "../many/recorded-tracks.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { known, openMusicCatalog, openTestSandbox } from "../support/music-catalog.ts";

const [edition] = recordedAlbum("Pulp Fiction").releases;

describeOnDatabases("A document of a dump, which is the answer of the web service,", (database) => {
  let sandbox: Sandbox;
  let asked: Catalog;
  let loaded: Catalog;
  beforeEach(async () => {
    sandbox = await openTestSandbox();
    asked = await openMusicCatalog(await database.location(), sandbox);
    loaded = await openMusicCatalog(await database.location(), sandbox);
  });

  /** Looks a thing up, and loads the very answer, which comes once more for this, into the other catalogue. */
  async function both<K extends Kind>(kind: K, query: QueryOf<K>): Promise<readonly [Item, Item]> {
    const result = await asked.import(kind, query);
    if (!("item" in result) || !result.item) throw new Error(`it was ${result.status}`);
    const answered = sandbox.requests.findLast((one) => one.status === 200);
    const response = await fetch(new URL(answered?.path ?? "", sandbox.url));
    const { counts } = await loaded.load(kind, linesOf(await response.json()));
    expect(counts).toMatchObject({ created: 1, refused: 0 });
    const [identity] = result.item.identifiers.filter((one) => one.scheme.startsWith("musicbrainz."));
    const [found] = await loaded.withIdentifier(identity?.scheme ?? "", identity?.value ?? "");
    if (!found) throw new Error("it was not loaded");
    return [result.item, found];
  }

  it("makes the same artist as a look-up", async () => {
    const [item, same] = await both(artist, { musicbrainzId: known.pinkFloyd });
    expect(item.links.length).toBeGreaterThan(2);
    expect(described(same)).toEqual(described(item));
  });

  it("makes the same album as a look-up, with its artist", async () => {
    const [item, same] = await both(album, { musicbrainzId: known.darkSide });
    expect(item.relations).toHaveLength(1);
    expect(described(same)).toEqual(described(item));
  });

  it("makes the same release as a look-up, with its tracks, songs and their artists", async () => {
    const [item, same] = await both(release, { musicbrainzId: edition?.id ?? "" });
    expect(item.relations.filter((one) => one.type === "track").length).toBeGreaterThan(5);
    expect(described(same)).toEqual(described(item));
    for (const [index, { item: related }] of item.relations.entries()) {
      const other = same.relations[index]?.item.id;
      expect(described(await itemOf(loaded, other))).toEqual(described(await itemOf(asked, related.id)));
    }
  });

  it("makes the same song as a look-up", async () => {
    const [item, same] = await both(song, { title: "Money", artist: "Pink Floyd" });
    expect(item.relations.length).toBeGreaterThan(0);
    expect(described(same)).toEqual(described(item));
  });

  it("leaves what a person has said, and brings what MusicBrainz says now", async () => {
    const result = await loaded.import(artist, { musicbrainzId: known.pinkFloyd });
    if (!("item" in result) || !result.item) throw new Error(`it was ${result.status}`);
    await loaded.edit(result.item, { attributes: { disambiguation: "mine", country: null } });
    const document = { id: known.pinkFloyd, name: "The Pink Floyd", country: "US", disambiguation: "theirs" };
    expect((await loaded.load(artist, linesOf(document))).counts).toMatchObject({ created: 0, updated: 1 });
    const { title, attributes } = await itemOf(loaded, result.item.id);
    expect([title, attributes["disambiguation"], attributes["country"]]).toEqual(["The Pink Floyd", "mine", undefined]);
  });
});

async function itemOf(catalog: Catalog, id: ItemId | undefined): Promise<Item> {
  const item = id && (await catalog.get(id));
  if (!item) throw new Error(`there is no item ${id}`);
  return item;
}

/** What an item says of itself, whichever catalogue it is in, and since whenever. */
function described({ title, kind, attributes, identifiers, categories, links, relations }: Item) {
  return {
    title,
    kind,
    attributes,
    categories,
    links,
    identifiers: identifiers.toSorted((one, other) => (canonicalJson(one) < canonicalJson(other) ? -1 : 1)),
    relations: relations.map(({ item, ...one }) => ({ ...one, title: item.title, kind: item.kind })),
  };
}

async function* linesOf(document: unknown): AsyncGenerator<string> {
  yield JSON.stringify(document);
}
