import type { Source } from "../../../engine/source.ts";
import type { HttpClient } from "../../../sources/http-client.ts";
import { createHttpSource } from "../../../sources/http-source.ts";
import { userAgent } from "../../../sources/user-agent.ts";
import { createAccessToken } from "./access-token.ts";
import { explainRefusal } from "./refusals.ts";
import { itemsResponse, type ProductResponse, searchResponse } from "./responses.ts";
import { type AmazonOptions, type AmazonSettings, readAmazonOptions } from "./settings.ts";

/** What is searched for: words of any sort, or an artist and a title. */
interface ProductSearch {
  readonly keywords?: string;
  readonly artist?: string;
  readonly title?: string;
}

/**
 * The part of Amazon's Creators API that we use; a call is one request, or as many as it is retried. Errors are those of
 * {@link HttpClient}, and `source-unauthorised` and `configuration-invalid` for what is wrong with the account.
 */
export interface Amazon {
  /** The ten products that fit best in the Music index, best first. */
  search(wanted: ProductSearch): Promise<readonly ProductResponse[]>;
  /** The products with these ASINs, as far as the marketplace has them, in no particular order. At most ten. */
  products(asins: readonly string[]): Promise<readonly ProductResponse[]>;
}

/** How many products one `getItems` takes. */
export const productsAtOnce = 10;

/** What is asked for of each product; a name that does not exist is refused. */
const resources = [
  "itemInfo.title",
  "itemInfo.byLineInfo",
  "itemInfo.classifications",
  "itemInfo.externalIds",
  "images.primary.large",
  "images.primary.highRes",
  "offersV2.listings.price",
  "browseNodeInfo.websiteSalesRank",
];

/** The source that Amazon's providers share, and the settings that it was made with. */
export interface AmazonSource extends Source<Amazon> {
  readonly settings: AmazonSettings;
}

/**
 * Makes the source that all Amazon providers share. Its answers are never kept: Amazon allows that for a day at most.
 *
 * @throws AccessionError `configuration-invalid` for an address, a marketplace or a version that is none.
 */
export function createAmazon(options: AmazonOptions = {}): AmazonSource {
  const settings = readAmazonOptions(options);
  const { partnerTag, marketplace } = settings;
  const http = createHttpSource({
    name: "amazon",
    baseUrl: settings.url,
    interval: settings.interval,
    userAgent: userAgent(),
    timeout: options.timeout,
    attempts: options.attempts,
    backOff: options.backOff,
    fetch: options.fetch,
    authorisation: createAccessToken(settings, options),
    explain: explainRefusal,
    keepsSnapshots: false,
  });
  const headers = { "x-marketplace": marketplace.host };

  function createClient(client: HttpClient): Amazon {
    return {
      async search(wanted) {
        const body = { ...wanted, partnerTag, searchIndex: "Music", itemCount: 10, resources };
        const answer = await client.post("/catalog/v1/searchItems", body, searchResponse, { headers });
        return answer.status === "absent" ? [] : (answer.data.searchResult?.items ?? []);
      },
      async products(asins) {
        const body = { partnerTag, itemIds: asins, itemIdType: "ASIN", resources };
        const answer = await client.post("/catalog/v1/getItems", body, itemsResponse, { headers });
        return answer.status === "absent" ? [] : (answer.data.itemsResult?.items ?? []);
      },
    };
  }
  return { ...http, settings, connect: (session) => createClient(http.connect(session)) };
}
