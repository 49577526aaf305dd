import { z } from "zod";
import type { Sought } from "../../../engine/provider.ts";
import type { album } from "../../album.ts";
import { productLink } from "./album-contribution.ts";
import type { MadeBy } from "./judge.ts";
import { barcodeKey, type SoughtAlbum } from "./match-product.ts";

const maker = z.record(z.string(), z.string());

/** How many ASINs, and how many barcodes, are looked up in one run at most: each call costs a second. */
const most = { asins: 20, barcodes: 5 };

/** What the item has that leads to products, and what it wants of them. */
export interface KnownProducts {
  readonly album: SoughtAlbum;
  /** Every ASIN that the item has, those that others say first; at most 20. */
  readonly asins: readonly string[];
  /** Barcodes that others say, as they are printed; at most 5. */
  readonly barcodes: readonly string[];
  /** ASINs that a run before has accepted, each with who judged it; undefined where rules did. */
  readonly acceptedBefore: ReadonlyMap<string, MadeBy | undefined>;
  /** Whether another provider, or a person, has given a front cover. */
  readonly hasCover: boolean;
}

/**
 * Reads what is known of an album. What Amazon itself has said is looked up again, for its price, but proves nothing: else
 * one mistake would confirm itself for ever.
 *
 * @param provider the name under which Amazon's own word is stored.
 */
export function knownProducts(sought: Sought<typeof album>, provider: string): KnownProducts {
  const { item } = sought;
  const own = new Set(
    (item?.identifiers ?? [])
      .filter((one) => one.provider === provider)
      .map(({ scheme, value }) => `${scheme} ${value}`),
  );
  const values = (scheme: string, isOwn: boolean): string[] =>
    sought.identifiers
      .filter((one) => one.scheme === scheme && own.has(`${one.scheme} ${one.value}`) === isOwn)
      .map((one) => one.value);
  const links = (item?.links ?? []).filter((one) => one.provider === provider && one.type === productLink);
  const credit = item?.attributes.artistCredit;
  const artists = sought.related.filter((one) => one.type === "artist").flatMap((one) => one.names);
  const barcodes = values("barcode", false);
  return {
    album: {
      title: sought.name ?? "",
      aliases: (item?.attributes.aliases ?? []).map((one) => one.name),
      artists: [...new Set([...(credit === undefined ? [] : [credit]), ...artists])],
      secondaryTypes: item?.attributes.secondaryTypes ?? [],
      barcodes: new Set(barcodes.map(barcodeKey)),
      asins: new Set(values("asin", false)),
    },
    asins: [...values("asin", false), ...values("asin", true)].slice(0, most.asins),
    // A UPC is printed without the zero that makes it an EAN, and searched for like that.
    barcodes: barcodes.slice(0, most.barcodes).map((one) => (one.length === 13 ? one.replace(/^0/, "") : one)),
    acceptedBefore: new Map(
      links.flatMap(({ attributes: { asin, judgedBy } }) =>
        typeof asin === "string" ? [[asin, maker.safeParse(judgedBy).data] as const] : [],
      ),
    ),
    hasCover: item?.images.some((one) => one.type === "front" && one.provider !== provider) ?? false,
  };
}
