import type { AccessionError } from "../engine/errors.ts";
import type { Item } from "../engine/item.ts";
import type { Kind, QueryOf } from "../engine/kind.ts";
import type { MatchCandidate } from "../engine/result.ts";

/** A line of a list: what is asked for, or why it cannot be read. */
export type ListLine<K extends Kind = Kind> = {
  /** Its place in a ranked list, from 1. Default: its place among the lines. */
  readonly rank?: number | undefined;
  /**
   * What it is known to be: an item's id, or the id of a candidate or of its source, as `match` takes them. It is
   * remembered, so that the same query is never ambiguous again. Default: that is to be found out.
   */
  readonly answer?: string | undefined;
  /** Whether `answer` is what an earlier run came to: then no provider is asked about the line. Default: false. */
  readonly isSettled?: boolean | undefined;
  /**
   * What an earlier run came to with it. A line that was ambiguous stays so until its source decides it, or a person: what
   * has come into the catalogue since does not. Default: there was none.
   */
  readonly earlier?: EarlierOutcome | undefined;
} & (
  | { readonly query: QueryOf<K>; readonly fault?: undefined }
  | { readonly fault: string; readonly query?: undefined }
);

/** What an earlier run came to with a line, as its report says. */
interface EarlierOutcome {
  readonly status: LineOutcome["status"];
  /** The id of the item that it led to. */
  readonly id?: string | undefined;
}

/** What became of a line. */
export type LineOutcome<K extends Kind = Kind> =
  | {
      /** `found`: the catalogue had it. `created`, `updated`: a source knew it. */
      readonly status: "found" | "created" | "updated";
      readonly item: Item<K>;
      /** False for what a dry run would have stored. */
      readonly isStored: boolean;
    }
  /** Several things fit: a person has to choose. */
  | { readonly status: "ambiguous"; readonly candidates: readonly MatchCandidate[] }
  | { readonly status: "not-found" }
  /** Every provider that was asked failed, or the save did. */
  | { readonly status: "failed"; readonly error: AccessionError }
  /** It cannot be read, or its kind refuses what it says. Nothing was asked. */
  | { readonly status: "invalid"; readonly reason: string }
  /** It was not reached. */
  | { readonly status: "pending" };

/** What may become of a line, in the order in which a report counts them. */
export const lineStatuses = [
  "found",
  "created",
  "updated",
  "ambiguous",
  "not-found",
  "failed",
  "invalid",
  "pending",
] as const satisfies readonly LineOutcome["status"][];

/** How many lines came to what. */
export type LineCounts = Readonly<Record<LineOutcome["status"], number>>;

/** Counts outcomes; a line without one is pending. */
export function countLines(outcomes: readonly (LineOutcome | undefined)[]): LineCounts {
  const counts = Object.fromEntries(lineStatuses.map((status) => [status, 0])) as Record<LineOutcome["status"], number>;
  for (const outcome of outcomes) counts[outcome?.status ?? "pending"] += 1;
  return counts;
}
