import type { Engine } from "./engine.ts";
import type { Provider } from "./provider.ts";
import type { Source } from "./source.ts";

/** The clients of one import, one a source, and its count of requests. */
export interface Sessions {
  readonly signal: AbortSignal;
  /** Requests that have left so far, for any source. */
  readonly requests: () => number;
  /** The client of a provider's source, made when it is first asked for; undefined for a provider without one. */
  client(provider: Provider): unknown;
  /** Ends the requests under way for a provider that has run out of time; the next one gets a new client. */
  abandon(provider: Provider): void;
}

/** @param fresh whether the sources are to be asked anew although a snapshot is at hand. */
export function createSessions(
  engine: Engine,
  options: { readonly signal: AbortSignal; readonly fresh: boolean },
): Sessions {
  const clients = new Map<Source, { readonly client: unknown; readonly controller: AbortController }>();
  let requests = 0;
  function connect(source: Source): { readonly client: unknown; readonly controller: AbortController } {
    const controller = new AbortController();
    const client = source.connect({
      rateSlots: engine.rateSlots,
      snapshots: engine.snapshots,
      snapshotAge: engine.snapshotAge,
      offline: engine.offline,
      fresh: options.fresh,
      signal: AbortSignal.any([options.signal, controller.signal]),
      log: engine.log,
      onRequest: () => {
        requests += 1;
      },
    });
    return { client, controller };
  }
  return {
    signal: options.signal,
    requests: () => requests,
    client({ source }) {
      if (!source) return undefined;
      const connected = clients.get(source) ?? connect(source);
      clients.set(source, connected);
      return connected.client;
    },
    abandon({ source }) {
      if (!source) return;
      clients.get(source)?.controller.abort();
      clients.delete(source);
    },
  };
}
