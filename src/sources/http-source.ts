import { setTimeout as pause } from "node:timers/promises";
import { AccessionError } from "../engine/errors.ts";
import { createSecrets, type Secrets } from "../engine/secrets.ts";
import type { SnapshotStore, Source, SourceSession } from "../engine/source.ts";
import { type Authorisation, credentialsIn } from "./authorisation.ts";
import { longestPause, pauseAfter } from "./back-off.ts";
import { type Answered, exchange, invalidResponse, type Outgoing, type Reply } from "./exchange.ts";
import { createHttpClient, type HttpClient } from "./http-client.ts";
import { createSharedRequests, type Party } from "./shared-requests.ts";

/** How a source is asked over HTTP. */
export interface HttpSourceOptions {
  /** The source's name, in messages, logs and snapshots. */
  readonly name: string;
  /** What every path is appended to: `https://musicbrainz.org/ws/2`. */
  readonly baseUrl: string;
  /** Milliseconds between two requests to the host, over every process on the database. 0: no limit, no slot is taken. */
  readonly interval: number;
  /** The User-Agent header; a function is called before each request, and what it throws is the request's error. */
  readonly userAgent: string | (() => string);
  /** Milliseconds that one attempt may take, to the last byte. Default: 15,000. */
  readonly timeout?: number | undefined;
  /** How often a request is tried in all. Default: 4. */
  readonly attempts?: number | undefined;
  /** Milliseconds of the pause after the first failure, at most; each later pause is twice as long. Default: 1,000. */
  readonly backOff?: number | undefined;
  /** How many bytes an answer may have once it is unpacked. Default: 8 MiB. */
  readonly maxBytes?: number | undefined;
  /** Default: Node's fetch. */
  readonly fetch?: typeof fetch | undefined;
  /** As whom the source is asked. Default: as nobody. */
  readonly authorisation?: Authorisation | undefined;
  /**
   * What it is asked with elsewhere than in the Authorization header and nobody may read, such as a key in each path's
   * query or in what is posted. Default: none.
   */
  readonly secrets?: readonly (string | undefined)[] | undefined;
  /**
   * The error that an answer is in the source's own words, whatever its status; undefined leaves it to the status.
   * Retryable errors are retried. Default: the status decides.
   */
  readonly explain?: ((answer: Answered) => AccessionError | undefined) | undefined;
  /** False: its answers are never kept, because they are secret, or their owner forbids it. Default: true. */
  readonly keepsSnapshots?: boolean | undefined;
  /** A number from 0 up to 1, for the jitter of pauses. Default: Math.random. */
  readonly random?: (() => number) | undefined;
}

const defaults = { timeout: 15_000, attempts: 4, backOff: 1_000, maxBytes: 8 * 1024 * 1024 };

/** How many redirects are followed. */
const redirectLimit = 3;

/**
 * Makes a source that is asked over HTTP, for JSON. All that a source on the web needs and no domain knows:
 * identification, deadlines, size and depth limits, retries, one request rate over all processes, redirects, snapshots,
 * and one request where several imports ask the same at once.
 *
 * @throws AccessionError `configuration-invalid` for a base address that is none.
 * @example
 * const openLibrary = createHttpSource({
 *   name: "open-library",
 *   baseUrl: "https://openlibrary.org",
 *   interval: 1_000,
 *   userAgent: userAgent("me@example.org"),
 * });
 */
export function createHttpSource(options: HttpSourceOptions): Source<HttpClient> {
  const { name, interval, authorisation, random = Math.random } = options;
  const { timeout, attempts, backOff, maxBytes } = {
    timeout: options.timeout ?? defaults.timeout,
    attempts: options.attempts ?? defaults.attempts,
    backOff: options.backOff ?? defaults.backOff,
    maxBytes: options.maxBytes ?? defaults.maxBytes,
  };
  const base = parseBase(name, options.baseUrl);
  const prefix = base.href.replace(/\/+$/, "");
  const shared = createSharedRequests<Reply>();
  const secrets = [...(options.secrets ?? []), ...(authorisation?.secrets ?? [])];
  // Beside the engine's: servers repeat credentials, and what they say is cut short before the engine sees it.
  const own = createSecrets(secrets);
  // Without what is learnt, or the name of a snapshot would change with it.
  const unchanging = createSecrets(secrets);

  /** From now on, what these headers authorise with is a secret, to everybody who waits for the answer. */
  function keepSecret(headers: Readonly<Record<string, string>>, party: Party): void {
    for (const credential of credentialsIn(headers)) {
      own.learn(name, credential);
      for (const session of party.sessions()) session.keepSecret(credential);
    }
  }

  /** One request, tried until it is answered, refused or given up. */
  async function send(request: Outgoing, party: Party): Promise<Reply> {
    const { url } = request;
    let mayRenew = authorisation !== undefined;
    for (let attempt = 1; ; attempt += 1) {
      const agent = typeof options.userAgent === "string" ? options.userAgent : options.userAgent();
      if (interval > 0) {
        const wait = await payerOf(party, url).rateSlots.take(base.host, interval);
        if (wait > 0) await pause(wait, undefined, { signal: party.signal });
      }
      // Last of all, so that a token does not grow old while the request waits for its turn.
      const authorization = await authorisation?.header({ ...payerOf(party, url), signal: party.signal });
      const payer = payerOf(party, url);
      const started = performance.now();
      const log = (outcome: object): void => {
        const milliseconds = Math.round(performance.now() - started);
        payer.log.debug({ source: name, url, attempt, milliseconds, ...outcome }, "asked a source");
      };
      const headers = { ...request.headers, ...(authorization !== undefined && { authorization }) };
      keepSecret(headers, party);
      payer.onRequest();
      try {
        const conditions = {
          source: name,
          userAgent: agent,
          timeout,
          maxBytes,
          // Looked up at each call, as whoever replaces the global one expects.
          fetch: options.fetch ?? fetch,
          signal: party.signal,
          explain: options.explain,
          mask: (text: string) => own.mask(text),
          mayRenew,
        };
        // The names are OpenTelemetry's: https://opentelemetry.io/docs/specs/semconv/http/http-spans/
        const reply = await payer.trace(
          "accession.request",
          { "http.request.method": request.method, "url.full": url, "http.request.resend_count": attempt - 1 },
          () => exchange({ ...request, headers }, conditions),
          ({ status }) => ({ "http.response.status_code": status }),
        );
        log({ status: reply.status });
        if (reply.status !== 401) return reply;
        mayRenew = false;
        if (authorization !== undefined) authorisation?.refused(authorization);
      } catch (error) {
        if (!(error instanceof AccessionError)) throw error;
        log({ error: error.code });
        const floor = error.retryAfter;
        if (!error.retryable || attempt >= attempts || (floor ?? 0) > longestPause) throw error;
        const milliseconds = pauseAfter(attempt, { backOff, floor, random });
        payer.log.warn({ source: name, url, attempt, milliseconds, error: error.message }, "asking a source again");
        await pause(milliseconds, undefined, { signal: party.signal });
      }
    }
  }

  /** The answer at an address or wherever it moved; a redirect that brings the answer along costs no second request. */
  async function resolve(request: Outgoing, accepts: (json: unknown) => boolean, party: Party): Promise<Reply> {
    const { url, method } = request;
    let target = url;
    for (let followed = 0; followed <= redirectLimit; followed += 1) {
      const reply = await send({ ...request, url: target }, party);
      if (reply.status < 300 || reply.status >= 400) return followed === 0 ? reply : asMoved(reply);
      if (method === "POST") throw invalidResponse(name, url, "is a redirect, where none is followed");
      if (reply.status === 301 && reply.json.kind === "json" && accepts(reply.json.value)) return reply;
      target = redirectTarget(name, base, target, reply.location);
    }
    throw invalidResponse(name, url, `redirects more than ${redirectLimit} times`);
  }

  return {
    name,
    secrets,
    connect: (session) => {
      const keeps = options.keepsSnapshots !== false && session.snapshots !== undefined;
      const snapshots = keeps ? namedWithout(unchanging, session.snapshots) : undefined;
      return createHttpClient({ source: name, prefix, session: { ...session, snapshots }, request: resolve, shared });
    },
  };
}

/** The snapshots under names without secrets, since a key may stand in a query. */
function namedWithout(secrets: Secrets, snapshots: SnapshotStore): SnapshotStore {
  return {
    read: (source, url) => snapshots.read(source, secrets.mask(url)),
    write: (source, url, snapshot) => snapshots.write(source, secrets.mask(url), snapshot),
  };
}

/** On whose account a request goes: whoever has waited longest, which changes when they leave. */
function payerOf(party: Party, url: string): SourceSession {
  const [payer] = party.sessions();
  if (payer === undefined) throw new AccessionError("cancelled", `Nobody waits for ${url} any more.`);
  return payer;
}

/** What was found by following is kept and told as moved, like what came along with a redirect. */
function asMoved(reply: Reply): Reply {
  return reply.status === 200 ? { ...reply, status: 301 } : reply;
}

function parseBase(name: string, baseUrl: string): URL {
  const url = URL.parse(baseUrl);
  if (url === null || !/^https?:$/.test(url.protocol) || url.search !== "" || url.hash !== "") {
    throw new AccessionError("configuration-invalid", `The address of ${name}, "${baseUrl}", is no http(s) address.`);
  }
  return url;
}

/**
 * Where a redirect leads, on the host that was asked: MusicBrainz answers https with a plain http Location, so protocol
 * and port stay those of the base address.
 */
function redirectTarget(name: string, base: URL, from: string, location: string | undefined): string {
  const next = location === undefined ? null : URL.parse(location, from);
  if (next === null) throw invalidResponse(name, from, "is a redirect to nowhere");
  if (next.hostname !== base.hostname || (next.port !== base.port && next.port !== "")) {
    throw invalidResponse(name, from, `redirects to another host, ${next.host}`);
  }
  return `${base.origin}${next.pathname}${next.search}`;
}
