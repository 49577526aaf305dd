import { describe, expect, it } from "vitest";
import { findMarketplace, marketplaces, minorUnits } from "../../src/music/providers/amazon/marketplaces.ts";
import { judgeByRules, type SoughtAlbum } from "../../src/music/providers/amazon/match-product.ts";
import { type AmazonProduct, readProduct } from "../../src/music/providers/amazon/product.ts";
import { splitTitle } from "../../src/music/providers/amazon/product-title.ts";
import { itemsResponse, productResponse, searchResponse } from "../../src/music/providers/amazon/responses.ts";
import { readAmazonOptions } from "../../src/music/providers/amazon/settings.ts";
import * as schemes from "../../src/music/schemes.ts";

const sought: SoughtAlbum = {
  title: "Black Celebration",
  aliases: [],
  artists: ["Depeche Mode"],
  secondaryTypes: [],
  barcodes: new Set(),
  asins: new Set(),
};

function product(more: Partial<AmazonProduct> = {}): AmazonProduct {
  return {
    asin: "B0C733H2DX",
    title: "Black Celebration",
    url: "https://www.amazon.com/dp/B0C733H2DX?tag=x-20",
    artists: ["Depeche Mode"],
    binding: "Vinyl",
    group: "Music",
    barcodes: [],
    ...more,
  };
}

const statusOf = (more: Partial<AmazonProduct>, of: Partial<SoughtAlbum> = {}): string =>
  judgeByRules(product(more), { ...sought, ...of }).status;

describe("the rules", () => {
  it.each([
    ["Black Celebration"],
    ["BLACK CELEBRATION [Vinyl]"],
    ["Black Celebration (2007 Remaster)"],
    ["Black Celebration - Collector's Edition"],
    ["Black Celebration – Deluxe Edition (CD + DVD)"],
    ["ブラック・セレブレーション (Black Celebration)"],
  ])("take %s for the album", (title) => {
    expect(statusOf({ title }, { aliases: ["ブラック・セレブレーション"] })).toBe("accepted");
  });

  it.each([
    [{ binding: "Paperback", group: "Book" }],
    [{ binding: "Vinyl Bound", group: "Book" }],
    [{ binding: "Apparel", group: "Apparel" }],
    [{ binding: "DVD", group: "DVD" }],
    [{ binding: undefined, group: undefined }],
    [{ title: "Black Celebration: The String Quartet Tribute" }],
    [{ artists: ["Karaoke Superstars"] }],
    [{ title: "Violator" }],
    [{ artists: ["Monster Magnet"] }],
  ])("reject %j", (more) => {
    expect(statusOf(more)).toBe("rejected");
  });

  it("take an album for itself although its own title speaks of a tribute or of a concert", () => {
    const tribute = { title: "For the Masses: A Tribute", artists: ["Various Artists"] };
    expect(statusOf(tribute, { title: "For the Masses: A Tribute", artists: ["Various Artists"] })).toBe("accepted");
    const concert = { title: "Black Celebration (Live in Hamburg)" };
    expect(statusOf(concert)).toBe("doubtful");
    expect(statusOf(concert, { secondaryTypes: ["live"] })).toBe("accepted");
  });

  it("doubt what is nearly alike, and what nobody is named for", () => {
    expect(statusOf({ title: "Black Celebrations Vol 2" })).toBe("doubtful");
    expect(statusOf({ artists: ["Depeche Mod e Band"] })).toBe("doubtful");
    expect(statusOf({ artists: [] })).toBe("doubtful");
    expect(statusOf({}, { artists: [] })).toBe("doubtful");
  });

  it("believe a barcode, in whichever spelling, but not on a shirt", () => {
    const barcodes = new Set(["81227982478"]);
    const odd = { title: "DM reissue", artists: [], barcodes: ["0081227982478"] };
    expect(statusOf(odd, { barcodes })).toBe("accepted");
    expect(statusOf({ ...odd, binding: "T-Shirt", group: "Apparel" }, { barcodes })).toBe("rejected");
  });

  it.each([
    "Audio CD",
    "CD",
    "LP Record",
    "Audio Cassette",
    "Audio-CD",
    "Schallplatte",
    "MP3 Music",
    "Vinyle",
    "CD audio",
  ])("know that %s is music", (binding) => {
    expect(statusOf({ binding, group: undefined })).toBe("accepted");
  });
});

describe("a product's title", () => {
  it("is told from the remarks on the edition, and from titles that have brackets and dashes themselves", () => {
    expect(splitTitle("The Wall (Remastered) [Vinyl]")).toEqual({ title: "The Wall", edition: "Remastered, Vinyl" });
    expect(splitTitle("Meddle - 2016 Reissue")).toEqual({ title: "Meddle", edition: "2016 Reissue" });
    expect(splitTitle("Exile - A Love Story")).toEqual({ title: "Exile - A Love Story" });
    expect(splitTitle("(What's the Story) Morning Glory?").title).toBe("Morning Glory?");
    expect(splitTitle("( )")).toEqual({ title: "( )" });
    expect(splitTitle("[Untitled]")).toEqual({ title: "[Untitled]" });
  });
});

describe("an answer of Amazon's", () => {
  const settings = readAmazonOptions({ partnerTag: "example-20" });
  const item = (more: object): unknown => ({ asin: "B0C733H2DX", itemInfo: { title: { displayValue: "X" } }, ...more });

  it("is read in both spellings of addresses and pictures, and without what is odd", () => {
    const read = (more: object): AmazonProduct => readProduct(productResponse.parse(item(more)), settings);
    const page = "https://www.amazon.com/dp/B0C733H2DX?tag=other-20&linkCode=osi&th=1&psc=1";
    expect(read({ detailPageURL: page }).url).toBe("https://www.amazon.com/dp/B0C733H2DX?tag=other-20");
    expect(read({ detailPageUrl: page }).url).toBe("https://www.amazon.com/dp/B0C733H2DX?tag=other-20");
    expect(read({ detailPageURL: "https://evil.example/?tag=theirs-20" }).url).toBe(
      "https://www.amazon.com/dp/B0C733H2DX?tag=example-20",
    );
    const large = { url: "https://m.media-amazon.com/images/I/a._SL500_.jpg" };
    const high = { url: "https://m.media-amazon.com/images/I/a._SL1500_.jpg" };
    expect(read({ images: { primary: { large, hiRes: high } } }).image).toBe(high.url);
    expect(read({ images: { primary: { large, highRes: high } } }).image).toBe(high.url);
    expect(read({ images: { primary: { large } } }).image).toBe(large.url);
    expect(read({ images: "none", offersV2: 7, browseNodeInfo: { websiteSalesRank: { salesRank: "first" } } })).toEqual(
      {
        asin: "B0C733H2DX",
        title: "X",
        url: "https://www.amazon.com/dp/B0C733H2DX?tag=example-20",
        artists: [],
        barcodes: [],
      },
    );
  });

  it("gives the price of the offer that wins the buy box", () => {
    const money = (amount: number, currency = "USD") => ({ price: { money: { amount, currency } } });
    const listings = [money(99), { ...money(19.99), isBuyBoxWinner: true }];
    expect(readProduct(productResponse.parse(item({ offersV2: { listings } })), settings).price).toEqual({
      amount: 1999,
      currency: "USD",
    });
  });

  it("that holds errors beside products, or nothing but errors, is an answer", () => {
    const errors = [{ code: "NoResults", message: "No results found for your request." }];
    expect(searchResponse.parse({ errors }).searchResult).toBeUndefined();
    expect(
      itemsResponse.parse({ errors, itemsResult: { items: [item({}), { asin: "?" }] } }).itemsResult?.items,
    ).toHaveLength(1);
  });
});

describe("the marketplaces", () => {
  it("are found by host or by its ending, and each has the token address of its region and version", () => {
    for (const { host } of marketplaces) expect(findMarketplace(host.replace("www.amazon.", ""))?.host).toBe(host);
    expect(findMarketplace("https://www.amazon.de/dp/x")?.host).toBe("www.amazon.de");
    expect(findMarketplace("amazon.example")).toBeUndefined();
    const tokenUrl = (options: Parameters<typeof readAmazonOptions>[0]): string => readAmazonOptions(options).tokenUrl;
    expect(tokenUrl({ marketplace: "co.jp" })).toBe("https://api.amazon.co.jp/auth/o2/token");
    expect(tokenUrl({ marketplace: "de", credentialVersion: "2" })).toContain("eu-south-2");
    // The credential knows its region better than the marketplace does.
    expect(tokenUrl({ marketplace: "de", credentialVersion: "3.1" })).toBe("https://api.amazon.com/auth/o2/token");
    expect(readAmazonOptions({ marketplace: "in" }).version.text).toBe("3.2");
  });

  it("count in the smallest unit of their currency", () => {
    expect([minorUnits(19.99, "USD"), minorUnits(2860, "JPY"), minorUnits(0.1 + 0.2, "EUR")]).toEqual([1999, 2860, 30]);
  });
});

describe("barcodes", () => {
  it("have one spelling, whether EAN or UPC", () => {
    expect(schemes.barcode.parse("8 86979-19361 1")).toBe("0886979193611");
    expect(schemes.barcode.parse("0886979193611")).toBe("0886979193611");
    expect(schemes.barcode.parse("none")).toBeUndefined();
    expect(schemes.asin.parse("b0c733h2dx")).toBe("B0C733H2DX");
  });
});
