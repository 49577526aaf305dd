import type { AccessionError } from "./errors.ts";

/** Failures in a row, of a source, after which it is the source that is wrong, and no longer what it is asked about. */
export const patience = 5;

/** Whether the next item would fail of the same: the source, or its settings, are what is wrong. */
export function concernsSource(error: AccessionError): boolean {
  return error.retryable || error.code === "configuration-invalid" || error.code === "source-unauthorised";
}
