import { isDeepStrictEqual } from "node:util";
import type { ProviderContext } from "../../../engine/provider.ts";
import type { MadeBy } from "./judge.ts";

/** What a run before came to about a product. */
type EarlierWord =
  /** `judgedBy` is absent where rules have accepted it. */
  | { readonly isMatch: true; readonly judgedBy: MadeBy | undefined }
  | { readonly isMatch: false; readonly reason: string; readonly judgedBy: MadeBy };

/**
 * Remembers what earlier runs came to: yes is what they have said of the item, no what a model has rejected. What rules
 * have rejected, or nobody could judge, is not remembered.
 *
 * @param acceptedBefore by ASIN, each with who judged it; undefined for rules.
 * @returns the word on an ASIN; rejections are read with the first that was not accepted.
 */
export function createMemory(
  acceptedBefore: ReadonlyMap<string, MadeBy | undefined>,
  { rejectedBefore }: Pick<ProviderContext, "rejectedBefore">,
): (asin: string) => Promise<EarlierWord | undefined> {
  let reading: ReturnType<NonNullable<typeof rejectedBefore>> | undefined;
  return async (asin) => {
    if (acceptedBefore.has(asin)) return { isMatch: true, judgedBy: acceptedBefore.get(asin) };
    reading ??= rejectedBefore?.();
    const no = (await reading)?.find((one) => one.id === asin && one.madeBy !== undefined);
    return no?.madeBy && { isMatch: false, reason: no.reason, judgedBy: no.madeBy };
  };
}

/** Whether an earlier judgement is as good as one that would be made now. One of unknown makers holds, and before them. */
export function isBy(now: MadeBy, before: MadeBy | undefined): boolean {
  return before === undefined || Object.keys(now).length === 0 || isDeepStrictEqual({ ...now }, { ...before });
}
