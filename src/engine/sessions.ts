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
}

/** @param fresh whether the sources are to be asked anew although a snapshot is at hand. */
export function createSessions(
  engine: Engine,
  options: { readonly signal: AbortSignal; readonly fresh: boolean },
): Sessions {
  const clients = new Map<Source, unknown>();
  let requests = 0;
  const connect = (source: Source): unknown =>
    source.connect({
      rateSlots: engine.rateSlots,
      snapshots: engine.snapshots,
      snapshotAge: engine.snapshotAge,
      offline: engine.offline,
      fresh: options.fresh,
      signal: options.signal,
      log: engine.log,
      onRequest: () => {
        requests += 1;
      },
    });
  return {
    signal: options.signal,
    requests: () => requests,
    client({ source }) {
      if (!source) return undefined;
      if (!clients.has(source)) clients.set(source, connect(source));
      return clients.get(source);
    },
  };
}
