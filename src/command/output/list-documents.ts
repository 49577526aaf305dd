import { z } from "zod";
import { lineStatuses } from "../../lists/list-line.ts";
import { errorDocument } from "./document-schema.ts";

const count = z.int().min(0);

/** `import list`. What became of each line is in the report. */
export const listDocument = z.strictObject({
  /** `stopped`: by Ctrl-C. `given-up`: the source failed time and again, as `error` says. */
  status: z.enum(["complete", "stopped", "given-up"]),
  kind: z.string(),
  /** Lines of the list. */
  lines: count,
  counts: z.strictObject(
    Object.fromEntries(lineStatuses.map((status) => [status, count])) as Record<
      (typeof lineStatuses)[number],
      typeof count
    >,
  ),
  /** Requests that left for any source. */
  requests: count,
  /** The path of the report. */
  report: z.string(),
  /** The ranked list, where one is stored. */
  list: z.strictObject({ id: z.uuid(), kind: z.string(), title: z.string(), entries: count }).optional(),
  dryRun: z.boolean(),
  /** The command line that goes on with the report; absent where each line has led to an item. */
  resume: z.string().optional(),
  error: errorDocument.optional(),
});

/** `enrich --missing`: how many items lacked something, and what became of those that were reached. */
export const completedDocument = z.strictObject({
  /** `counted`: a dry run. */
  status: z.enum(["complete", "stopped", "given-up", "counted"]),
  total: count,
  counts: z.strictObject({ updated: count, unchanged: count, ambiguous: count, failed: count }),
  requests: count,
  /** The command line that goes on from here; absent where all is done. */
  resume: z.string().optional(),
  /** How many lack something at the end: named meanwhile, beyond the limit, or failed. Absent where it broke off, or counted. */
  left: count.optional(),
  error: errorDocument.optional(),
});
