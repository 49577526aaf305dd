import type { AccessionError } from "../engine/errors.ts";
import type { Provider } from "../engine/provider.ts";

/** Milliseconds; a source that asks to be left alone for longer is asked once a day. */
const longestWait = 24 * 60 * 60 * 1000;

/**
 * When a run that has failed is tried again: not before its source wants it, or else each time after twice as long, half
 * of it left to chance.
 *
 * @param attempt how many attempts were made, from 1.
 */
export function nextTry(
  { job: { backOff, longestBackOff } }: Pick<Provider, "job">,
  attempt: number,
  failure: AccessionError,
): Date {
  const asked = askedUntil(failure);
  if (asked) return notBefore(asked);
  const wait = Math.min(longestBackOff, backOff * 2 ** (attempt - 1));
  return new Date(Date.now() + wait / 2 + (Math.random() * wait) / 2);
}

/** Until when a source that is too busy wants to be left alone; undefined where it did not say. */
export function askedUntil({ code, retryAfter }: AccessionError): Date | undefined {
  if (code !== "source-throttled" || retryAfter === undefined) return undefined;
  return new Date(Date.now() + Math.min(longestWait, retryAfter));
}

/** A little later, each job by something else, so that those who wait for one moment do not all come in it. */
export function notBefore(moment: Date): Date {
  const wait = Math.max(0, moment.getTime() - Date.now());
  return new Date(moment.getTime() + Math.random() * Math.min(30_000, 500 + wait / 5));
}
