import { type Context, Hono } from "hono";
import type { Json } from "../answers/answer.ts";
import { drawCover } from "../cover-art/cover-image.ts";
import { type ProductView, productJson } from "./product-json.ts";
import { type SandboxProduct, sandboxMarketplaces, sandboxProducts } from "./products.ts";
import { refuse } from "./refusals.ts";
import { readRequest } from "./requests.ts";
import { searchProducts } from "./search-products.ts";
import { createTokens, sandboxCredential } from "./tokens.ts";
import { answerTokenRequest } from "./token-answers.ts";

/** Where the double of Amazon lives on the sandbox's host. */
export const amazonPath = "/amazon";

/** Changes what the double of Amazon says while the sandbox runs. */
export interface AmazonControl {
  /** Where the Creators API is, for `ACCESSION_AMAZON_URL`. */
  readonly url: string;
  /** Where tokens of a version are given, for `ACCESSION_AMAZON_TOKEN_URL`. */
  readonly tokenUrl: (version: 2 | 3) => string;
  readonly credentialId: string;
  readonly credentialSecret: string;
  /** A tag that every marketplace of the sandbox takes. */
  readonly partnerTag: string;
  /** Changes the price of a product everywhere; null: nobody sells it any more. */
  readonly setPrice: (asin: string, price: number | null) => void;
  /** Takes a product away. */
  readonly remove: (asin: string) => void;
  /** Every token given so far is refused from now on. */
  readonly endTokens: () => void;
  /** Whether the account may ask; false answers every request with AssociateNotEligible. */
  readonly setEligible: (isEligible: boolean) => void;
}

/** The double without its network, its limits and its faults. */
export interface CreatorsApi {
  readonly fetch: (request: Request) => Response | Promise<Response>;
  /** All but the addresses, which the network gives. */
  readonly control: Omit<AmazonControl, "url" | "tokenUrl">;
}

const partnerTag = "sandbox-20";

/**
 * Answers like Amazon's Creators API (https://affiliate-program.amazon.com/creatorsapi/docs): tokens of versions 2 and 3,
 * `searchItems` and `getItems`, as strictly as the real one.
 *
 * @param tokenLifetime seconds.
 */
export const createCreatorsApi = (tokenLifetime: number): CreatorsApi => {
  const tokens = createTokens(tokenLifetime);
  const prices = new Map<string, number | null>();
  let products = sandboxProducts;
  let isEligible = true;
  let searches = 0;
  const app = new Hono().basePath(amazonPath);

  const json = (product: SandboxProduct, view: Omit<ProductView, "price">): Json =>
    productJson(product, {
      ...view,
      price: prices.has(product.asin) ? (prices.get(product.asin) ?? null) : (product.prices[view.marketplace] ?? null),
    });

  /** Refuses what the real service refuses, in its order: who asks, whether they may, what they ask. */
  const answer = async (
    context: Context,
    operation: "searchItems" | "getItems",
    find: (
      asked: Json,
      sold: readonly SandboxProduct[],
    ) => { readonly found: readonly SandboxProduct[]; readonly wrap: (items: readonly Json[]) => Json },
  ): Promise<Response> => {
    const state = tokens.check(context.req.header("authorization"));
    if (state !== "valid") {
      const reason = { expired: "TokenExpired", unknown: "InvalidToken", missing: "MissingCredential" }[state];
      return refuse("UnauthorizedException", "The request is not authorized.", { reason });
    }
    if (!isEligible) {
      const message = "Your account does not currently meet the eligibility requirements.";
      return refuse("AccessDeniedException", message, { reason: "AssociateNotEligible" });
    }
    const marketplace = context.req.header("x-marketplace") ?? "";
    if (!Object.hasOwn(sandboxMarketplaces, marketplace)) {
      return refuse("ValidationException", "The marketplace is not valid.", {
        reason: "FieldValidationFailed",
        fieldList: [{ name: "x-marketplace", message: "is missing or unknown" }],
      });
    }
    const read = await readRequest(context.req.raw, operation);
    if (read instanceof Response) return read;
    if (read.partnerTag !== partnerTag) {
      const message = "Your credential is not linked to the partner tag in the request for the given Marketplace.";
      return refuse("ValidationException", message, { reason: "InvalidAssociate" });
    }
    searches += 1;
    const view = {
      marketplace,
      partnerTag,
      resources: new Set(read.resources),
      pictures: `${new URL(context.req.url).origin}${amazonPath}/images/I`,
      linkCode: `osi${String(searches)}`,
    };
    const sold = products.filter((product) => marketplace in product.prices);
    const { found, wrap } = find(read, sold);
    return Response.json(wrap(found.map((product) => json(product, view))));
  };

  app.post("/auth/o2/token", ({ req }) => answerTokenRequest(req.raw, 3, tokens));
  app.post("/oauth2/token", ({ req }) => answerTokenRequest(req.raw, 2, tokens));
  app.post("/catalog/v1/searchItems", (context) =>
    answer(context, "searchItems", (asked, sold) => {
      const all = searchProducts(sold, asked);
      const [count, page] = [Number(asked["itemCount"] ?? 10), Number(asked["itemPage"] ?? 1)];
      const wrap = (items: readonly Json[]): Json =>
        items.length === 0
          ? { errors: [{ code: "NoResults", message: "No results found for your request." }] }
          : { searchResult: { totalResultCount: all.length, searchURL: "https://www.amazon.com/s", items } };
      return { found: all.slice((page - 1) * count, page * count), wrap };
    }),
  );
  app.post("/catalog/v1/getItems", (context) =>
    answer(context, "getItems", (asked, sold) => {
      const asins = asked["itemIds"] as readonly string[];
      const found = sold.filter(({ asin }) => asins.includes(asin));
      const missing = asins.filter((asin) => !found.some((product) => product.asin === asin));
      const errors = missing.map((asin) => ({
        code: "InvalidParameterValue",
        message: `The ItemId ${asin} provided in the request is invalid.`,
      }));
      const wrap = (items: readonly Json[]): Json => ({
        ...(items.length > 0 && { itemsResult: { items } }),
        ...(errors.length > 0 && { errors }),
      });
      return { found, wrap };
    }),
  );
  app.get(
    "/images/I/:file",
    async ({ req }) =>
      new Response(new Uint8Array(await drawCover(req.param("file").slice(0, 10))), {
        headers: { "Content-Type": "image/jpeg" },
      }),
  );
  app.notFound(() => refuse("ValidationException", "The operation is not known.", { reason: "UnknownOperation" }));

  return {
    fetch: (request) => app.fetch(request),
    control: {
      credentialId: sandboxCredential.id,
      credentialSecret: sandboxCredential.secret,
      partnerTag,
      setPrice: (asin, price) => {
        prices.set(asin, price);
      },
      remove: (asin) => {
        products = products.filter((product) => product.asin !== asin);
      },
      endTokens: tokens.endAll,
      setEligible: (value) => {
        isEligible = value;
      },
    },
  };
};
