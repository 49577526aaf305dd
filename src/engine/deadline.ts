import { AccessionError } from "./errors.ts";
import type { Provider } from "./provider.ts";
import type { Sessions } from "./sessions.ts";

/**
 * Runs a provider's work within its deadline. One that does not heed its signal is not waited for.
 *
 * @param work its signal is aborted at the deadline, and when the import is cancelled.
 * @throws AccessionError `cancelled`, or `source-timeout`, its requests ended; else what `work` throws.
 */
export async function withinDeadline<Result>(
  provider: Provider,
  sessions: Sessions,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const deadline = AbortSignal.timeout(provider.deadline);
  const signal = AbortSignal.any([sessions.signal, deadline]);
  try {
    return await Promise.race([work(signal), rejectionOf(signal)]);
  } catch (thrown) {
    if (sessions.signal.aborted)
      throw new AccessionError("cancelled", "The import was cancelled.", { cause: thrown, retryable: true });
    if (!deadline.aborted) throw thrown;
    sessions.abandon(provider);
    const message = `${provider.name} did not answer within ${provider.deadline} ms.`;
    throw new AccessionError("source-timeout", message, { cause: thrown, retryable: true });
  }
}

/** Rejects once the signal is aborted. */
function rejectionOf(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  if (signal.aborted) reject(signal.reason);
  else signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  return promise;
}
