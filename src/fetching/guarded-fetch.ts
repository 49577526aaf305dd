import type { Response } from "undici";
import { AccessionError } from "../engine/errors.ts";
import { parseRetryAfter } from "../sources/back-off.ts";
import { allowedUrl, type FetchPolicy, headersAfter, isTrusted, refused } from "./fetch-policy.ts";
import { guardedConnector, type Lookup } from "./guarded-connector.ts";

/** What is to be fetched, and within which bounds. */
export interface FetchRequest {
  readonly url: string;
  readonly policy: FetchPolicy;
  /** What says who is asking (Authorization, Cookie) is not sent on to another origin. Default: none. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** How many bytes it may have once it is unpacked. */
  readonly maxBytes: number;
  /** Milliseconds until its last byte, redirects included. */
  readonly timeout: number;
  readonly signal: AbortSignal;
  /** Called once for each request that leaves. Default: nobody is told. */
  readonly onRequest?: (() => void) | undefined;
}

/** What is at an address; absence is an answer. */
type Fetched = { readonly status: "ok"; readonly bytes: Uint8Array } | { readonly status: "absent" };

/** Fetches what an address from outside names. */
export type GuardedFetch = (request: FetchRequest) => Promise<Fetched>;

/** How many redirects are followed. */
const redirectLimit = 5;

/**
 * Makes the one way in which addresses that came from outside are fetched. Nothing on this machine or in a private network
 * can be reached by it, however the address is spelt and wherever it redirects to, unless the policy trusts its origin.
 *
 * Throws AccessionError `fetch-refused` for what may not be fetched or is too large, and for more than five redirects;
 * `source-throttled`, `source-unavailable` and `source-timeout`, retryable; `source-rejected` for a 4xx other than 404 and
 * 410, which mean absence; and whatever the request's signal was aborted with.
 *
 * @param options.lookup how host names are looked up. Default: the system's way.
 * @example
 * const fetched = await guardedFetch({ url, policy: { hosts: ["archive.org"] }, maxBytes: 1e6, timeout: 5_000, signal });
 */
export function createGuardedFetch(options: { readonly lookup?: Lookup } = {}): GuardedFetch {
  return async (request) => {
    const { policy, signal, timeout } = request;
    const first = allowedUrl(request.url, policy);
    // On demand, since most runs of the command fetch nothing.
    const { Agent, buildConnector, fetch } = await import("undici");
    const connect = guardedConnector(buildConnector, (origin) => isTrusted(origin, policy), options.lookup);
    // One for each fetch: no connection that one policy allowed can serve another.
    const dispatcher = new Agent({ connect });
    const deadline = AbortSignal.timeout(timeout);
    try {
      let [url, headers] = [first, request.headers ?? {}];
      for (let followed = 0; followed <= redirectLimit; followed += 1) {
        signal.throwIfAborted();
        request.onRequest?.();
        const response = await fetch(url, {
          dispatcher,
          headers,
          redirect: "manual",
          signal: AbortSignal.any([signal, deadline]),
        });
        const location = response.headers.get("location");
        if (response.status < 300 || response.status >= 400 || location === null) return await read(response, request);
        await response.body?.cancel();
        const next = allowedUrl(location, policy, url);
        headers = headersAfter(headers, url, next);
        url = next;
      }
      throw refused(`${first.href} redirects more than ${redirectLimit} times`);
    } catch (thrown) {
      signal.throwIfAborted();
      throw asFetchError(thrown, first, deadline, timeout);
    } finally {
      await dispatcher.destroy();
    }
  };
}

async function read(response: Response, { url, maxBytes }: FetchRequest): Promise<Fetched> {
  const { status, headers } = response;
  if (status === 404 || status === 410) return { status: "absent" };
  if (status >= 500 || status === 429 || status === 408) {
    const code = status === 429 || status === 503 ? "source-throttled" : "source-unavailable";
    const retryAfter = parseRetryAfter(headers.get("retry-after"), Date.now());
    const details = { retryable: true, ...(retryAfter !== undefined && { retryAfter }) };
    throw new AccessionError(code, `${url} cannot be had right now (status ${status}).`, details);
  }
  if (status !== 200) throw new AccessionError("source-rejected", `${url} was refused with status ${status}.`);
  const tooLarge = (): AccessionError => refused(`${url} is larger than ${maxBytes} bytes`);
  if (Number(headers.get("content-length")) > maxBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Unpacked already, and counted before it is kept: a few bytes may unpack to any number.
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return { status: "ok", bytes: Buffer.concat(chunks) };
}

function asFetchError(thrown: unknown, url: URL, deadline: AbortSignal, timeout: number): AccessionError {
  const causes = [...causesOf(thrown)];
  const own = causes.find((cause) => cause instanceof AccessionError);
  if (own) return own;
  const details = { cause: thrown, retryable: true };
  if (deadline.aborted) {
    return new AccessionError("source-timeout", `${url.href} did not come within ${timeout} ms.`, details);
  }
  const last = causes.at(-1);
  const why = last instanceof Error && last.message !== "" ? last.message : String(last);
  // Ports that no web server has: https://fetch.spec.whatwg.org/#port-blocking
  if (why === "bad port") return refused(`${url.href} leads to a port that is not for the web`);
  return new AccessionError("source-unavailable", `${url.href} could not be fetched: ${why}.`, details);
}

/** An error and what caused it, down to the first: undici says only "fetch failed". */
function* causesOf(thrown: unknown): Generator {
  for (let error = thrown; error !== undefined; error = error instanceof Error ? error.cause : undefined) yield error;
}
