import { toResponse } from "./web-service.ts";

/** Timers and networks jitter: a client that keeps exactly to the interval must not be refused for a few milliseconds. */
const leniency = 0.05;

/** The refusal, word for word (https://musicbrainz.org/doc/MusicBrainz_API/Rate_Limiting). It is a 503 and never a 429. */
const refusal =
  "Your requests are exceeding the allowable rate limit. " +
  "Please see http://wiki.musicbrainz.org/XMLWebService for more information.";

/** Decides for each request whether it comes too soon after the one before. */
export interface RateLimit {
  /** The 503, or undefined when the request may pass. `now` is in milliseconds on a clock that never goes back. */
  readonly refuse: (now: number) => Response | undefined;
}

/**
 * A limit of so many requests a second, without bursts. Refused requests count as well: whoever keeps knocking stays
 * refused until the rate falls, as with the real service.
 *
 * @param requestsPerSecond undefined is no limit
 */
export const createRateLimit = (requestsPerSecond: number | undefined): RateLimit => {
  if (requestsPerSecond === undefined) return { refuse: () => undefined };
  const interval = 1000 / requestsPerSecond;
  let previous = Number.NEGATIVE_INFINITY;
  return {
    refuse: (now) => {
      const waited = now - previous;
      previous = now;
      return waited >= interval * (1 - leniency)
        ? undefined
        : toResponse({ kind: "error", status: 503, message: refusal });
    },
  };
};
