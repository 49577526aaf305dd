/** Where a provider stands for an item. */
export const runStates = [
  "queued",
  "running",
  "contributed",
  "not-found",
  "ambiguous",
  "skipped",
  "failed",
  /** A background run that was given up after its last attempt, until somebody retries it. */
  "dead",
] as const;

/** One of {@link runStates}. */
export type RunState = (typeof runStates)[number];

/** A row of the ledger. */
export interface Run {
  readonly provider: string;
  readonly state: RunState;
  /** Tries since the provider last settled, from 1. */
  readonly attempt: number;
  /** Why it failed, was skipped or is ambiguous; absent otherwise. */
  readonly error?: { readonly code: string; readonly message: string } | undefined;
  readonly requests: number;
  /** What it cost beside, in millionths of a US dollar. */
  readonly microdollars: number;
  /** Tokens of a language model that it used. */
  readonly tokens: number;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** ISO 8601, UTC; absent while it waits or runs. */
  readonly finishedAt?: string | undefined;
  /** When a queued run that waits comes back, ISO 8601, UTC; absent otherwise. */
  readonly nextAt?: string | undefined;
  readonly jobId?: string | undefined;
}

/** A run as it is written. Without an attempt, the store counts: one after a failure is the next. */
export type RunRecord = Omit<Run, "attempt"> & { readonly attempt?: number | undefined };
