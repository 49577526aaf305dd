import { AccessionError } from "../engine/errors.ts";
import { parseRetryAfter } from "./back-off.ts";
import { readJson, type JsonReading } from "./json-reading.ts";

/** An answer that settles a request: found, absent or moved. Whatever else a server sends is an error. */
export interface Reply {
  readonly status: number;
  readonly body: string;
  readonly json: JsonReading;
  /** Where a redirect leads, as the server wrote it; absent for other answers. */
  readonly location?: string | undefined;
}

/** A request as it leaves, but for what every request of a source carries. */
export interface Outgoing {
  readonly method: "GET" | "POST";
  readonly url: string;
  /** Headers beside those that every request carries. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/** An answer of which a source may know that it is an error, whatever its status. */
export interface Answered {
  readonly status: number;
  readonly url: string;
  /** The body where it is JSON; undefined for any other. */
  readonly json: unknown;
  /** Milliseconds that the Retry-After header asks for; absent without one. */
  readonly retryAfter: number | undefined;
}

/** What one exchange with a server takes. */
export interface ExchangeOptions {
  /** The source's name, for messages. */
  readonly source: string;
  readonly userAgent: string;
  /** Milliseconds until the last byte of the answer. */
  readonly timeout: number;
  /** How many bytes an answer may have once it is unpacked. */
  readonly maxBytes: number;
  readonly fetch: typeof fetch;
  readonly signal: AbortSignal;
  /** The error that an answer is, in the source's own words; undefined leaves it to the status. */
  readonly explain?: ((answer: Answered) => AccessionError | undefined) | undefined;
  /** Takes what the source is asked with out of what a server says of an error, before it is cut short. */
  readonly mask: (text: string) => string;
  /** Whether a 401 is to be returned, since it may be answered with new credentials, rather than thrown. */
  readonly mayRenew?: boolean;
}

/** Enough of a refusal to find the server's reason in. */
const refusalBytes = 64 * 1024;

/**
 * Sends one request and reads the answer. What the source explains decides what an answer is, else the status alone; the
 * body of an error is then at most quoted. Retryable errors are those that the same request may outlive.
 *
 * @throws AccessionError `source-throttled` (429, 503; with `retryAfter` where the server said so), `source-unavailable`
 * (other 5xx, 408, a broken line or a truncated body), `source-timeout`, all three retryable; `source-rejected` (any other
 * 4xx), `source-response-invalid` (too large, not JSON, nested too deep, a status that means nothing here).
 * @throws whatever `explain` gives, and whatever `signal` was aborted with.
 */
export async function exchange(request: Outgoing, options: ExchangeOptions): Promise<Reply> {
  const { source, timeout, signal } = options;
  const { url, method, headers, body } = request;
  const deadline = AbortSignal.timeout(timeout);
  try {
    const response = await options.fetch(url, {
      method,
      redirect: "manual",
      headers: { ...headers, accept: "application/json", "user-agent": options.userAgent },
      ...(body !== undefined && { body }),
      signal: AbortSignal.any([signal, deadline]),
    });
    return await readReply(url, response, options);
  } catch (error) {
    if (error instanceof AccessionError) throw error;
    signal.throwIfAborted();
    if (deadline.aborted) {
      throw new AccessionError("source-timeout", `${source} did not answer ${url} within ${timeout} ms.`, {
        cause: error,
        retryable: true,
      });
    }
    throw unavailable(source, url, `could not be reached: ${options.mask(reasonOf(error))}`, error);
  }
}

async function readReply(url: string, response: Response, options: ExchangeOptions): Promise<Reply> {
  const { source } = options;
  const { status, headers } = response;
  const retryAfter = parseRetryAfter(headers.get("retry-after"), Date.now());
  const throwExplained = (json: JsonReading): void => {
    const value = json.kind === "json" ? json.value : undefined;
    const error = options.explain?.({ status, url, json: value, retryAfter });
    if (error !== undefined) throw error;
  };
  if (status >= 400) {
    const isPassing = status >= 500 || status === 429 || status === 408;
    const body = options.mask(isPassing && !options.explain ? await discard(response) : await readRefusal(response));
    const json = readJson(body);
    if (status === 401 && options.mayRenew === true) return { status, body, json };
    throwExplained(json);
    if (isPassing) throw passing(source, url, status, retryAfter);
    if (status === 404) return { status, body, json };
    throw new AccessionError("source-rejected", `${source} refused ${url} with status ${status}${serverReason(body)}.`);
  }
  const { text: body, isWhole } = await readBody(response, options.maxBytes);
  if (!isWhole) throw invalidResponse(source, url, `is larger than ${options.maxBytes} bytes`);
  const json = readJson(body);
  if (status >= 300) return { status, body, json, location: headers.get("location") ?? undefined };
  if (status !== 200) throw invalidResponse(source, url, `has status ${status}, which means nothing here`);
  if (json.kind === "truncated") throw unavailable(source, url, "broke off in the middle of its answer");
  // An error may come with a status that tells of none; data stay as they are.
  const shown = options.explain ? options.mask(body) : body;
  throwExplained(shown === body ? json : readJson(shown));
  return { status, body, json };
}

/** The error for an answer of another shape than the one we know. */
export function invalidResponse(source: string, url: string, why: string): AccessionError {
  return new AccessionError("source-response-invalid", `The answer of ${source} to ${url} ${why}.`);
}

/** The error for a status that says: not now. */
function passing(source: string, url: string, status: number, retryAfter: number | undefined): AccessionError {
  const details = { retryable: true, ...(retryAfter === undefined ? {} : { retryAfter }) };
  const until = retryAfter === undefined ? "" : `, and asks to be left alone for ${Math.ceil(retryAfter / 1000)} s`;
  return status === 429 || status === 503
    ? new AccessionError("source-throttled", `${source} is too busy for ${url} (status ${status})${until}.`, details)
    : new AccessionError("source-unavailable", `${source} failed at ${url} (status ${status})${until}.`, details);
}

function unavailable(source: string, url: string, what: string, cause?: unknown): AccessionError {
  return new AccessionError("source-unavailable", `${source} ${what} (${url}).`, { cause, retryable: true });
}

/** The body as text, or its beginning: bytes are counted after unpacking and before they are kept. */
async function readBody(
  response: Response,
  maxBytes: number,
): Promise<{ readonly text: string; readonly isWhole: boolean }> {
  if (response.body === null) return { text: "", isWhole: true };
  const chunks: AsyncIterable<Uint8Array> = response.body;
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    // Leaving the loop cancels the stream, and with it the connection.
    if (bytes > maxBytes) return { text, isWhole: false };
    text += decoder.decode(chunk, { stream: true });
  }
  return { text: text + decoder.decode(), isWhole: true };
}

/** Frees the connection; a body that breaks meanwhile changes nothing, as the status has decided. */
async function discard(response: Response): Promise<string> {
  try {
    await response.body?.cancel();
  } catch {
    // Nothing was wanted of it.
  }
  return "";
}

/** The body of a refusal, or nothing: the status has decided already, so a broken body is no further error. */
async function readRefusal(response: Response): Promise<string> {
  try {
    return (await readBody(response, refusalBytes)).text;
  } catch {
    return "";
  }
}

/** The server's own reason, as MusicBrainz and many others give it (`{"error": "…"}`), or the first line of its text. */
function serverReason(body: string): string {
  const json = readJson(body);
  const said =
    json.kind === "json" && typeof json.value === "object" && json.value !== null && "error" in json.value
      ? json.value.error
      : body;
  const line = typeof said === "string" ? (said.trim().split(/[\r\n]/, 1)[0] ?? "") : "";
  return line === "" ? "" : `: ${line.slice(0, 200).replace(/\.$/, "")}`;
}

/** Node's fetch says only "fetch failed" and keeps the reason in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message || error.message : error.message;
}
