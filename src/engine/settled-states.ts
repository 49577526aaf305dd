import type { RunState } from "./run.ts";

/** States in which a provider has nothing left to do for an item, should nobody force it. */
export const settledStates: ReadonlySet<RunState> = new Set<RunState>([
  "contributed",
  "not-found",
  "ambiguous",
  "queued",
  "running",
  "dead",
]);
