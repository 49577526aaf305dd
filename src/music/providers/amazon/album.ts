import { contributed, defineProvider, notFound, type Provider } from "../../../engine/provider.ts";
import { album } from "../../album.ts";
import { albumContribution } from "./album-contribution.ts";
import { judgeProducts, type JudgeProduct } from "./judge.ts";
import { knownProducts } from "./known-products.ts";
import { patientJudge } from "./patient-judge.ts";
import { type AmazonProduct, readProduct } from "./product.ts";
import type { ProductResponse } from "./responses.ts";
import { whyUnavailable } from "./settings.ts";
import { type Amazon, type AmazonSource, productsAtOnce } from "./source.ts";

const name = "amazon";

/** What an account may ask within a day at first. Source: https://webservices.amazon.com/paapi5/documentation/troubleshooting/api-rates.html */
const firstAllowance = 8_640;

/** Milliseconds that a run may take beside what it waits for a judge. */
const deadline = 120_000;

/** How the provider goes about it. */
export interface AmazonAlbumOptions {
  /** Requests a day (UTC), over all processes. Default: 8,640. */
  readonly dailyRequests?: number | undefined;
  /** Asked where rules cannot tell whether a product is the album's. Default: nobody, and such products are rejected. */
  readonly judge?: JudgeProduct | undefined;
  /** Milliseconds that the judge has for a product; one that keeps it waiting is left alone for a while. Default: 60,000. */
  readonly judgeTimeout?: number | undefined;
  /**
   * Millionths of a US dollar that judging may cost within a day (UTC), over all processes; once they are used up, albums
   * wait for the next. Default: no limit.
   */
  readonly dailyMicrodollars?: number | undefined;
}

/**
 * What Amazon sells of albums, as a background provider: known ASINs and barcodes first, then a search by artist and title,
 * every time, so that prices are renewed and two runs say the same of the same. Without credentials it is skipped.
 */
export function amazonAlbums(source: AmazonSource, options: AmazonAlbumOptions = {}): Provider<typeof album, Amazon> {
  const { settings } = source;
  const { judgeTimeout = 60_000 } = options;
  const judge = options.judge && patientJudge(options.judge, judgeTimeout);
  return defineProvider<typeof album, Amazon>(album, {
    name,
    run: "background",
    source,
    // One request a second is all that an account has: more at once would only wait.
    job: { concurrency: 1 },
    budget: { requests: options.dailyRequests ?? firstAllowance, microdollars: options.dailyMicrodollars },
    // A question that begins at the end of the judge's time may take as long again.
    deadline: deadline + (judge ? 2 * judgeTimeout : 0),
    images: {
      hosts: ["media-amazon.com", "ssl-images-amazon.com"],
      secure: true,
      // A double serves its pictures itself; the real API's address is trusted with nothing.
      trusted: /^https:\/\/creatorsapi\.amazon(?:\/|$)/.test(settings.url)
        ? undefined
        : URL.parse(settings.url)?.origin,
    },
    unavailable: () => whyUnavailable(settings),
    async provide(sought, context) {
      const known = knownProducts(sought, name);
      const found = await findProducts(context.client, known, known.album);
      const products = found.map((one) => readProduct(one, settings));
      const wasNamed = known.acceptedBefore.size > 0;
      // What was sold before and is no longer has to go, so it is said that there is nothing.
      if (products.length === 0) return wasNamed ? contributed({}) : notFound;
      const judged = await judgeProducts(unique(products), known.album, { ...known, judge, context });
      return contributed(
        albumContribution({ ...judged, marketplace: settings.marketplace.host, namesImage: !known.hasCover }),
      );
    },
  });
}

/** Everything that may be an edition: what the identifiers lead to, then what the names find. */
async function findProducts(
  client: Amazon,
  { asins, barcodes }: { readonly asins: readonly string[]; readonly barcodes: readonly string[] },
  { title, artists }: { readonly title: string; readonly artists: readonly string[] },
): Promise<readonly ProductResponse[]> {
  const found: ProductResponse[] = [];
  for (let at = 0; at < asins.length; at += productsAtOnce)
    found.push(...(await client.products(asins.slice(at, at + productsAtOnce))));
  for (const barcode of barcodes) found.push(...(await client.search({ keywords: barcode })));
  const [artist] = artists;
  if (title !== "") found.push(...(await client.search(artist === undefined ? { title } : { artist, title })));
  return found;
}

function unique(products: readonly AmazonProduct[]): readonly AmazonProduct[] {
  return [...new Map(products.map((product) => [product.asin, product])).values()];
}
