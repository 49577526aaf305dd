import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { Catalog, Item } from "../../src/index.ts";
import { album, type JudgeProduct, music } from "../../src/music/index.ts";
import { checkProvider, openSandbox, type Sandbox } from "../../src/testing/index.ts";
import {
  again,
  amazonOf,
  amazonPack,
  amazonRequestsOf,
  darkSide,
  openAmazonCatalog,
  outcomeOf,
} from "../support/amazon-catalog.ts";
import { itemOf } from "../support/plant-catalog.ts";

// Each catalogue is a PostgreSQL in memory, which takes a second or more to open.
vi.setConfig({ testTimeout: 120_000 });

let sandbox: Sandbox;
/** Shared by the tests that need nothing of their own; each asks for what it looks at. */
let catalog: Catalog;
beforeAll(async () => {
  sandbox = await openSandbox();
  catalog = await openAmazonCatalog(sandbox);
});
afterEach(() => {
  sandbox.faults.clear();
  sandbox.amazon.setEligible(true);
});
afterAll(async () => {
  await catalog.close();
  await sandbox.close();
});

/** {@link amazonRequestsOf} this file's sandbox. */
const requestsOf = <Result>(work: () => Promise<Result>) => amazonRequestsOf(sandbox, work);

function products(item: Item) {
  return item.links.filter((link) => link.provider === "amazon").map((link) => link.attributes);
}

describe("Amazon's products of an album", () => {
  it("become links with their prices in minor units, and ASINs and barcodes as evidence", async () => {
    const item = itemOf(await catalog.import(album, darkSide));
    expect(products(item)).toMatchObject([
      {
        asin: "B0SBXDSM01",
        title: "The Dark Side of the Moon",
        binding: "Audio CD",
        marketplace: "www.amazon.com",
        price: { amount: 1398, currency: "USD" },
        salesRank: 1204,
      },
      { asin: "B0SBXDSM02", edition: "50th Anniversary Remaster, Vinyl", price: { amount: 2999, currency: "USD" } },
      { asin: "B0SBXDSM03", edition: "2011 Remastered Edition" },
      { asin: "B0SBXDSM04", edition: "Immersion Box Set", price: { amount: 18_950, currency: "USD" } },
      { asin: "B0SBXDSM05", binding: "MP3 Music" },
    ]);
    const [first] = item.links.filter((link) => link.provider === "amazon");
    expect(first).toMatchObject({
      type: "amazon product",
      url: "https://www.amazon.com/dp/B0SBXDSM01?tag=sandbox-20",
    });
    expect(products(item)[2]).not.toHaveProperty("price");
    expect(item.identifiers.filter((one) => one.provider === "amazon").map((one) => one.value)).toEqual(
      expect.arrayContaining(["B0SBXDSM01", "0190295996901", "B0SBXDSM02", "5054197141478", "B0SBXDSM05"]),
    );
    // An EAN and a UPC of one product are one barcode.
    expect(item.identifiers.filter((one) => one.value.endsWith("190295996901"))).toHaveLength(1);
  });

  it("are told from tributes, shirts, books and box sets, which explain shows with the reason", async () => {
    const item = itemOf(await catalog.import(album, darkSide));
    const { rejected } = await catalog.explain(item);
    expect(rejected.map(({ provider, id, reason }) => [provider, id, reason])).toEqual([
      ["amazon", "B0SBXDSM10", 'it is by others: "tribute"'],
      ["amazon", "B0SBXDSM12", "it is doubtful: it seems to be of a concert"],
      ["amazon", "B0SBXDSM13", 'it is no music but "Apparel"'],
      ["amazon", "B0SBXDSM14", 'it is no music but "Paperback"'],
      ["amazon", "B0SBXDSM15", "its title is another (43 % alike)"],
    ]);
    const other = itemOf(await catalog.import(album, { title: "Wish You Were Here", artist: "Pink Floyd" }));
    expect((await catalog.explain(other)).rejected.map(({ id, reason }) => `${id}: ${reason}`)).toEqual([
      "B0SBXDSM15: its title is another (37 % alike)",
      'B0SBXWYWH2: it is by others: "string quartet"',
    ]);
    expect(item.identifiers.map((one) => one.value)).not.toContain("B0SBXDSM10");
    expect(item.links.map((one) => one.url).join(" ")).not.toContain("B0SBXDSM1");
  });

  it("stay as they are when Amazon says the same again, wherever it was found", async () => {
    const item = itemOf(await catalog.import(album, darkSide));
    const { rejected } = await catalog.explain(item);
    const { result, paths } = await requestsOf(() => catalog.import(album, darkSide, again));
    expect(result).toMatchObject({ status: "unchanged", difference: [] });
    expect(itemOf(result)).toEqual(item);
    expect((await catalog.explain(item)).rejected).toEqual(rejected);
    expect(paths).toEqual(["catalog/v1/getItems", "catalog/v1/searchItems"]);
  });

  it("get their new prices, and go when they are no longer sold", async () => {
    await using own = await openSandbox();
    await using shop = await openAmazonCatalog(own);
    const query = { title: "Nevermind", artist: "Nirvana" };
    const item = itemOf(await shop.import(album, query));
    expect(products(item)).toMatchObject([{ asin: "B0SBXNVMD1", price: { amount: 2498 } }]);

    own.amazon.setPrice("B0SBXNVMD1", 19.99);
    const cheaper = await shop.import(album, query, again);
    expect(cheaper.status).toBe("updated");
    expect(products(itemOf(cheaper))).toMatchObject([{ asin: "B0SBXNVMD1", price: { amount: 1999 } }]);
    expect(itemOf(cheaper).version).toBe(item.version + 1);

    own.amazon.remove("B0SBXNVMD1");
    own.amazon.remove("B0SBXNVMD2");
    const gone = itemOf(await shop.import(album, query, again));
    expect(products(gone)).toEqual([]);
    expect(gone.identifiers.filter((one) => one.scheme === "asin")).toEqual([]);
  });

  it("are not found for an album that nobody sells, which costs one request and a token at most", async () => {
    const { result, paths } = await requestsOf(() => catalog.import(album, { title: "Tago Mago", artist: "Can" }));
    expect(outcomeOf(result)).toMatchObject({ status: "not-found", requests: 1 });
    expect(paths).toEqual(["catalog/v1/searchItems"]);
  });

  it("are found by a barcode that somebody else knows, whatever they are called", async () => {
    const query = { title: "Kind of Blue", artist: "Miles Davis" };
    const item = itemOf(await catalog.import(album, query));
    expect(products(item)).toEqual([]);
    await catalog.edit(item, { identifiers: [{ scheme: "barcode", value: "886979193611" }] });
    const { result, paths } = await requestsOf(() => catalog.import(album, query, again));
    expect(products(itemOf(result))).toMatchObject([{ asin: "B0SBXBLUE1" }]);
    expect(paths.filter((path) => path.endsWith("searchItems"))).toHaveLength(2);
  });

  it("are found by an ASIN that somebody else knows, but not where that is no music", async () => {
    const query = { title: "Dummy", artist: "Portishead" };
    const item = itemOf(await catalog.import(album, query));
    expect(products(item)).toEqual([]);
    expect((await catalog.explain(item)).rejected).toMatchObject([
      { id: "B0SBXDUMM1", reason: "it is doubtful: nobody says whom it is by" },
    ]);
    await catalog.edit(item, {
      identifiers: [
        { scheme: "asin", value: "b0sbxdumm1" },
        { scheme: "asin", value: "B0SBXDSM13" },
        { scheme: "asin", value: "B0SBXNONE1" },
      ],
    });
    const { result, paths } = await requestsOf(() => catalog.import(album, query, again));
    expect(products(itemOf(result))).toMatchObject([{ asin: "B0SBXDUMM1" }]);
    expect(paths).toEqual(["catalog/v1/getItems", "catalog/v1/searchItems"]);
  });

  it("give the album the picture of the best of them, while it has no other cover", async () => {
    const item = itemOf(await catalog.import(album, darkSide));
    const fronts = item.images.filter((one) => one.type === "front");
    expect(fronts).toMatchObject([
      { provider: "amazon", url: `${sandbox.amazon.url}/images/I/B0SBXDSM01._SL1500_.jpg`, mediaType: "image/jpeg" },
    ]);
  });

  it("are asked for in the background, a request a second, within what an account may ask in a day", () => {
    const amazon = { ...amazonOf(sandbox), url: undefined, dailyRequests: 100 };
    const provider = music({ amazon })
      .importers.flatMap((one) => one.providers)
      .find((one) => one.name === "amazon");
    expect(provider).toMatchObject({ run: "background", budget: { requests: 100 }, job: { concurrency: 1 } });
    expect(provider?.images?.trusted).toBeUndefined();
  });
});

describe("a language model", () => {
  it("is asked only what rules cannot tell, once, and its reason is kept", async () => {
    const asked: string[] = [];
    const judge: JudgeProduct = async (product, sought, { charge }) => {
      asked.push(`${product.asin} of ${sought.title}`);
      charge({ microdollars: 120, tokens: 300 });
      return product.asin === "B0SBXDUMM1"
        ? { isMatch: true, confidence: 0.9, reason: "The title is Portishead's." }
        : { isMatch: false, confidence: 0.8, reason: "It is a concert of 1974." };
    };
    await using shop = await openAmazonCatalog(sandbox, { ...amazonOf(sandbox), judge });
    const dummy = { title: "Dummy", artist: "Portishead" };
    const accepted = itemOf(await shop.import(album, dummy));
    expect(products(accepted)).toMatchObject([{ asin: "B0SBXDUMM1" }]);
    expect((await shop.explain(accepted)).runs.find((run) => run.provider === "amazon")).toMatchObject({
      microdollars: 120,
      tokens: 300,
    });
    expect((await shop.import(album, dummy, again)).status).toBe("unchanged");
    expect(asked).toEqual(["B0SBXDUMM1 of Dummy"]);

    const item = itemOf(await shop.import(album, darkSide));
    const { rejected } = await shop.explain(item);
    expect(rejected.find((one) => one.id === "B0SBXDSM12")?.reason).toBe(
      "a language model says: It is a concert of 1974.",
    );
    expect(asked).toHaveLength(2);
  });
});

describe("a marketplace", () => {
  it("whose currency has no smaller unit gives whole amounts", async () => {
    await using shop = await openAmazonCatalog(sandbox, { ...amazonOf(sandbox), marketplace: "amazon.co.jp" });
    const item = itemOf(await shop.import(album, { title: "初恋" }));
    expect(products(item)).toMatchObject([
      { asin: "B0SBXHATS1", price: { amount: 3300, currency: "JPY" }, marketplace: "www.amazon.co.jp" },
    ]);
  });

  it("is refused where Amazon has none such, as is a version", async () => {
    const invalid = expect.objectContaining({ code: "configuration-invalid" });
    expect(() => music({ amazon: { marketplace: "www.amazon.xyz" } })).toThrow(invalid);
    expect(() => music({ amazon: { credentialVersion: "4.1" } })).toThrow(invalid);
    expect(() => music({ amazon: { url: "nowhere" } })).toThrow(invalid);
  });
});

describe("what goes wrong at Amazon", () => {
  it("stops at once where the account is not eligible, and says what to do", async () => {
    sandbox.amazon.setEligible(false);
    const outcome = outcomeOf(await catalog.import(album, darkSide, again));
    expect(outcome).toMatchObject({
      status: "failed",
      error: { code: "source-unauthorised", retryable: false, message: expect.stringContaining("10 qualifying sales") },
      requests: 1,
    });
  });

  it("is the configuration's where the tag or the credential is wrong", async () => {
    const secret = "planted-secret-5150";
    await using wrongTag = await openAmazonCatalog(sandbox, { ...amazonOf(sandbox), partnerTag: "other-20" });
    expect(outcomeOf(await wrongTag.import(album, darkSide))).toMatchObject({
      status: "failed",
      error: { code: "configuration-invalid", message: expect.stringContaining("ACCESSION_AMAZON_PARTNER_TAG") },
    });
    await using wrongSecret = await openAmazonCatalog(sandbox, { ...amazonOf(sandbox), credentialSecret: secret });
    const refused = outcomeOf(await wrongSecret.import(album, darkSide));
    expect(refused).toMatchObject({
      status: "failed",
      error: { code: "source-unauthorised", retryable: false, message: expect.stringContaining("invalid_client") },
    });
    expect(JSON.stringify(refused)).not.toContain(secret);
  });

  it("is waited for where it passes, and put off where Amazon asks for more than a minute", async () => {
    sandbox.faults.add({ kind: "status", status: 429, retryAfter: 0, times: 1, on: "searchItems" });
    sandbox.faults.add({ kind: "status", status: 500, times: 1, on: "searchItems" });
    const query = { title: "Animals", artist: "Pink Floyd" };
    expect(outcomeOf(await catalog.import(album, query))).toMatchObject({ requests: 3 });
    sandbox.faults.add({ kind: "status", status: 429, retryAfter: 120, on: "searchItems" });
    expect(outcomeOf(await catalog.import(album, darkSide, again))).toMatchObject({
      status: "failed",
      error: { code: "source-throttled", retryable: true, retryAfter: 120_000 },
    });
    // What was said before stays.
    expect(products(itemOf(await catalog.import(album, darkSide)))).toHaveLength(5);
  });

  it("is seen by its type, whatever the status", async () => {
    const json = { type: "ValidationException", reason: "Other", message: "Something is not right." };
    sandbox.faults.add({ kind: "wrong-shape", json, on: "searchItems" });
    expect(outcomeOf(await catalog.import(album, darkSide, again))).toMatchObject({
      status: "failed",
      error: { code: "source-rejected", message: expect.stringContaining("Something is not right") },
    });
  });
});

describe("Amazon's provider", () => {
  it("keeps to what every provider has to", async () => {
    const pack = amazonPack(sandbox, amazonOf(sandbox));
    const provider = pack.importers.flatMap((one) => one.providers).find((one) => one.name === "amazon");
    if (!provider) throw new Error("the pack has no Amazon");
    const found = [darkSide, { title: "Wish You Were Here", artist: "Pink Floyd" }];
    const missing = [{ title: "Tago Mago", artist: "Can" }];
    expect(await checkProvider(provider, { found, missing, packs: [pack] })).toEqual([]);
  });
});
