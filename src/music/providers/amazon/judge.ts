import type { Rejection } from "../../../engine/contribution.ts";
import type { ProviderContext } from "../../../engine/provider.ts";
import type { AcceptedProduct } from "./album-contribution.ts";
import { createMemory, isBy } from "./earlier-judgements.ts";
import { judgeByRules, type SoughtAlbum } from "./match-product.ts";
import type { PatientJudge } from "./patient-judge.ts";
import type { AmazonProduct } from "./product.ts";

/** What a language model says of a product. */
export interface Judgement {
  readonly isMatch: boolean;
  /** 0 to 1. */
  readonly confidence: number;
  /** One sentence, for people. */
  readonly reason: string;
}

/** Who judges: a model, a prompt's version. */
export type MadeBy = Readonly<Record<string, string>>;

/** Asks a language model whether a product is an edition of the album. Asked only where rules cannot tell. */
export interface JudgeProduct {
  /**
   * It charges what it costs to the run and heeds the signal.
   *
   * @throws AccessionError with a `source-` code, or `configuration-invalid`, where it cannot be asked: the product is then
   * kept as one that could not be judged, with the message as the reason, until the next run. Anything else is a bug, and
   * fails the run.
   */
  (
    product: AmazonProduct,
    album: SoughtAlbum,
    context: Pick<ProviderContext, "signal" | "charge" | "log">,
  ): Promise<Judgement>;
  /** Who judges. It is kept with each judgement, which holds until this is another. Default: nothing; they hold for good. */
  readonly madeBy?: MadeBy | undefined;
}

/** Below it, a model's yes is none. */
const leastConfidence = 0.6;

/** Products, told apart. */
export interface JudgedProducts {
  readonly accepted: readonly AcceptedProduct[];
  readonly rejected: readonly Rejection[];
}

/** A word on a product about which rules cannot tell. */
type Word =
  | { readonly isMatch: true; readonly judgedBy: MadeBy | undefined }
  | { readonly isMatch: false; readonly reason: string; readonly judgedBy: MadeBy | undefined };

/**
 * Tells an album's products from others: by rules, and where they cannot tell by the model. What was judged before and is
 * still doubtful is not asked again, unless another model, or another prompt, would be: so it is paid for once, and two
 * runs agree. Where the model cannot be asked, what it said before stays, and all else is rejected until it can.
 */
export async function judgeProducts(
  products: readonly AmazonProduct[],
  album: SoughtAlbum,
  options: {
    readonly acceptedBefore: ReadonlyMap<string, MadeBy | undefined>;
    readonly judge: PatientJudge | undefined;
    readonly context: ProviderContext;
  },
): Promise<JudgedProducts> {
  const { acceptedBefore, judge, context } = options;
  const accepted: AcceptedProduct[] = [];
  const rejected: Rejection[] = [];
  const wordBefore = createMemory(acceptedBefore, context);
  const askJudge = judge?.forRun(context);

  async function wordOn(product: AmazonProduct, why: string): Promise<Word> {
    const before = await wordBefore(product.asin);
    if (before && (judge === undefined || isBy(judge.madeBy, before.judgedBy))) return before;
    const doubt = `it is doubtful: ${why}`;
    const said = await askJudge?.(product, album);
    if (said?.status !== "judged") {
      const reason = said ? `${doubt}; it could not be judged: ${said.reason}` : doubt;
      return before ?? { isMatch: false, reason, judgedBy: undefined };
    }
    const { isMatch, confidence, reason } = said.judgement;
    const judgedBy = judge?.madeBy;
    return isMatch && confidence >= leastConfidence
      ? { isMatch: true, judgedBy }
      : { isMatch: false, reason: `a language model says: ${reason.slice(0, 300)}`, judgedBy };
  }

  for (const product of products) {
    const { asin: id, title } = product;
    const verdict = judgeByRules(product, album);
    if (verdict.status === "accepted") accepted.push({ product, confidence: verdict.confidence });
    else if (verdict.status === "rejected") rejected.push({ id, title, reason: verdict.reason });
    else {
      const { judgedBy, ...word } = await wordOn(product, verdict.reason);
      // As sure as a model's yes, whichever number it gave: the order of products must not depend on when it was asked.
      if (word.isMatch) accepted.push({ product, confidence: leastConfidence, judgedBy });
      else rejected.push({ id, title, reason: word.reason, ...(judgedBy && { madeBy: judgedBy }) });
    }
  }
  return { accepted, rejected };
}
