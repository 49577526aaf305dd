import type { Log } from "./log.ts";
import type { Trace } from "./tracing.ts";

/** A response as it came, kept so that an import can be repeated without asking again. */
export interface Snapshot {
  readonly status: number;
  readonly body: string;
  readonly fetchedAt: Date;
}

/** Keeps responses by source and URL. */
export interface SnapshotStore {
  /** The response kept for this URL, whatever its age; undefined where none is. */
  read(source: string, url: string): Promise<Snapshot | undefined>;
  write(source: string, url: string, snapshot: Snapshot): Promise<void>;
}

/** One slot a host over every process on the database. */
export interface RateSlots {
  /** Takes the next free slot of `key`, `interval` milliseconds after the one before; gives the milliseconds to wait. */
  take(key: string, interval: number): Promise<number>;
}

/** What the engine lends a source for the length of one import. */
export interface SourceSession {
  readonly rateSlots: RateSlots;
  /** Absent where the catalogue was opened with `snapshots: false`. */
  readonly snapshots?: SnapshotStore | undefined;
  /** How old, in milliseconds, a snapshot may be and still stand for a request. */
  readonly snapshotAge: number;
  /** Answer from snapshots alone, whatever their age. */
  readonly offline: boolean;
  /** Ask anew although a snapshot is at hand. */
  readonly fresh: boolean;
  readonly signal: AbortSignal;
  /** Masks secrets. */
  readonly log: Log;
  /** Masks secrets. */
  readonly trace: Trace;
  /** To be called once for every request that leaves for the source. */
  onRequest(): void;
  /**
   * To be called with every credential that the source only comes to have while it works, such as a token that it fetched,
   * before it is used: from then on it is masked like the source's `secrets`. Of each source the last 20 are kept.
   * `createHttpSource` calls it by itself with every Authorization header.
   */
  keepSecret(value: string): void;
}

/**
 * An outside source, shared by all providers that ask it. What must outlive an import (requests under way, tokens)
 * belongs to the source; what belongs to one import (what was asked already) to the client that `connect` makes.
 */
export interface Source<Client = unknown> {
  readonly name: string;
  /**
   * The keys, passwords and tokens that it is asked with, as far as they are known at start; empty where there are none. A
   * catalogue that has a provider of it masks them in results, the ledger, events, logs and spans, whoever says them. Those
   * of fewer than 4 characters are not looked for.
   */
  readonly secrets: readonly (string | undefined)[];
  /** A client for one import. */
  connect(session: SourceSession): Client;
}
