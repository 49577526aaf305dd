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
  /** What was used up so far, by any provider. */
  spent(): Spent;
  /** Adds to what was used up. */
  readonly charge: (cost: Cost) => void;
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
  let spent = nothingSpent;
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
        spent = { ...spent, requests: spent.requests + 1 };
      },
    });
    return { client, controller };
  }
  return {
    signal: options.signal,
    spent: () => spent,
    charge({ microdollars = 0, tokens = 0 }) {
      spent = { ...spent, microdollars: spent.microdollars + microdollars, tokens: spent.tokens + tokens };
    },
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
