import { silentLog } from "../../src/engine/log.ts";
import type { RateSlots, Snapshot, SnapshotStore, SourceSession } from "../../src/engine/source.ts";

/** A snapshot store in memory. */
export interface SnapshotsDouble extends SnapshotStore {
  readonly kept: Map<string, Snapshot>;
}

export function createSnapshots(): SnapshotsDouble {
  const kept = new Map<string, Snapshot>();
  return {
    kept,
    read: async (source, url) => kept.get(`${source} ${url}`),
    write: async (source, url, snapshot) => {
      kept.set(`${source} ${url}`, snapshot);
    },
  };
}

/** Rate slots that are always free, with the keys and intervals that were taken. */
export interface SlotsDouble extends RateSlots {
  readonly taken: { readonly key: string; readonly interval: number }[];
}

export function createSlots(): SlotsDouble {
  const taken: { key: string; interval: number }[] = [];
  return {
    taken,
    async take(key, interval) {
      taken.push({ key, interval });
      return 0;
    },
  };
}

/** A session as the engine lends it, with its request count, its secrets and what it warned of. */
export interface SessionDouble extends SourceSession {
  requests(): number;
  /** What it was told to keep secret, in order. */
  readonly secrets: string[];
  readonly warnings: string[];
}

export function createSession(options: Partial<SourceSession> = {}): SessionDouble {
  let requests = 0;
  const warnings: string[] = [];
  const secrets: string[] = [];
  return {
    rateSlots: createSlots(),
    snapshotAge: 60_000,
    trace: (_name, _attributes, work) => work(),
    offline: false,
    fresh: false,
    signal: new AbortController().signal,
    log: { ...silentLog, warn: (_details, message) => void warnings.push(message) },
    onRequest: () => void (requests += 1),
    keepSecret: (value) => void secrets.push(value),
    requests: () => requests,
    secrets,
    warnings,
    ...options,
  };
}
