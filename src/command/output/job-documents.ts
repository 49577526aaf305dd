import { z } from "zod";
import { runStates } from "../../engine/run.ts";

/** A provider's run for an item. */
export const jobDocument = z.strictObject({
  item: z.strictObject({ id: z.uuid(), kind: z.string(), title: z.string() }),
  provider: z.string(),
  state: z.enum(runStates),
  /** The tries charged to it. */
  attempt: z.int(),
  requests: z.int(),
  microdollars: z.int(),
  tokens: z.int(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().optional(),
  /** When a run that waits comes back. */
  nextAt: z.iso.datetime().optional(),
  error: z.strictObject({ code: z.string(), message: z.string() }).optional(),
  /** Its job, while it waits or runs, or the last that it had. */
  jobId: z.string().optional(),
});

/** What holds jobs back, or soon may. */
export const holdsDocument = z.strictObject({
  paused: z.array(z.strictObject({ provider: z.string(), pausedAt: z.iso.datetime() })),
  /** Sources that have failed of late; one with `openUntil` is left alone until then. */
  sources: z.array(
    z.strictObject({
      source: z.string(),
      failures: z.int(),
      openUntil: z.iso.datetime().optional(),
      reason: z.string().optional(),
    }),
  ),
  /** What providers have used up today (UTC). */
  used: z.array(z.strictObject({ provider: z.string(), requests: z.int(), microdollars: z.int() })),
});

/** `jobs list`. */
export const jobsDocument = z.strictObject({
  jobs: z.array(jobDocument),
  /** The runs that the flags mean, those beyond the limit included. */
  total: z.int(),
  /** The same by provider and state. */
  counts: z.array(z.strictObject({ provider: z.string(), state: z.enum(runStates), runs: z.int() })),
  holds: holdsDocument,
});

/** `jobs show`: an item's runs, or one provider's. */
export const jobsShownDocument = z.strictObject({
  status: z.literal("found"),
  item: z.strictObject({ id: z.uuid(), kind: z.string(), title: z.string() }),
  jobs: z.array(jobDocument),
});

/** `jobs retry` and `jobs cancel`. */
export const jobsChangedDocument = z.strictObject({ status: z.enum(["retried", "cancelled"]), count: z.int() });

/** `jobs pause` and `jobs resume`. */
export const providerHeldDocument = z.strictObject({ status: z.enum(["paused", "resumed"]), provider: z.string() });

/** `enrich --provider`: how many items were meant, and how many jobs made. */
export const filledDocument = z.strictObject({
  /** `counted`: a dry run. */
  status: z.enum(["enqueued", "stopped", "counted"]),
  total: z.int(),
  enqueued: z.int(),
  /** The command line that goes on from here; absent where all is done. */
  resume: z.string().optional(),
});
