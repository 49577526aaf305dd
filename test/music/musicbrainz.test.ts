import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { silentLog } from "../../src/engine/log.ts";
import type { ProviderContext, Sought } from "../../src/engine/provider.ts";
import type { MusicBrainzOptions } from "../../src/music/index.ts";
import { musicbrainzAlbums } from "../../src/music/providers/musicbrainz/album.ts";
import { musicbrainzArtists } from "../../src/music/providers/musicbrainz/artist.ts";
import type { MusicBrainz } from "../../src/music/providers/musicbrainz/client.ts";
import { createMusicBrainz } from "../../src/music/providers/musicbrainz/source.ts";
import { openSandbox, type Sandbox } from "../../src/sandbox/open-sandbox.ts";
import { createSession, createSlots } from "../sources/session-double.ts";
import { listWith, textWith } from "../sources/matchers.ts";

const pinkFloyd = "83d91898-7763-47d7-b03b-b92132375c47";
const darkSide = "f5093c06-23e3-404f-aeaa-40f72885ee3a";
const motorhead = "57961a97-3796-4bf7-9f02-a985a8979ae9";
const motorheadMerged = "0c5f9a1e-6b1d-4d0e-9c3a-5d5f1b7f2a10";
const aceOfSpadesMerged = "7d2f4c66-3a0b-4e57-8f19-2b9c6e4d1a33";
const nobody = "00000000-0000-4000-8000-000000000000";

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await openSandbox();
});
afterEach(() => sandbox.close());

interface Asked {
  readonly name?: string;
  readonly identifiers?: Sought["identifiers"];
  readonly related?: Sought["related"];
}
const soughtFor = ({ name, identifiers = [], related = [] }: Asked) => ({
  name,
  identifiers,
  related,
  expected: {},
  identifier: (scheme: string) => identifiers.find((one) => one.scheme === scheme)?.value,
});
const context = (options: MusicBrainzOptions = {}, session = createSession()): ProviderContext<MusicBrainz> => ({
  client: createMusicBrainz({ url: sandbox.url, backOff: 2, ...options }).connect(session),
  signal: session.signal,
  log: silentLog,
  charge: () => {},
});
const [artists, albums] = [musicbrainzArtists(createMusicBrainz()), musicbrainzAlbums(createMusicBrainz())];

const namesFound = async (name: string) => {
  const candidates = await artists.search?.(soughtFor({ name }), context());
  return candidates?.map((candidate) => candidate.contribution.attributes?.name);
};
const titlesFound = async (asked: Asked) => {
  const candidates = await albums.search?.(soughtFor(asked), context());
  return candidates?.map((candidate) => candidate.contribution.attributes?.title);
};

describe("an artist", () => {
  test("is found by name in one request, with what the search says of it and how well it fits", async () => {
    const candidates = await artists.search?.(soughtFor({ name: "Pink Floyd" }), context());
    expect(candidates?.[0]).toMatchObject({
      score: 100,
      contribution: {
        identifiers: [{ scheme: "musicbrainz.artist", value: pinkFloyd }, { scheme: "isni" }],
        attributes: { name: "Pink Floyd", type: "group", country: "GB", begin: "1965" },
      },
    });
    expect(candidates?.[0]?.whole).toBeUndefined();
    expect(sandbox.requests).toHaveLength(1);
  });

  test("is looked up in one request, with its genres and its pages", async () => {
    const identifiers = [{ scheme: "musicbrainz.artist", value: pinkFloyd }];
    const provision = await artists.provide(soughtFor({ identifiers }), context());
    expect(provision).toMatchObject({
      status: "contributed",
      contribution: {
        attributes: { name: "Pink Floyd", begin: "1965", beginArea: "London" },
        categories: listWith(
          { type: "genre", name: "Progressive Rock", weight: 31 },
          { type: "location", name: "London" },
        ),
        identifiers: listWith({ scheme: "wikidata", value: "Q2306" }, { scheme: "discogs.artist", value: "45467" }),
        links: listWith({ type: "official homepage", url: "https://www.pinkfloyd.com/" }),
      },
    });
    expect(sandbox.requests).toHaveLength(1);
  });

  test("that was merged into another is that one, under both ids, in one request", async () => {
    const identifiers = [{ scheme: "musicbrainz.artist", value: motorheadMerged }];
    const provision = await artists.provide(soughtFor({ identifiers }), context());
    expect(provision).toMatchObject({
      contribution: {
        attributes: { name: "Motörhead" },
        identifiers: listWith(
          { scheme: "musicbrainz.artist", value: motorhead },
          { scheme: "musicbrainz.artist", value: motorheadMerged },
        ),
      },
    });
    expect(sandbox.requests).toHaveLength(1);
  });

  test("that is not there is not found", async () => {
    const identifiers = [{ scheme: "musicbrainz.artist", value: nobody }];
    expect(await artists.provide(soughtFor({ identifiers }), context())).toEqual({ status: "not-found" });
  });

  test.each([
    ["AC/DC", "AC/DC"],
    ["!!!", "!!!"],
    ["Sunn O)))", "Sunn O)))"],
    ["Sigur Rós", "Sigur Rós"],
    ["sigur ros", "Sigur Rós"],
    ["The Pink Floyd", "Pink Floyd"],
    ["ピンク・フロイド", "Pink Floyd"],
    ["Pink\0 Floyd", "Pink Floyd"],
  ])("asked for as %j is %s", async (name, expected) => {
    expect((await namesFound(name))?.[0]).toBe(expected);
  });

  test.each(['"', "\\", "((((", "AND", "OR NOT", "a:b", "[* TO *]", "†††", "-", "*", "\uD800"])(
    "asked for as %j breaks no query",
    async (name) => {
      expect(await namesFound(name)).toBeInstanceOf(Array);
      expect(sandbox.requests.map((request) => request.status)).toEqual([200]);
    },
  );

  test.each(["x".repeat(1_000_000), "ピ ".repeat(500_000), "😀".repeat(500)])(
    "with a very long name fits a request",
    async (name) => {
      expect(await namesFound(name)).toBeInstanceOf(Array);
      expect(sandbox.requests.map((request) => request.status)).toEqual([200]);
    },
  );

  test("without a visible name is nowhere, and nobody is asked", async () => {
    expect(await namesFound("\0")).toEqual([]);
    expect(sandbox.requests).toHaveLength(0);
  });
});

describe("an album", () => {
  const by = (related: { names?: string[]; id?: string }): Pick<Asked, "related"> => ({
    related: [
      {
        type: "artist",
        names: related.names ?? [],
        identifiers: related.id === undefined ? [] : [{ scheme: "musicbrainz.artist", value: related.id }],
      },
    ],
  });

  test("is found by title and artist's name in one request", async () => {
    const titles = await titlesFound({
      name: "Dark Side of the Moon",
      ...by({ names: ["The Pink Floyd", "Pink Floyd"] }),
    });
    expect(titles?.[0]).toBe("The Dark Side of the Moon");
    expect(sandbox.requests).toHaveLength(1);
  });

  test("is found by the artist's id where that is known, whatever the names", async () => {
    const titles = await titlesFound({ name: "The Dark Side of the Moon", ...by({ names: ["P. F."], id: pinkFloyd }) });
    expect(titles?.[0]).toBe("The Dark Side of the Moon");
    expect(decodeURIComponent(sandbox.requests[0]?.path ?? "")).toContain(`AND arid:"${pinkFloyd}"`);
  });

  test("of another artist is not found", async () => {
    expect(await titlesFound({ name: "The Dark Side of the Moon", ...by({ names: ["Weezer"] }) })).toEqual([]);
  });

  test.each([
    ['"Heroes"', "“Heroes”"],
    ["( )", "( )"],
  ])("asked for as %s is %s", async (name, expected) => {
    expect(await titlesFound({ name })).toContain(expected);
  });

  test("with very long names fits a request", async () => {
    const long = "ピンク".repeat(1_000);
    expect(
      await titlesFound({
        name: `The ${long}`,
        ...by({ names: Array.from({ length: 30 }, (_, at) => `The ${at}${long}`) }),
      }),
    ).toEqual([]);
    expect(sandbox.requests.map((request) => request.status)).toEqual([200]);
  });

  test("is looked up in one request, with its genres and whom it is by", async () => {
    const identifiers = [{ scheme: "musicbrainz.release-group", value: darkSide }];
    const provision = await albums.provide(soughtFor({ identifiers }), context());
    expect(provision).toMatchObject({
      contribution: {
        attributes: {
          title: "The Dark Side of the Moon",
          artistCredit: "Pink Floyd",
          primaryType: "album",
          secondaryTypes: [],
          firstReleaseDate: "1973-03-24",
        },
        categories: listWith({ type: "genre", name: "Progressive Rock", weight: 22 }),
        relations: [
          {
            type: "artist",
            position: 1,
            to: {
              identifiers: [{ scheme: "musicbrainz.artist", value: pinkFloyd }],
              attributes: { name: "Pink Floyd" },
            },
            attributes: { creditedAs: "Pink Floyd", joinPhrase: "" },
          },
        ],
      },
    });
    expect(sandbox.requests).toHaveLength(1);
  });

  test("that was merged into another is that one, under both ids", async () => {
    const identifiers = [{ scheme: "musicbrainz.release-group", value: aceOfSpadesMerged }];
    const provision = await albums.provide(soughtFor({ identifiers }), context());
    expect(provision).toMatchObject({
      contribution: { attributes: { title: "Ace of Spades" }, identifiers: listWith(...identifiers) },
    });
    expect(sandbox.requests).toHaveLength(1);
  });
});

describe("musicbrainz.org itself", () => {
  const isOffline: typeof fetch = () => Promise.reject(new Error("no network in tests"));
  const real = (options: MusicBrainzOptions, session = createSession()) =>
    createMusicBrainz({ attempts: 1, fetch: isOffline, ...options })
      .connect(session)
      .artist(pinkFloyd);

  test("is not asked without a contact, and the error says how to set one", async () => {
    const session = createSession();
    await expect(real({}, session)).rejects.toMatchObject({
      code: "configuration-invalid",
      message: textWith(/`contact`.*ACCESSION_CONTACT.*--contact/),
    });
    expect(session.requests()).toBe(0);
  });

  test.each(["", " ", "me", "me@", "@example.org", "me@example.org\r\nx: y", "ftp://example.org", "mé@example.org"])(
    "is not asked with the contact %j",
    async (contact) => {
      await expect(real({ contact })).rejects.toMatchObject({ code: "configuration-invalid" });
    },
  );

  test("needs no contact offline", async () => {
    await expect(real({}, createSession({ offline: true }))).rejects.toMatchObject({ code: "source-offline" });
  });

  test("is asked under our name and contact, at most once in 1.1 seconds", async () => {
    const asked: { url: unknown; agent: string | null }[] = [];
    const spy: typeof fetch = async (url, init) => {
      asked.push({ url, agent: new Headers(init?.headers).get("user-agent") });
      return Response.json({ id: pinkFloyd, name: "Pink Floyd" });
    };
    const rateSlots = createSlots();
    await real({ contact: "me@example.org", fetch: spy }, createSession({ rateSlots }));
    expect(rateSlots.taken).toEqual([{ key: "musicbrainz.org", interval: 1_100 }]);
    expect(asked).toEqual([
      {
        url: `https://musicbrainz.org/ws/2/artist/${pinkFloyd}?inc=aliases+tags+genres+url-rels&fmt=json`,
        agent: textWith(/^accession\/\S+ \( me@example\.org \)$/),
      },
    ]);
  });

  test("is the only one with such rules: a double on this machine has no rate and needs no contact", async () => {
    const rateSlots = createSlots();
    await context({}, createSession({ rateSlots })).client.artist(pinkFloyd);
    expect(rateSlots.taken).toEqual([]);
    expect(sandbox.requests[0]?.userAgent).toMatch(/^accession\/\S+$/);
  });
});
