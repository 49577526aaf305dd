import { z } from "zod";
import { storableText } from "../../../engine/json.ts";

/**
 * What we read of the answers of the Creators API, and no more. A product must have its ASIN and a title; everything else
 * may be absent or odd, and is then read as absent.
 *
 * Source of the shapes: https://affiliate-program.amazon.com/creatorsapi/docs
 */
function maybe<Part>(part: z.ZodType<Part>) {
  return part.nullish().catch(undefined);
}

/** A list that may be missing; its odd elements are left out. */
function listOf<Element>(element: z.ZodType<Element>) {
  return z
    .array(z.unknown())
    .nullish()
    .catch([])
    .transform((elements) =>
      (elements ?? []).flatMap((one) => {
        const parsed = element.safeParse(one);
        return parsed.success ? [parsed.data] : [];
      }),
    );
}

const text = z
  .string()
  .transform((said) => storableText(said).trim())
  .pipe(z.string().min(1));

const shown = maybe(z.object({ displayValue: text }));
const shownList = maybe(z.object({ displayValues: listOf(text) }));
const image = maybe(z.object({ url: z.url({ protocol: /^https?$/ }) }));

/** A product, from a search or a look-up. */
export const productResponse = z.object({
  asin: z
    .string()
    .toUpperCase()
    .regex(/^[A-Z0-9]{10}$/),
  // Their documentation and the code that people have published disagree on the spelling.
  detailPageURL: maybe(z.string()),
  detailPageUrl: maybe(z.string()),
  images: maybe(z.object({ primary: maybe(z.object({ large: image, hiRes: image, highRes: image })) })),
  itemInfo: z.object({
    title: z.object({ displayValue: text }),
    byLineInfo: maybe(
      z.object({
        brand: shown,
        contributors: listOf(z.object({ name: text, roleType: maybe(z.string()) })),
      }),
    ),
    classifications: maybe(z.object({ binding: shown, productGroup: shown })),
    externalIds: maybe(z.object({ eans: shownList, upcs: shownList })),
  }),
  browseNodeInfo: maybe(z.object({ websiteSalesRank: maybe(z.object({ salesRank: z.int().positive() })) })),
  offersV2: maybe(
    z.object({
      listings: listOf(
        z.object({
          isBuyBoxWinner: maybe(z.boolean()),
          price: z.object({
            money: z.object({ amount: z.number().nonnegative(), currency: z.string().regex(/^[A-Z]{3}$/) }),
          }),
        }),
      ),
    }),
  ),
});

const products = listOf(productResponse);

/** The answer to `searchItems`. Errors beside the products, or instead of them, say which are not to be had. */
export const searchResponse = z.object({ searchResult: maybe(z.object({ items: products })) });
/** The answer to `getItems`. */
export const itemsResponse = z.object({ itemsResult: maybe(z.object({ items: products })) });

/** A product as the API describes it. */
export type ProductResponse = z.output<typeof productResponse>;
