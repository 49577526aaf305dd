import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { contributed, defineImporter, definePack, defineProvider, notFound } from "../../src/index.ts";
import { artist, music } from "../../src/music/index.ts";
import { checkProvider, openSandbox, openTestCatalog, type Sandbox } from "../../src/testing/index.ts";
import { createSpokenProvider, oak, plant } from "../support/spoken-provider.ts";

const queries = { found: [{ id: "oak" }], missing: [{ id: "fern" }] };
const codes = (problems: readonly { readonly code: string }[]) => problems.map((one) => one.code);

/** A provider whose every answer is told how often it was asked before. */
function plantProvider(answer: (times: number) => ReturnType<typeof oak>, run: "inline" | "background" = "inline") {
  let times = 0;
  return defineProvider(plant, {
    name: "herbal",
    run,
    async provide(sought) {
      if (sought.identifier("flora.plant") !== "oak" && sought.name !== "Oak") return notFound;
      times += 1;
      return contributed(answer(times));
    },
  });
}

// Each check opens a catalogue in memory.
vi.setConfig({ testTimeout: 120_000 });

describe("a provider check", () => {
  it("has nothing to say of a provider in order, its relations' kinds brought along", async () => {
    const spoken = createSpokenProvider("first");
    const kew = { identifiers: [{ scheme: "flora.garden", value: "kew" }], attributes: { name: "Kew" } };
    spoken.says.set("oak", oak({ relations: [{ type: "garden", to: kew }] }));
    expect(await checkProvider(spoken.provider, queries)).toEqual([]);
    expect(spoken.asked).toEqual(["oak", "oak", "fern"]);
  });

  it("checks a background provider inline", async () => {
    expect(
      await checkProvider(
        plantProvider(() => oak(), "background"),
        queries,
      ),
    ).toEqual([]);
  });

  it("tells what it did not know, and what it ought not to know", async () => {
    const spoken = createSpokenProvider("first");
    spoken.says.set("oak", "skipped").set("fern", { attributes: { name: "Fern" } });
    expect(await checkProvider(spoken.provider, queries)).toEqual([
      { code: "not-found", query: { id: "oak" }, message: "first was to know this, but: skipped, out of season." },
      { code: "found", query: { id: "fern" }, message: "first was not to know this, but: contributed." },
    ]);
  });

  it("tells what it threw and what was refused", async () => {
    const spoken = createSpokenProvider("first");
    spoken.says.set("oak", { attributes: { name: "Oak", height: Number.NaN } }).set("fern", new TypeError("no fern"));
    expect(await checkProvider(spoken.provider, queries)).toMatchObject([
      { code: "failed", query: { id: "oak" }, error: { code: "contribution-invalid" } },
      { code: "failed", query: { id: "fern" }, error: { code: "defect" }, message: /no fern/ },
    ]);
  });

  it("tells what was left out of what it said, once", async () => {
    const spoken = createSpokenProvider("first");
    spoken.says.set("oak", oak({ links: [{ type: "page", url: "/oak" }] }));
    expect(await checkProvider(spoken.provider, queries)).toEqual([
      { code: "dropped", query: { id: "oak" }, message: 'first: "/oak" is no address of a web page (links).' },
    ]);
  });

  it("tells that a new item got no identity", async () => {
    const nameless = plantProvider(() => ({ attributes: { name: "Oak" } }));
    const problems = await checkProvider(nameless, { found: [{ name: "Oak" }], missing: [] });
    expect(problems).toMatchObject([{ code: "failed", error: { code: "identity-missing" } }]);
  });

  it("tells what differs when it is asked again", async () => {
    const label = (times: number) => [{ scheme: "label", value: String(times) } as const];
    const height = plantProvider((times) => oak({ attributes: { height: times }, identifiers: label(times) }));
    expect(await checkProvider(height, queries)).toEqual([
      {
        code: "unstable",
        query: { id: "oak" },
        message: "herbal said something else when it was asked again: height; identifiers (+ label:2, - label:1).",
      },
    ]);
    const garden = plantProvider((times) => {
      const to = { identifiers: [{ scheme: "flora.garden", value: `kew-${times}` }], attributes: { name: "Kew" } };
      return oak({ relations: [{ type: "garden", to }] });
    });
    expect(codes(await checkProvider(garden, queries))).toEqual(["unstable"]);
  });

  it("tells that it made a second item", async () => {
    const renaming = plantProvider((times) => ({
      attributes: { name: `Oak ${times}` },
      identifiers: [{ scheme: "flora.plant", value: `oak-${times}` }],
    }));
    expect(codes(await checkProvider(renaming, { found: [{ name: "Oak" }], missing: [] }))).toEqual(["duplicate"]);
  });
});

describe("a provider check over HTTP", () => {
  const server = createServer((request, response) => {
    response.statusCode = request.url === "/busy" && busy-- > 0 ? 503 : 200;
    response.end("{}");
  });
  let busy = 0;
  let url = "";
  let sandbox: Sandbox;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    sandbox = await openSandbox();
  });
  afterAll(async () => {
    server.close();
    await sandbox.close();
  });
  const asking = (...paths: readonly string[]) =>
    defineProvider(plant, {
      name: "herbal",
      async provide(sought) {
        if (sought.identifier("flora.plant") !== "oak") return notFound;
        for (const path of paths) await (await fetch(`${url}${path}`)).text();
        return contributed(oak());
      },
    });

  it("tells which request was repeated within one import", async () => {
    expect(await checkProvider(asking("/oak", "/oak?page=2", "/oak"), queries)).toEqual([
      {
        code: "request-repeated",
        query: { id: "oak" },
        message: `GET ${url}/oak was sent more than once in one import.`,
      },
      {
        code: "request-repeated",
        query: { id: "oak" },
        message: `GET ${url}/oak was sent more than once in one import.`,
      },
    ]);
  });

  it("allows a retry of what the server put off", async () => {
    busy = 1;
    const problems = await checkProvider(asking("/busy", "/busy"), queries);
    expect(problems).toHaveLength(1); // the second run, which was not put off
  });

  it("passes MusicBrainz's own provider, within its pack", async () => {
    const pack = music({ musicbrainz: { url: sandbox.url } });
    const provider = pack.importers.find((one) => one.kind.name === artist.name)?.providers[0];
    if (!provider) throw new Error("music has no provider of artists");
    const found = [{ name: "Pink Floyd" }, { name: "Nirvana", country: "GB" }];
    expect(await checkProvider(provider, { found, missing: [{ name: "Pink Floid" }], packs: [pack] })).toEqual([]);
  });

  it("asks the packs' providers first", async () => {
    const byWikidata = defineProvider(artist, {
      name: "shelf",
      async provide(sought) {
        return sought.identifier("wikidata") === "Q2306" ? contributed({ attributes: { area: "Shelf 3" } }) : notFound;
      },
    });
    const check = { found: [{ name: "Pink Floyd" }], missing: [{ name: "Björk" }] };
    const packs = [music({ musicbrainz: { url: sandbox.url } })];
    expect(await checkProvider(byWikidata, { ...check, packs })).toEqual([]);
  });
});

describe("a test catalogue", () => {
  it("is empty, works, and is gone when closed", async () => {
    const spoken = createSpokenProvider("first");
    spoken.says.set("oak", oak());
    const { kind } = spoken.provider;
    const gardens = defineImporter({ kind: kind.relations.garden, providers: [] });
    const pack = definePack({
      name: "flora",
      importers: [defineImporter({ kind, providers: [spoken.provider] }), gardens],
    });
    const catalog = await openTestCatalog({ packs: [pack] });
    expect(await catalog.search("oak")).toEqual([]);
    expect(await catalog.import(plant, { id: "oak" })).toMatchObject({ status: "created", item: { title: "Oak" } });
    await catalog.close();
  });
});
