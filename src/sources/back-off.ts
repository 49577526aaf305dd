/** No single pause is longer than this, in milliseconds; a Retry-After beyond it is reported instead of waited for. */
export const longestPause = 60_000;

/**
 * Milliseconds that a Retry-After header asks for: seconds or an HTTP date, which is 0 once it has passed. Undefined for
 * no header and for garbage, which asks for nothing.
 *
 * Source of the rule: https://www.rfc-editor.org/rfc/rfc9110#name-retry-after
 *
 * @param now milliseconds since 1970.
 * @example parseRetryAfter("2", Date.now()); // 2000
 */
export function parseRetryAfter(header: string | null, now: number): number | undefined {
  const text = header?.trim() ?? "";
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  // Date.parse reads a date into almost anything, so only the form that the standard names is given to it.
  const date = /^[A-Z][a-z]+, .+ GMT$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/**
 * Milliseconds to pause before the next attempt: exponential with jitter, never less than the source asked for, and more
 * than that by the jitter, so that many clients told the same do not return together.
 *
 * @param failures how many attempts have failed, from 1.
 * @param options.backOff milliseconds of the first pause at most; each later one is twice as long.
 * @param options.floor what the source asked for. Default: 0.
 * @param options.random a number from 0 up to 1.
 */
export function pauseAfter(
  failures: number,
  options: { readonly backOff: number; readonly floor?: number | undefined; readonly random: () => number },
): number {
  const exponential = Math.min(longestPause, options.backOff * 2 ** (failures - 1));
  return Math.max(options.floor ?? 0, exponential / 2) + (options.random() * exponential) / 2;
}
