import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { createAdaptorServer } from "@hono/node-server";
import type { Http2Bindings, HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { type AmazonControl, amazonPath, createCreatorsApi } from "./amazon/creators-api.ts";
import { refusalOfStatus, throttled } from "./amazon/refusals.ts";
import { coverArtPath, createCoverArtService } from "./cover-art/cover-art-service.ts";
import { sandboxCatalogue } from "./data/catalogue.ts";
import { createFaultControl } from "./faults/fault-control.ts";
import type { FaultControl } from "./faults/fault-control.ts";
import type { Fault } from "./faults/fault.ts";
import { performFault } from "./faults/perform-fault.ts";
import { createChatCompletions, languageModelPath } from "./language-model/chat-completions.ts";
import { createRateLimit } from "./rate-limit.ts";
import { createRequestLog } from "./request-log.ts";
import type { LoggedRequest } from "./request-log.ts";
import { basePath, createWebService } from "./web-service.ts";

/** How a sandbox is opened. Everything may be left out. */
export interface SandboxOptions {
  /** TCP port. Default 0, any free one. */
  readonly port?: number;
  /** Address to listen on. Default 127.0.0.1, which only this machine can reach. */
  readonly host?: string;
  /** Requests a second before the service answers 503; 1 is what the real one allows. Default: no limit. */
  readonly requestsPerSecond?: number;
  /** Milliseconds that every request waits. Default 0. */
  readonly latency?: number;
  /** Seconds that a token of Amazon's double lasts. Default 3600, as the real ones do. */
  readonly tokenLifetime?: number;
  /** Faults that are there from the start. Default none. */
  readonly faults?: readonly Fault[];
}

/** A running MusicBrainz double, with a double of the Cover Art Archive. Close it, or hold it with `await using`. */
export interface Sandbox extends AsyncDisposable {
  /** Base address of the web service, e.g. `http://127.0.0.1:40123/ws/2`. */
  readonly url: string;
  /** Base address of the language model's stub, e.g. `http://127.0.0.1:40123/ai/v1`; its models are in docs/sandbox.md. */
  readonly languageModelUrl: string;
  /** Base address of the Cover Art Archive's double. */
  readonly coverArtUrl: string;
  /** The double of Amazon's Creators API: how to reach it, and what it says. */
  readonly amazon: AmazonControl;
  readonly port: number;
  /** Every request so far, in order of arrival. Grows while the sandbox runs. */
  readonly requests: readonly LoggedRequest[];
  /** Switches faults while the sandbox runs. */
  readonly faults: FaultControl;
  /** Stops listening and cuts the connections that are still open. May be called twice. */
  readonly close: () => Promise<void>;
}

/** What the real front end accepts as a request line; longer ones are refused before the service sees them. */
const longestTarget = 8192;
/** Node refuses larger headers by itself, with a 431 that the real service never sends. */
const largestHeaders = 8 * 1024 * 1024;

const targetTooLong = (): Response =>
  new Response("<html>\r\n<head><title>414 Request-URI Too Large</title></head>\r\n</html>\r\n", {
    status: 414,
    headers: { "Content-Type": "text/html" },
  });

const now = (): number => performance.timeOrigin + performance.now();

const listen = (server: Server, port: number, host: string): Promise<AddressInfo> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve(server.address() as AddressInfo);
    });
  });

/**
 * Opens a sandbox: an HTTP server that answers like the MusicBrainz web service
 * (https://musicbrainz.org/doc/MusicBrainz_API) from a data set of its own, for tests, the demo and work without a network.
 * It knows artists, release groups, releases, recordings, series and web addresses; what else the real service has is
 * answered with 501. Beside it, the front covers of the Cover Art Archive, and the chat completions of a language model that is a set of rules.
 *
 * @example
 * const sandbox = await openSandbox({ requestsPerSecond: 1 });
 * const response = await fetch(`${sandbox.url}/artist?query=artist:"Nirvana"&fmt=json`);
 * await sandbox.close();
 * @example
 * sandbox.faults.add({ kind: "status", status: 503, retryAfter: 2, times: 1 });
 */
export const openSandbox = async (options: SandboxOptions = {}): Promise<Sandbox> => {
  const host = options.host ?? "127.0.0.1";
  const latency = options.latency ?? 0;
  const log = createRequestLog();
  const faults = createFaultControl(options.faults ?? []);
  const limit = createRateLimit(options.requestsPerSecond);
  const amazonLimit = createRateLimit(options.requestsPerSecond);
  const amazon = createCreatorsApi(options.tokenLifetime ?? 3600);
  const service = createWebService(sandboxCatalogue);
  const doubles = [
    { path: amazonPath, service: amazon },
    { path: coverArtPath, service: createCoverArtService(sandboxCatalogue) },
    { path: languageModelPath, service: createChatCompletions() },
  ];
  const closing = new AbortController();
  // Closing ends the wait; what the request then writes goes to a connection that is gone.
  const pause = (milliseconds: number): Promise<void> =>
    wait(milliseconds, undefined, { signal: closing.signal }).catch(() => undefined);

  const answer = async (request: Request, connection: HttpBindings): Promise<Response> => {
    const path = connection.incoming.url ?? "/";
    const time = now();
    const settle = log.enter({
      method: request.method,
      path,
      time,
      userAgent: connection.incoming.headers["user-agent"] ?? "",
    });
    const send = (response: Response): Response => {
      settle({ status: response.status });
      return response;
    };
    const served = doubles.find((one) => path.startsWith(`${one.path}/`))?.service ?? service;
    // The limit is MusicBrainz's own.
    const limited = served === service ? limit.refuse(time) : undefined;
    const refusal = path.length > longestTarget ? targetTooLong() : limited;
    if (refusal !== undefined) return send(refusal);
    // Tokens and pictures come from other hosts, which have no such limit.
    if (path.startsWith(`${amazonPath}/catalog/`) && amazonLimit.refuse(time) !== undefined) return send(throttled());
    if (latency > 0) await pause(latency);
    const ordinary = async (): Promise<Response> => served.fetch(request);
    for (const fault of faults.strike(path)) {
      if (fault.kind === "latency") {
        await pause(fault.wait);
        continue;
      }
      settle({ fault: fault.kind });
      const sent = (status: number): void => {
        settle({ status });
      };
      const errorBody = served === amazon ? refusalOfStatus : undefined;
      const response = await performFault(fault, { request, connection, ordinary, sent, errorBody });
      return response === RESPONSE_ALREADY_SENT ? response : send(response);
    }
    return send(await ordinary());
  };

  const server = createAdaptorServer({
    fetch: (request: Request, connection: HttpBindings | Http2Bindings) => answer(request, connection as HttpBindings),
    overrideGlobalObjects: false,
    serverOptions: { maxHeaderSize: largestHeaders },
  }) as Server;
  const { port } = await listen(server, options.port ?? 0, host);

  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closed ??= new Promise((resolve) => {
      closing.abort();
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    });
    return closed;
  };

  const origin = `http://${host.includes(":") ? `[${host}]` : host}:${String(port)}`;
  return {
    url: `${origin}${basePath}`,
    amazon: {
      ...amazon.control,
      url: `${origin}${amazonPath}`,
      tokenUrl: (version) => `${origin}${amazonPath}/${version === 2 ? "oauth2" : "auth/o2"}/token`,
    },
    coverArtUrl: `${origin}${coverArtPath}`,
    languageModelUrl: `${origin}${languageModelPath}`,
    port,
    requests: log.requests,
    faults: { add: faults.add, clear: faults.clear, active: faults.active },
    close,
    [Symbol.asyncDispose]: close,
  };
};
