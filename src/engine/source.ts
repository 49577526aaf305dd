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
  readonly log: Log;
  readonly trace: Trace;
  /** To be called once for every request that leaves for the source. */
  onRequest(): void;
}

/**
 * An outside source, shared by all providers that ask it. What must outlive an import (requests under way, tokens)
 * belongs to the source; what belongs to one import (what was asked already) to the client that `connect` makes.
 */
export interface Source<Client = unknown> {
  readonly name: string;
  /** A client for one import. */
  connect(session: SourceSession): Client;
}
