import type { Rejection } from "../../../engine/contribution.ts";
import type { ProviderContext } from "../../../engine/provider.ts";
import type { AcceptedProduct } from "./album-contribution.ts";
import { judgeByRules, type SoughtAlbum } from "./match-product.ts";
import type { AmazonProduct } from "./product.ts";

/** What a language model says of a product. */
export interface Judgement {
  readonly isMatch: boolean;
  /** 0 to 1. */
  readonly confidence: number;
  /** One sentence, for people. */
  readonly reason: string;
}

/**
 * Asks a language model whether a product is an edition of the album. Asked only where rules cannot tell. It charges what it
 * costs to the run and heeds the signal; where it cannot tell, it throws.
 */
export type JudgeProduct = (
  product: AmazonProduct,
  album: SoughtAlbum,
  context: Pick<ProviderContext, "signal" | "charge" | "log">,
) => Promise<Judgement>;

/** Below it, a model's yes is none. */
const leastConfidence = 0.6;

/** Products, told apart. */
export interface JudgedProducts {
  readonly accepted: readonly AcceptedProduct[];
  readonly rejected: readonly Rejection[];
}

/**
 * Tells an album's products from others: by rules, and where they cannot tell by the model. What was accepted before and
 * is doubtful stays accepted, so that a model is asked once and the answers of two runs agree.
 */
export async function judgeProducts(
  products: readonly AmazonProduct[],
  album: SoughtAlbum,
  options: {
    readonly acceptedBefore: ReadonlySet<string>;
    readonly judge: JudgeProduct | undefined;
    readonly context: ProviderContext;
  },
): Promise<JudgedProducts> {
  const { acceptedBefore, judge, context } = options;
  const accepted: AcceptedProduct[] = [];
  const rejected: Rejection[] = [];
  const reject = (product: AmazonProduct, reason: string): void => {
    rejected.push({ id: product.asin, title: product.title, reason });
  };
  for (const product of products) {
    const verdict = judgeByRules(product, album);
    if (verdict.status === "accepted") accepted.push({ product, confidence: verdict.confidence });
    else if (verdict.status === "rejected") reject(product, verdict.reason);
    // As sure as a model's yes, whichever number it gave: the order of products must not depend on when it was asked.
    else if (acceptedBefore.has(product.asin)) accepted.push({ product, confidence: leastConfidence });
    else if (judge === undefined) reject(product, `it is doubtful: ${verdict.reason}`);
    else {
      const said = await judge(product, album, context);
      const isSure = said.isMatch && said.confidence >= leastConfidence;
      if (isSure) accepted.push({ product, confidence: leastConfidence });
      else reject(product, `a language model says: ${said.reason.slice(0, 300)}`);
    }
  }
  return { accepted, rejected };
}
