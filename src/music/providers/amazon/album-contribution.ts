import type { Contribution, Link, Rejection } from "../../../engine/contribution.ts";
import type { album } from "../../album.ts";
import { barcode } from "../../schemes.ts";
import type { MadeBy } from "./judge.ts";
import type { AmazonProduct } from "./product.ts";
import { splitTitle } from "./product-title.ts";

/** A product that is an edition of the album, and how sure that is, 0 to 1. */
export interface AcceptedProduct {
  readonly product: AmazonProduct;
  readonly confidence: number;
  /** Whose word it is that it is one, where rules could not tell. Default: theirs. */
  readonly judgedBy?: MadeBy | undefined;
}

/** The type of the links that lead to products. */
export const productLink = "amazon product";

/**
 * What Amazon says of an album: its products as links, their ASINs and barcodes as evidence, and the picture of the best
 * one. Pure, and the same for the same products in whatever order they were found: the surest first, then by ASIN.
 *
 * @param said.marketplace the host that the prices are of.
 * @param said.namesImage whether the picture is named. Default: true.
 */
export function albumContribution(said: {
  readonly accepted: readonly AcceptedProduct[];
  readonly rejected: readonly Rejection[];
  readonly marketplace: string;
  readonly namesImage?: boolean;
}): Contribution<typeof album> {
  const accepted = said.accepted.toSorted(
    (left, right) => right.confidence - left.confidence || (left.product.asin < right.product.asin ? -1 : 1),
  );
  const products = accepted.map(({ product }) => product);
  const picture = (said.namesImage ?? true) ? products.find(({ image }) => image !== undefined)?.image : undefined;
  return {
    identifiers: products.flatMap(({ asin, barcodes }) => [
      { scheme: "asin" as const, value: asin },
      // Once each, in one spelling; what is no barcode is left out.
      ...[...new Set(barcodes.flatMap((one) => barcode.parse(one) ?? []))].map((value) => ({
        scheme: "barcode" as const,
        value,
      })),
    ]),
    links: accepted.map((one) => linkOf(one, said.marketplace)),
    ...(picture !== undefined && { images: [{ type: "front", url: picture }] }),
    ...(said.rejected.length > 0 && {
      rejected: said.rejected.toSorted((left, right) => (left.id < right.id ? -1 : 1)),
    }),
  };
}

function linkOf({ product, judgedBy = {} }: AcceptedProduct, marketplace: string): Link {
  const { asin, title, url, binding, price, salesRank, image } = product;
  const { edition } = splitTitle(title);
  return {
    type: productLink,
    url,
    attributes: {
      asin,
      title,
      marketplace,
      ...(binding !== undefined && { binding }),
      ...(edition !== undefined && { edition }),
      ...(price !== undefined && { price: { amount: price.amount, currency: price.currency } }),
      ...(salesRank !== undefined && { salesRank }),
      ...(image !== undefined && { image }),
      ...(Object.keys(judgedBy).length > 0 && { judgedBy: { ...judgedBy } }),
    },
  };
}
