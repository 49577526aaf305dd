import type { Engine } from "./engine.ts";
import type { Cost, Provider } from "./provider.ts";
import type { Source } from "./source.ts";

/** What an import, or a provider's run in it, has used up. */
export interface Spent {
  /** Requests that have left for a source. */
  readonly requests: number;
  readonly microdollars: number;
  readonly tokens: number;
}

/** Where nothing was asked. */
export const nothingSpent: Spent = { requests: 0, microdollars: 0, tokens: 0 };

/** What was used up between two readings. */
export function spentSince(before: Spent, after: Spent): Spent {
  return {
    requests: after.requests - before.requests,
    microdollars: after.microdollars - before.microdollars,
    tokens: after.tokens - before.tokens,
  };
}

/** The clients of one import, one a source, and what it has used up. */
export interface Sessions {
  readonly signal: AbortSignal;
  /** Whether the sources are asked anew although a snapshot is at hand. */
  readonly fresh: boolean;
  /** What was used up so far, by any provider. */
  spent(): Spent;
  /** Adds to what was used up. */
  readonly charge: (cost: Cost) => void;
  /** Counts a request that has left past the clients. */
  readonly countRequest: () => void;
  /** Whether images that are taken are kept; not in a dry run. */
  readonly keepsImages: boolean;
  /** The client of a provider's source, made when it is first asked for; undefined for a provider without one. */
  client(provider: Provider): unknown;
  /** Ends the requests under way for a provider that has run out of time; the next one gets a new client. */
  abandon(provider: Provider): void;
}

/**
 * @param options.fresh whether the sources are to be asked anew although a snapshot is at hand.
 * @param options.keepImages whether images that are taken are kept. Default: true.
 */
export function createSessions(
  engine: Engine,
  options: { readonly signal: AbortSignal; readonly fresh: boolean; readonly keepImages?: boolean },
): Sessions {
  const clients = new Map<Source, { readonly client: unknown; readonly controller: AbortController }>();
  let spent = nothingSpent;
  const countRequest = (): void => {
    spent = { ...spent, requests: spent.requests + 1 };
  };
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
      trace: engine.trace,
      onRequest: countRequest,
      keepSecret: (value) => engine.secrets.learn(source.name, value),
    });
    return { client, controller };
  }
  return {
    signal: options.signal,
    fresh: options.fresh,
    spent: () => spent,
    charge({ microdollars = 0, tokens = 0 }) {
      spent = { ...spent, microdollars: spent.microdollars + microdollars, tokens: spent.tokens + tokens };
    },
    countRequest,
    keepsImages: options.keepImages ?? true,
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
