import { sql } from "kysely";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { contributed, defineProvider } from "../../src/index.ts";
import { openSandbox } from "../../src/testing/index.ts";
import { readCatalogue } from "../support/catalogue-state.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { openPlantCatalog, itemOf } from "../support/plant-catalog.ts";
import { createSpokenProvider, oak, plant } from "../support/spoken-provider.ts";
import { createTemporaryFolder } from "../support/temporary-folder.ts";
import { openImageServer } from "./image-server.ts";

const query = { id: "oak" };
const again = { forceProviders: true };

describeOnDatabases("The images of an item", (database) => {
  async function setUp(providerNames: readonly string[] = ["first"]) {
    const server = await openImageServer();
    const providers = providerNames.map((name) => createSpokenProvider(name));
    const location = await database.location();
    const warnings: object[] = [];
    const catalog = await openPlantCatalog(location, providers, {
      images: { folder: await createTemporaryFolder(), trusted: [server.url] },
      log: { debug() {}, info() {}, error() {}, warn: (details) => void warnings.push(details) },
    });
    const [first, second] = providers;
    if (!first) throw new Error("no provider");
    return { server, first, second: second ?? first, catalog, location, warnings };
  }

  it("are fetched, kept in two sizes beside the original, and shown", async () => {
    const { server, first, catalog } = await setUp();
    first.says.set("oak", oak({ images: [{ type: "leaf", url: `${server.url}/green.png` }] }));
    const result = await catalog.import(plant, query);
    const [image] = itemOf(result).images;
    expect(image).toMatchObject({
      type: "leaf",
      url: `${server.url}/green.png`,
      width: 1200,
      height: 900,
      mediaType: "image/jpeg",
      thumbnail: { width: 250, height: 188 },
      original: { width: 1600, height: 1200, mediaType: "image/png" },
      provider: "first",
    });
    expect(result).toMatchObject({ requests: 1, providers: [{ requests: 1, status: "contributed" }] });
    expect("difference" in result && result.difference.find((one) => one.field === "images")).toMatchObject({
      added: [expect.stringContaining(`leaf: ${server.url}/green.png (1200×900, `)],
    });
    const [large, original] = await Promise.all(
      [image?.key, image?.original?.key].map((key) => catalog.readImage(key ?? "")),
    );
    expect(await sharp(large).metadata()).toMatchObject({ format: "jpeg", width: 1200 });
    expect(Buffer.from(original ?? [])).toEqual(server.images.get("/green.png"));
    expect(await catalog.readImage("nonsense")).toBeUndefined();
    const stored = itemOf(await catalog.import(plant, query));
    expect(stored.images).toEqual(itemOf(result).images);
    expect(await catalog.get(stored.id)).toEqual(stored);
  });

  it("change nothing when they are fetched again, and are told as changed once another stands at the address", async () => {
    const { server, first, catalog } = await setUp();
    first.says.set("oak", oak({ images: [{ type: "leaf", url: `${server.url}/green.png` }] }));
    await catalog.import(plant, query);
    expect(await catalog.import(plant, query, again)).toMatchObject({ status: "unchanged", requests: 1 });
    const yellow = server.images.get("/yellow.png") ?? Buffer.alloc(0);
    server.images.set("/green.png", yellow);
    const result = await catalog.import(plant, query, again);
    expect(result).toMatchObject({ status: "updated", item: { version: 2 }, difference: [{ field: "images" }] });
    first.says.set("oak", oak());
    expect(await catalog.import(plant, query, again)).toMatchObject({ status: "updated", item: { images: [] } });
  });

  it("are one of each type: the one of whoever is believed most, a person first", async () => {
    const { server, first, second, catalog, location } = await setUp(["first", "second"]);
    const at = (name: string) => `${server.url}/${name}.png`;
    first.says.set(
      "oak",
      oak({
        images: [
          { type: "leaf", url: at("green") },
          { type: "leaf", url: at("yellow") },
        ],
      }),
    );
    second.says.set(
      "oak",
      oak({
        images: [
          { type: "leaf", url: at("yellow") },
          { type: "bark", url: at("brown") },
        ],
      }),
    );
    const shown = (item: { readonly images: readonly { type: string; url: string; provider: string }[] } | undefined) =>
      item?.images.map(({ type, url, provider }) => `${type} ${url.slice(server.url.length + 1)} ${provider}`);
    const item = itemOf(await catalog.import(plant, query));
    expect(shown(item)).toEqual(["leaf green.png first", "bark brown.png second"]);
    const { item: edited, difference } = await catalog.edit(item, { images: [{ type: "leaf", url: at("brown") }] });
    expect(shown(edited)).toEqual(["leaf brown.png person", "bark brown.png second"]);
    expect(difference.map((one) => one.field)).toEqual(["images"]);
    expect(shown(itemOf(await catalog.import(plant, query, again)))).toEqual(shown(edited));
    expect(shown((await catalog.unlock(item)).item)).toEqual(shown(item));
    expect(shown((await catalog.forget(item, "first")).item)).toEqual([
      "leaf yellow.png second",
      "bark brown.png second",
    ]);
    await catalog.close();
    const { image } = await readCatalogue(location);
    expect(image?.map((row) => row["provider"])).toEqual(["second", "second"]);
  });

  it("are left out where they are refused or absent, and the rest is saved", async () => {
    const { server, first, catalog, warnings } = await setUp();
    const bad = ["html.jpg", "truncated.png", "svg.svg", "nothing.png"].map((name) => `${server.url}/${name}`);
    const forbidden = ["http://169.254.169.254/latest", "http://127.0.0.1:1/x.png", "http://[::1]/x.png"];
    const urls = [...bad, ...forbidden, `${server.url}/to-forbidden`];
    first.says.set("oak", oak({ images: urls.map((url, index) => ({ type: `view ${index}`, url })) }));
    const result = await catalog.import(plant, query);
    expect(result).toMatchObject({ status: "created", item: { title: "Oak", images: [] } });
    expect(warnings).toHaveLength(urls.length);
    expect(warnings).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ code: "fetch-refused" }),
        expect.objectContaining({ code: "image-refused" }),
        expect.objectContaining({ status: "absent" }),
      ]),
    );
    first.says.set(
      "oak",
      oak({
        images: [
          { type: "leaf", url: `${server.url}/html.jpg` },
          { type: "leaf", url: `${server.url}/green.png` },
        ],
      }),
    );
    expect(itemOf(await catalog.import(plant, query, again)).images).toMatchObject([
      { url: `${server.url}/green.png` },
    ]);
  });

  it("fail the provider, and can be tried again, where the trouble is passing; then nothing of it was saved", async () => {
    const { server, first, catalog } = await setUp();
    first.says.set("oak", oak());
    await catalog.import(plant, query);
    first.says.set(
      "oak",
      oak({ attributes: { family: "Other" }, images: [{ type: "leaf", url: `${server.url}/busy` }] }),
    );
    const result = await catalog.import(plant, query, again);
    expect(result).toMatchObject({ status: "failed", error: { code: "source-throttled", retryable: true } });
    expect(itemOf(await catalog.import(plant, { id: "oak" }, { providers: [] })).attributes.family).toBe("Fagaceae");
  });

  it("are written nowhere by a dry run", async () => {
    const { server, first, catalog } = await setUp();
    first.says.set("oak", oak({ images: [{ type: "leaf", url: `${server.url}/green.png` }] }));
    const result = await catalog.import(plant, query, { dryRun: true });
    const [image] = itemOf(result).images;
    expect(await catalog.readImage(image?.key ?? "")).toBeUndefined();
    const { rows } = await sql`select from accession.image`.execute(catalog.kysely);
    expect(rows).toEqual([]);
  });

  it("are refused to a person with the reason", async () => {
    const { server, first, catalog } = await setUp();
    first.says.set("oak", oak());
    const item = itemOf(await catalog.import(plant, query));
    const naming = (url: string) => catalog.edit(item, { images: [{ type: "leaf", url }] });
    await expect(naming(`${server.url}/html.jpg`)).rejects.toMatchObject({ code: "image-refused" });
    await expect(naming(`${server.url}/nothing.png`)).rejects.toMatchObject({ code: "image-refused" });
    await expect(naming("http://10.0.0.1/x.png")).rejects.toMatchObject({ code: "fetch-refused" });
    await expect(naming("file:///etc/passwd")).rejects.toMatchObject({ code: "contribution-invalid" });
    expect((await catalog.get(item.id))?.images).toEqual([]);
  });

  it("stay with the item that two items become, and come back", async () => {
    const { server, first, catalog } = await setUp();
    first.says.set("oak", oak({ images: [{ type: "leaf", url: `${server.url}/green.png` }] }));
    first.says.set("elm", {
      attributes: { name: "Elm" },
      identifiers: [{ scheme: "flora.plant", value: "elm" }],
      images: [
        { type: "leaf", url: `${server.url}/yellow.png` },
        { type: "bark", url: `${server.url}/brown.png` },
      ],
    });
    const [keep, drop] = [
      itemOf(await catalog.import(plant, query)),
      itemOf(await catalog.import(plant, { id: "elm" })),
    ];
    const urls = (item: { readonly images: readonly { url: string }[] }) =>
      item.images.map(({ url }) => url.slice(server.url.length));
    expect(urls(await catalog.mergeItems(keep, drop))).toEqual(["/green.png", "/brown.png"]);
    expect(urls(await catalog.unmergeItem(drop.id))).toEqual(["/yellow.png", "/brown.png"]);
  });
});

describe("A catalogue that keeps no images", () => {
  it("leaves them out, and skips who names nothing else, saying what to do", async () => {
    await using server = await openImageServer();
    const first = createSpokenProvider("first");
    first.says.set("oak", oak({ images: [{ type: "leaf", url: `${server.url}/green.png` }] }));
    const leaves = defineProvider(plant, {
      name: "leaves",
      images: { fills: ["leaf"] },
      provide: () => Promise.resolve(contributed({ images: [{ type: "leaf", url: `${server.url}/green.png` }] })),
    });
    const catalog = await openPlantCatalog("memory:", [first, { ...first, provider: leaves }], { images: false });
    const result = await catalog.import(plant, query);
    expect(result).toMatchObject({
      status: "created",
      item: { images: [] },
      requests: 0,
      providers: [
        { status: "contributed" },
        { status: "skipped", reason: expect.stringContaining("ACCESSION_IMAGES") },
      ],
    });
    await expect(catalog.edit(itemOf(result), { images: [{ type: "leaf", url: server.url }] })).rejects.toMatchObject({
      code: "configuration-invalid",
    });
  });
});

describe("A provider that is for images only", () => {
  it("is not asked where a person has given them, finds nothing where there is none, and fails where it is refused", async () => {
    await using server = await openImageServer();
    const first = createSpokenProvider("first");
    first.says.set("oak", oak());
    let path = "/nothing.png";
    let asked = 0;
    const leaves = defineProvider(plant, {
      name: "leaves",
      images: { fills: ["leaf"] },
      async provide() {
        asked += 1;
        return contributed({ images: [{ type: "leaf", url: `${server.url}${path}` }] });
      },
    });
    const catalog = await openPlantCatalog("memory:", [first, { ...first, provider: leaves }], {
      images: { trusted: [server.url] },
    });
    const outcome = async () => (await catalog.import(plant, query, { providers: ["leaves"] })).providers[1];
    const item = itemOf(await catalog.import(plant, query));
    expect(await outcome()).toMatchObject({ status: "not-found", requests: 1 });
    path = "/html.jpg";
    expect(await outcome()).toMatchObject({ status: "failed", error: { code: "image-refused", retryable: false } });
    path = "/green.png";
    expect(await outcome()).toMatchObject({ status: "contributed" });
    await catalog.edit(item, { images: [{ type: "leaf", url: `${server.url}/brown.png` }] });
    const before = asked;
    expect(await outcome()).toMatchObject({
      status: "skipped",
      reason: "a person has given its leaf image",
      requests: 0,
    });
    expect(asked).toBe(before);
  });

  it("asks nothing offline", async () => {
    const sandbox = await openSandbox();
    const first = createSpokenProvider("first");
    first.says.set("oak", oak({ images: [{ type: "leaf", url: `${sandbox.coverArtUrl}/x` }] }));
    const catalog = await openPlantCatalog("memory:", [first], {
      offline: true,
      images: { trusted: [sandbox.coverArtUrl] },
    });
    expect(await catalog.import(plant, query)).toMatchObject({ status: "failed", error: { code: "source-offline" } });
    expect(sandbox.requests).toEqual([]);
    await sandbox.close();
  });
});
