import { AccessionError } from "../../../engine/errors.ts";
import type { ProviderContext } from "../../../engine/provider.ts";
import type { Judgement, JudgeProduct, MadeBy } from "./judge.ts";
import type { SoughtAlbum } from "./match-product.ts";
import type { AmazonProduct } from "./product.ts";

/** What became of asking: a judgement, or why there is none. */
type Asked =
  | { readonly status: "judged"; readonly judgement: Judgement }
  | { readonly status: "unjudged"; readonly reason: string };

/** Asks about one product. It throws what is a bug, and where the run itself is over. */
type AskJudge = (product: AmazonProduct, album: SoughtAlbum) => Promise<Asked>;

/** A judge whose own troubles stay its own. */
export interface PatientJudge {
  readonly madeBy: MadeBy;
  /** Begins the questions of one run. */
  forRun(context: ProviderContext): AskJudge;
}

/** Milliseconds for which a judge that has kept a run waiting in vain is left alone, so that not every run waits. */
const rest = 10 * 60 * 1000;

/** The part of its patience from which on a failure has kept the run waiting. */
const slow = 0.1;

/**
 * Makes a judge one that cannot fail a run: what its source cannot do is a reason, which the run keeps, instead of an error,
 * which would count against Amazon and ask Amazon all over again. One that is down is asked once a run; one that does not
 * answer, or says when to come back, not before then, by this process.
 *
 * @param patience milliseconds that it has for a product, and a run's products for their questions to begin.
 */
export function patientJudge(judge: JudgeProduct, patience: number): PatientJudge {
  let resting = { until: 0, reason: "" };
  return {
    madeBy: judge.madeBy ?? {},
    forRun(context) {
      const lastQuestion = Date.now() + patience;
      let whyNot: string | undefined;
      return async (product, album) => {
        if (resting.until > Date.now()) whyNot ??= resting.reason;
        if (Date.now() >= lastQuestion) whyNot ??= "the time of this run was used up by other products";
        if (whyNot !== undefined) return { status: "unjudged", reason: whyNot };
        const askedAt = Date.now();
        const timeout = AbortSignal.timeout(patience);
        try {
          const signal = AbortSignal.any([context.signal, timeout]);
          const asking = judge(product, album, { ...context, signal });
          return { status: "judged", judgement: await Promise.race([asking, rejectionOf(signal)]) };
        } catch (thrown) {
          if (context.signal.aborted) throw thrown;
          const failure = timeout.aborted ? silence(patience) : failureOf(thrown);
          if (!failure) throw thrown;
          const { reason, isOfProduct, retryAfter } = failure;
          // To fail slowly, as where nobody answers a connection, holds Amazon up like silence does.
          const wasSlow = !isOfProduct && Date.now() - askedAt >= patience * slow;
          resting = { until: Date.now() + Math.max(retryAfter, wasSlow ? rest : 0), reason };
          if (!isOfProduct) whyNot = reason;
          context.log.warn({ asin: product.asin, album: album.title, why: reason }, "a product could not be judged");
          return { status: "unjudged", reason };
        }
      };
    },
  };
}

interface Failure {
  /** For people, on one line. */
  readonly reason: string;
  /** Whether it tells nothing of the next product. */
  readonly isOfProduct: boolean;
  /** Milliseconds for which its source wants to be left alone. */
  readonly retryAfter: number;
}

function silence(patience: number): Failure {
  return { reason: `no answer within ${patience / 1000} s`, isOfProduct: false, retryAfter: 0 };
}

/** What a judge's source could not do; undefined for a bug. */
function failureOf(thrown: unknown): Failure | undefined {
  if (!(thrown instanceof AccessionError)) return undefined;
  const { code, message, retryAfter = 0 } = thrown;
  // A refused key is the configuration's fault, and no reason for Amazon to fail either.
  if (!code.startsWith("source-") && code !== "configuration-invalid") return undefined;
  const reason = message.replaceAll(/\s+/g, " ").slice(0, 300).toWellFormed().replace(/\.$/, "");
  const isOfProduct = code === "source-response-invalid" || code === "source-rejected";
  return { reason, isOfProduct, retryAfter };
}

function rejectionOf(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  if (signal.aborted) reject(signal.reason);
  else signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  return promise;
}
