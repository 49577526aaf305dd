import { AccessionError } from "../engine/errors.ts";
import type { SourceSession } from "../engine/source.ts";

/** Those who wait for one request. */
export interface Party {
  /** Aborted once nobody waits any more. */
  readonly signal: AbortSignal;
  /** The sessions that wait now, longest first. */
  sessions(): readonly SourceSession[];
}

/** Requests under way in this process: whoever asks what another is asking already waits for the same answer. */
export interface SharedRequests<Answer> {
  /**
   * The answer to the request named `key`; `start` sends it if nobody has yet.
   *
   * A session that is cancelled stops waiting and leaves the others undisturbed.
   *
   * @throws AccessionError `cancelled` when the session's signal aborts; or, where the signal's reason is itself an
   * AccessionError, that one.
   * @throws whatever `start` throws.
   */
  join(key: string, session: SourceSession, start: (party: Party) => Promise<Answer>): Promise<Answer>;
}

/** Makes an empty set of requests under way. */
export function createSharedRequests<Answer>(): SharedRequests<Answer> {
  interface Request {
    readonly answer: Promise<Answer>;
    readonly waiting: Set<{ readonly session: SourceSession }>;
    readonly abort: AbortController;
  }
  const underWay = new Map<string, Request>();

  function begin(key: string, first: { readonly session: SourceSession }, start: (party: Party) => Promise<Answer>) {
    const abort = new AbortController();
    const waiting = new Set([first]);
    const answer = start({ signal: abort.signal, sessions: () => [...waiting].map((waiter) => waiter.session) });
    const request = { answer, waiting, abort };
    underWay.set(key, request);
    const settle = (): void => {
      if (underWay.get(key) === request) underWay.delete(key);
    };
    // Each waiter sees a failure for itself; here it only must not go unhandled when none is left.
    answer.then(settle, settle);
    return request;
  }

  return {
    async join(key, session, start) {
      if (session.signal.aborted) throw cancellation(session.signal);
      const waiter = { session };
      const request = underWay.get(key) ?? begin(key, waiter, start);
      request.waiting.add(waiter);
      try {
        return await untilAborted(request.answer, session.signal);
      } finally {
        request.waiting.delete(waiter);
        if (request.waiting.size === 0) {
          if (underWay.get(key) === request) underWay.delete(key);
          request.abort.abort();
        }
      }
    },
  };
}

async function untilAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const aborted = Promise.withResolvers<never>();
  const onAbort = (): void => aborted.reject(cancellation(signal));
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

function cancellation(signal: AbortSignal): AccessionError {
  const reason: unknown = signal.reason;
  return reason instanceof AccessionError
    ? reason
    : new AccessionError("cancelled", "The import was cancelled while it waited for a source.", { cause: reason });
}
