import { minorUnits } from "./marketplaces.ts";
import type { ProductResponse } from "./responses.ts";
import type { AmazonSettings } from "./settings.ts";

/** A product as we use it: one edition of something, in one marketplace. */
export interface AmazonProduct {
  readonly asin: string;
  readonly title: string;
  /** Its page, with the partner tag and nothing else in the query. */
  readonly url: string;
  /** Whom it is by, as Amazon names them; empty where it does not say. */
  readonly artists: readonly string[];
  /** What it comes on: `Audio CD`, `Vinyl`. Absent where Amazon does not say. */
  readonly binding?: string | undefined;
  /** `Music`, in the marketplace's language. Absent where Amazon does not say. */
  readonly group?: string | undefined;
  /** EAN and UPC, as Amazon spells them. */
  readonly barcodes: readonly string[];
  /** In the smallest unit of the currency, whole. Absent where nobody sells it. */
  readonly price?: { readonly amount: number; readonly currency: string } | undefined;
  /** Its place among what the marketplace sells of its sort, from 1. Absent where it has none. */
  readonly salesRank?: number | undefined;
  /** The largest picture of its front. Absent where it has none. */
  readonly image?: string | undefined;
}

/** Who is named beside an artist, but has not made the album. */
const otherRoles = /author|narrator|editor|actor|director|producer|engineer|publisher/i;

/** Reads a product of the marketplace that was asked. Pure. */
export function readProduct(response: ProductResponse, settings: AmazonSettings): AmazonProduct {
  const { asin, itemInfo, images, offersV2, browseNodeInfo } = response;
  const { byLineInfo, classifications, externalIds } = itemInfo;
  const named = byLineInfo?.contributors ?? [];
  const artists = named.filter(({ roleType }) => !otherRoles.test(roleType ?? "")).map(({ name }) => name);
  const brand = byLineInfo?.brand?.displayValue;
  const listings = offersV2?.listings ?? [];
  const money = (listings.find((one) => one.isBuyBoxWinner === true) ?? listings[0])?.price.money;
  const picture = images?.primary;
  return {
    asin,
    title: itemInfo.title.displayValue,
    url: pageOf(response, settings),
    artists: [...new Set(artists.length === 0 && brand != null ? [brand] : artists)],
    binding: classifications?.binding?.displayValue,
    group: classifications?.productGroup?.displayValue,
    barcodes: [...(externalIds?.eans?.displayValues ?? []), ...(externalIds?.upcs?.displayValues ?? [])],
    price: money && { amount: minorUnits(money.amount, money.currency), currency: money.currency },
    salesRank: browseNodeInfo?.websiteSalesRank?.salesRank,
    image: (picture?.hiRes ?? picture?.highRes ?? picture?.large)?.url,
  };
}

/**
 * The product's page. Amazon's own address says where it was found (`linkCode`, `th`, `psc`), which differs from search to
 * search; the tag stays, since Amazon's terms want it in every link.
 */
function pageOf({ asin, ...response }: ProductResponse, { marketplace, partnerTag }: AmazonSettings): string {
  const given = URL.parse(response.detailPageURL ?? response.detailPageUrl ?? "");
  const tag = (given?.hostname === marketplace.host ? given.searchParams.get("tag") : null) ?? partnerTag;
  return `https://${marketplace.host}/dp/${asin}?tag=${encodeURIComponent(tag)}`;
}
