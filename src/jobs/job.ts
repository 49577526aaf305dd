import { z } from "zod";
import { itemId } from "../engine/item.ts";
import type { BackgroundRun } from "../engine/queue.ts";

/** What a job carries. Written by us alone, but perhaps by an older version of us. */
const jobData = z.object({
  itemId,
  kind: z.string(),
  provider: z.string(),
  fresh: z.boolean().default(false),
});

/** Reads a job's data. @throws z.ZodError for a job that is none of ours. */
export function readJob(data: unknown): BackgroundRun {
  return jobData.parse(data);
}

/** A job as it was fetched; the retry count says which claim of it this is. */
export interface FetchedJob {
  readonly id: string;
  readonly retryCount: number;
  readonly run: BackgroundRun;
}
