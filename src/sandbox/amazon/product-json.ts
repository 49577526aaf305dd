import type { Json } from "../answers/answer.ts";
import { type SandboxProduct, sandboxMarketplaces } from "./products.ts";

/** What an answer about products is made for. */
export interface ProductView {
  readonly marketplace: string;
  readonly partnerTag: string;
  /** Parts that were asked for: `itemInfo.title`. */
  readonly resources: ReadonlySet<string>;
  /** The amount that the product costs there now; null where nobody sells it. */
  readonly price: number | null;
  /** Where pictures are, without a trailing slash. */
  readonly pictures: string;
  /** How the product was found: it differs from search to search, as with the real service. */
  readonly linkCode: string;
}

/** Every part of a product that may be asked for; any other name is refused. */
export const resourceNames: ReadonlySet<string> = new Set([
  "browseNodeInfo.browseNodes",
  "browseNodeInfo.websiteSalesRank",
  "images.primary.small",
  "images.primary.medium",
  "images.primary.large",
  "images.primary.highRes",
  "itemInfo.title",
  "itemInfo.byLineInfo",
  "itemInfo.classifications",
  "itemInfo.contentInfo",
  "itemInfo.externalIds",
  "itemInfo.features",
  "itemInfo.productInfo",
  "itemInfo.technicalInfo",
  "offersV2.listings.availability",
  "offersV2.listings.condition",
  "offersV2.listings.isBuyBoxWinner",
  "offersV2.listings.merchantInfo",
  "offersV2.listings.price",
  "parentASIN",
]);

/** A product as the service describes it, with the parts that were asked for. */
export const productJson = (product: SandboxProduct, view: ProductView): Json => {
  const { marketplace, partnerTag, resources } = view;
  const { currency = "USD", locale = "en_US" } = sandboxMarketplaces[marketplace] ?? {};
  const shown = (displayValue: string, label: string): Json => ({ displayValue, label, locale });
  const part = (resource: string, json: Json): Json => (resources.has(resource) ? json : {});
  const picture = (size: number): Json => ({
    url: `${view.pictures}/${product.asin}._SL${String(size)}_.jpg`,
    height: size,
    width: size,
  });
  const identifiers = (label: string, values: readonly string[] | undefined): Json | undefined =>
    values && { displayValues: values, label, locale };
  return {
    asin: product.asin,
    detailPageURL: `https://${marketplace}/dp/${product.asin}?tag=${partnerTag}&linkCode=${view.linkCode}&th=1&psc=1`,
    itemInfo: {
      ...part("itemInfo.title", { title: shown(product.title, "Title") }),
      ...part("itemInfo.byLineInfo", {
        byLineInfo: {
          ...(product.brand !== undefined && { brand: shown(product.brand, "Brand") }),
          contributors: product.artists.map((name) => ({ name, role: "Artist", roleType: "artist", locale })),
        },
      }),
      ...part("itemInfo.classifications", {
        classifications: {
          binding: shown(product.binding, "Binding"),
          productGroup: shown(product.group, "ProductGroup"),
        },
      }),
      ...part("itemInfo.externalIds", {
        externalIds: { eans: identifiers("EAN", product.eans), upcs: identifiers("UPC", product.upcs) },
      }),
    },
    images: {
      primary: {
        ...part("images.primary.large", { large: picture(500) }),
        // The resource has another name than what it brings.
        ...part("images.primary.highRes", { hiRes: picture(1500) }),
      },
    },
    ...(product.salesRank !== undefined &&
      part("browseNodeInfo.websiteSalesRank", {
        browseNodeInfo: { websiteSalesRank: { displayName: "CDs & Vinyl", salesRank: product.salesRank } },
      })),
    ...(view.price !== null &&
      part("offersV2.listings.price", {
        offersV2: {
          listings: [
            {
              isBuyBoxWinner: true,
              price: { money: { amount: view.price, currency, displayAmount: `${currency} ${String(view.price)}` } },
            },
          ],
        },
      })),
  };
};
