import type { z } from "zod";
import { AccessionError } from "../engine/errors.ts";
import { canonicalJson, type JsonObject } from "../engine/json.ts";
import type { SourceSession } from "../engine/source.ts";
import { invalidResponse, type Outgoing, type Reply } from "./exchange.ts";
import { readJson } from "./json-reading.ts";
import type { Party, SharedRequests } from "./shared-requests.ts";

/** What a source has at an address. Absence is an answer; whatever is neither is an error. */
export type HttpAnswer<Data> =
  | { readonly status: "ok"; readonly data: Data }
  /** The source has moved it and sent it along, or it was fetched from its new address: the data name it anew. */
  | { readonly status: "moved"; readonly data: Data }
  | { readonly status: "absent" };

/** A client for the length of one import. It asks every address once and remembers the answer, or the failure. */
export interface HttpClient {
  /**
   * The JSON at a path below the source's base address, read by a schema. One path is always read by one schema.
   *
   * @param path path and query, already encoded, beginning with a slash.
   * @throws AccessionError `source-throttled`, `source-unavailable` or `source-timeout` once every attempt has failed, or
   * at once where the source asks for more than a minute (`retryAfter` says how long); `source-rejected` for a request
   * that the source refuses; `source-response-invalid`, saying where, for JSON of another shape; `source-offline` where
   * the session is offline and no snapshot answers; `cancelled`.
   * @example const answer = await client.getJson("/artist/83d91898-7763-47d7-b03b-b92132375c47?fmt=json", artistResponse);
   */
  getJson<Data>(path: string, schema: z.ZodType<Data>): Promise<HttpAnswer<Data>>;
  /**
   * The JSON that a source answers to a posted question. It is retried, remembered and kept like what `getJson` asks, so it
   * must be a question: a request that changes nothing. A redirect is not followed.
   *
   * @param path as for `getJson`; empty for the base address itself.
   * @param body sent as JSON; URLSearchParams are sent as a form.
   * @param options.headers beside those that every request carries. Default: none. The answer is kept under a name that has
   * them, so that credentials belong in the source's `authorisation` or `secrets`.
   * @throws AccessionError as `getJson`.
   * @example const answer = await client.post("/searchItems", { keywords: "Meddle" }, searchResponse);
   */
  post<Data>(
    path: string,
    body: JsonObject | URLSearchParams,
    schema: z.ZodType<Data>,
    options?: { readonly headers?: Readonly<Record<string, string>> },
  ): Promise<HttpAnswer<Data>>;
}

/** What a client for one import needs of its source. */
interface ClientParts {
  readonly source: string;
  /** The base address without a trailing slash. */
  readonly prefix: string;
  readonly session: SourceSession;
  /** Asks the source; `accepts` says whether a redirect's own body is the answer. */
  readonly request: (request: Outgoing, accepts: (json: unknown) => boolean, party: Party) => Promise<Reply>;
  /** What all imports of this process that ask the same at the same time wait for. */
  readonly shared: SharedRequests<Reply>;
}

/** Makes the client of an HTTP source for one import: memory first, then snapshots, then the source. */
export function createHttpClient({ source, prefix, session, request: ask, shared }: ClientParts): HttpClient {
  const asked = new Map<string, Promise<Reply>>();

  async function obtain(
    request: Outgoing,
    key: string,
    accepts: (json: unknown) => boolean,
    party: Party,
  ): Promise<Reply> {
    const kept = session.fresh && !session.offline ? undefined : await readSnapshot(key);
    if (kept !== undefined && (kept.status === 404 || (kept.json.kind === "json" && accepts(kept.json.value)))) {
      return kept;
    }
    if (session.offline) {
      const why = session.snapshots === undefined ? "snapshots are off" : "no usable snapshot holds it";
      throw new AccessionError("source-offline", `${source} may not be asked for ${request.url} offline, and ${why}.`);
    }
    const reply = await ask(request, accepts, party);
    await writeSnapshot(key, reply);
    return reply;
  }

  async function readSnapshot(key: string): Promise<Reply | undefined> {
    const snapshot = await session.snapshots?.read(source, key);
    if (snapshot === undefined) return undefined;
    const age = Date.now() - snapshot.fetchedAt.getTime();
    if (!session.offline && age > session.snapshotAge) return undefined;
    return { status: snapshot.status, body: snapshot.body, json: readJson(snapshot.body) };
  }

  async function writeSnapshot(key: string, { status, body, json }: Reply): Promise<void> {
    // What cannot be read now cannot be read later either.
    if (status !== 404 && json.kind !== "json") return;
    try {
      await session.snapshots?.write(source, key, { status, body, fetchedAt: new Date() });
    } catch (error) {
      session.log.warn({ source, url: key, error }, "could not keep a snapshot");
    }
  }

  /** @param name what tells the request from all others of the source; its URL, where that does. */
  async function answer<Data>(request: Outgoing, name: string, schema: z.ZodType<Data>): Promise<HttpAnswer<Data>> {
    const accepts = (json: unknown): boolean => schema.safeParse(json).success;
    // Whoever may take an old answer does not wait with those who may not.
    const key = `${session.offline ? "offline" : session.fresh ? "fresh" : "any"} ${name}`;
    const reply = asked.get(name) ?? shared.join(key, session, (party) => obtain(request, name, accepts, party));
    asked.set(name, reply);
    return interpret(source, request.url, await reply, schema);
  }

  return {
    async getJson(path, schema) {
      const url = `${prefix}${path}`;
      return answer({ method: "GET", url, headers: {} }, url, schema);
    },
    async post(path, content, schema, { headers: extra = {} } = {}) {
      const url = `${prefix}${path}`;
      const isForm = content instanceof URLSearchParams;
      const body = isForm ? content.toString() : canonicalJson(content);
      const type = isForm ? "application/x-www-form-urlencoded" : "application/json";
      const headers = { ...extra, "content-type": type };
      return answer({ method: "POST", url, headers, body }, `POST ${url} ${canonicalJson(headers)} ${body}`, schema);
    },
  };
}

function interpret<Data>(source: string, url: string, reply: Reply, schema: z.ZodType<Data>): HttpAnswer<Data> {
  if (reply.status === 404) return { status: "absent" };
  switch (reply.json.kind) {
    case "truncated":
      throw invalidResponse(source, url, "ends too soon");
    case "malformed":
      throw invalidResponse(source, url, reply.json.why);
    case "json": {
      const parsed = schema.safeParse(reply.json.value);
      if (!parsed.success)
        throw invalidResponse(source, url, `has a shape that we do not know, ${placeOf(parsed.error)}`);
      return { status: reply.status === 200 ? "ok" : "moved", data: parsed.data };
    }
  }
}

/** Where the first difference from the expected shape is, and what it is. */
function placeOf(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return "somewhere";
  const path = issue.path.map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`)).join("");
  return `at ${path === "" ? "its top" : path.replace(/^\./, "")}: ${issue.message}`;
}
