import { asDefect } from "../../engine/errors.ts";

/** One thing that was looked at. */
export interface Check {
  readonly name: string;
  readonly status: "passed" | "warning" | "failed" | "skipped";
  readonly detail: string;
  /** What to do about it; absent where nothing needs doing. */
  readonly remedy?: string;
}

/** A check that failed by what was thrown. */
export function failed(name: string, thrown: unknown): Check {
  const error = asDefect(thrown, `the check of the ${name}`);
  return { name, status: "failed", detail: error.message, remedy: error.remedy };
}
