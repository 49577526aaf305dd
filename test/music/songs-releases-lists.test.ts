import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { silentLog } from "../../src/engine/log.ts";
import type { ProviderContext, Sought } from "../../src/engine/provider.ts";
import { music, song } from "../../src/music/index.ts";
import type { MusicBrainz } from "../../src/music/providers/musicbrainz/client.ts";
import { musicbrainzLists } from "../../src/music/providers/musicbrainz/list.ts";
import { musicbrainzReleases } from "../../src/music/providers/musicbrainz/release.ts";
import { musicbrainzSongs } from "../../src/music/providers/musicbrainz/song.ts";
import { createMusicBrainz } from "../../src/music/providers/musicbrainz/source.ts";
import { openSandbox, type Sandbox } from "../../src/sandbox/open-sandbox.ts";
import { checkProvider, openTestCatalog } from "../../src/testing/index.ts";
import { listWith } from "../sources/matchers.ts";
import { createSession } from "../sources/session-double.ts";

const money = "7fef22bd-76aa-4803-b56b-93a5d6e70662";
const moneyCode = "GBN9Y1100088";
const remasterBarcode = "0724382975229";
const pinkFloyd = "83d91898-7763-47d7-b03b-b92132375c47";
const darkSide = "f5093c06-23e3-404f-aeaa-40f72885ee3a";
const nobody = "00000000-0000-4000-8000-000000000000";

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await openSandbox();
});
afterEach(() => sandbox.close());

type Asked = Partial<Pick<Sought, "name" | "identifiers" | "related">>;
const soughtFor = ({ name, identifiers = [], related = [] }: Asked) => ({
  name,
  identifiers,
  related,
  expected: {},
  identifier: (scheme: string) => identifiers.find((one) => one.scheme === scheme)?.value,
});
const context = (): ProviderContext<MusicBrainz> => {
  const session = createSession();
  const client = createMusicBrainz({ url: sandbox.url, backOff: 2 }).connect(session);
  return { client, signal: session.signal, log: silentLog, charge: () => {} };
};
const source = () => createMusicBrainz({ url: sandbox.url, backOff: 2 });
const [songs, releases] = [musicbrainzSongs(createMusicBrainz()), musicbrainzReleases(createMusicBrainz())];
const lists = musicbrainzLists(createMusicBrainz());
const byPinkFloyd = [{ type: "artist", names: ["Pink Floyd"], identifiers: [] }];

describe("a song", () => {
  test("is found by title and artist in one request, its live recordings beside it", async () => {
    const found = await songs.search?.(soughtFor({ name: "Money", related: byPinkFloyd }), context());
    const said = found?.map(({ contribution }) => contribution);
    expect(said?.[0]?.identifiers?.[0]).toEqual({ scheme: "musicbrainz.recording", value: money });
    const plain = said?.filter((one) => one.attributes?.title === "Money" && one.attributes.disambiguation == null);
    expect(plain).toHaveLength(1);
    expect(sandbox.requests).toHaveLength(1);
  });

  test("is found by its ISRC, and by its title where nobody has the ISRC", async () => {
    const byCode = soughtFor({ identifiers: [{ scheme: "isrc", value: moneyCode }] });
    const found = await songs.search?.(byCode, context());
    expect(found?.map(({ contribution }) => contribution.identifiers?.[0]?.value)).toEqual([money]);
    const unknown = [{ scheme: "isrc", value: "ZZZZZ9999999" }];
    const other = await songs.search?.(soughtFor({ name: "Money", identifiers: unknown }), context());
    expect(other?.length).toBeGreaterThan(0);
    expect(await songs.search?.(soughtFor({ identifiers: unknown }), context())).toEqual([]);
  });

  test("is looked up in one request, with its ISRC and its artists", async () => {
    const identifiers = [{ scheme: "musicbrainz.recording", value: money }];
    expect(await songs.provide(soughtFor({ identifiers }), context())).toMatchObject({
      status: "contributed",
      contribution: {
        attributes: { title: "Money", length: 382746, firstReleaseDate: "1973-03-24" },
        identifiers: listWith({ scheme: "isrc", value: moneyCode }),
        relations: [{ type: "artist", to: { identifiers: [{ scheme: "musicbrainz.artist", value: pinkFloyd }] } }],
      },
    });
    expect(sandbox.requests).toHaveLength(1);
  });

  test("of which an artist has many recordings is the one that needs no words", async () => {
    const catalog = await openTestCatalog({ packs: [music({ musicbrainz: { url: sandbox.url } })] });
    try {
      const result = await catalog.import(song, { title: "Money", artist: "Pink Floyd" });
      expect(result).toMatchObject({ status: "created", item: { attributes: { firstReleaseDate: "1973-03-24" } } });
    } finally {
      await catalog.close();
    }
  });
});

describe("a release", () => {
  test.each([remasterBarcode, remasterBarcode.slice(1)])("is found by its barcode %s in one request", async (value) => {
    const identifiers = [{ scheme: "barcode", value: value.padStart(13, "0") }];
    const found = await releases.search?.(soughtFor({ identifiers }), context());
    expect(found?.map(({ contribution }) => contribution.attributes?.disambiguation)).toEqual(["remaster"]);
    expect(sandbox.requests).toHaveLength(1);
  });

  test("is found by title and artist", async () => {
    const asked = soughtFor({ name: "Dark Side of the Moon", related: byPinkFloyd });
    const found = await releases.search?.(asked, context());
    expect(found?.length).toBeGreaterThan(3);
    expect(found?.[0]?.contribution.attributes).toMatchObject({ title: "The Dark Side of the Moon" });
    expect(await releases.search?.(soughtFor({}), context())).toEqual([]);
  });

  test("is looked up in one request, with its album, its tracks, and their songs", async () => {
    const [hit] =
      (await releases.search?.(
        soughtFor({ identifiers: [{ scheme: "barcode", value: remasterBarcode }] }),
        context(),
      )) ?? [];
    const provision = await releases.provide(
      soughtFor({ identifiers: hit?.contribution.identifiers ?? [] }),
      context(),
    );
    expect(provision).toMatchObject({
      status: "contributed",
      contribution: { attributes: { country: "XE", date: "1994-03", barcode: remasterBarcode } },
    });
    const said = provision.status === "contributed" ? (provision.contribution.relations ?? []) : [];
    expect(said.find((one) => one.type === "album")?.to.identifiers[0]?.value).toBe(darkSide);
    const track = said.find((one) => one.type === "track" && one.to.attributes.title === "Money");
    expect(track).toMatchObject({
      to: {
        identifiers: [
          { scheme: "musicbrainz.recording", value: money },
          { scheme: "isrc", value: moneyCode },
        ],
        relations: [{ type: "artist", to: { identifiers: [{ value: pinkFloyd }] } }],
      },
    });
    expect(sandbox.requests).toHaveLength(2);
  });
});

describe("a list", () => {
  test("is found by its name, and looked up with its entries and their artists", async () => {
    const [hit] = (await lists.search?.(soughtFor({ name: "Ten Great Albums of the Sandbox" }), context())) ?? [];
    expect(hit?.contribution.relations).toEqual([]);
    const provision = await lists.provide(soughtFor({ identifiers: hit?.contribution.identifiers ?? [] }), context());
    const said = provision.status === "contributed" ? (provision.contribution.relations ?? []) : [];
    expect(said.map((one) => [one.position, one.attributes?.["number"]])).toEqual(
      Array.from({ length: 10 }, (_, index) => [index + 1, String(index + 1)]),
    );
    expect(said[1]).toMatchObject({
      type: "album",
      to: {
        attributes: { title: "The Dark Side of the Moon" },
        relations: [{ to: { attributes: { name: "Pink Floyd" } } }],
      },
    });
    expect(sandbox.requests).toHaveLength(2);
  });
});

test("what is not there is not found", async () => {
  const absent = (scheme: string) => soughtFor({ identifiers: [{ scheme, value: nobody }] });
  expect([
    await songs.provide(absent("musicbrainz.recording"), context()),
    await releases.provide(absent("musicbrainz.release"), context()),
    await lists.provide(absent("musicbrainz.series"), context()),
  ]).toEqual([{ status: "not-found" }, { status: "not-found" }, { status: "not-found" }]);
});

test("the providers keep to what every provider has to", async () => {
  const missing = [{ musicbrainzId: nobody }, { title: "No such thing at all" }];
  const found = [{ musicbrainzId: money }];
  expect(await checkProvider(musicbrainzSongs(source()), { found, missing })).toEqual([]);
  const titled = [{ title: "The Dark Side of the Moon", artist: "Pink Floyd", country: "US" }];
  expect(await checkProvider(musicbrainzReleases(source()), { found: titled, missing })).toEqual([]);
  const named = [{ title: "Ten Great Albums of the Sandbox" }, { title: "Great Songs of the Sandbox" }];
  expect(await checkProvider(musicbrainzLists(source()), { found: named, missing })).toEqual([]);
});
