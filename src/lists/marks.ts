import type { Item } from "../engine/item.ts";
import type { JsonObject } from "../engine/json.ts";
import type { Kind } from "../engine/kind.ts";
import type { MatchCandidate } from "../engine/result.ts";
import type { LineOutcome, ListLine } from "./list-line.ts";
import type { MarkedCandidate, RowMarks } from "./list-table.ts";

/** Candidates that a report lists; a common name has many bearers, and the right one is seldom far down. */
const mostCandidates = 10;

/**
 * What a report says of a line; undefined where it is to stay as it was, because the line was not reached. A line that is
 * not settled keeps what a person has put as its id: nobody's work is lost by a run that came to nothing.
 *
 * @param earlier the status in the report that the list was read from; undefined where it was none.
 */
export function marksOf<K extends Kind>(
  kind: K,
  line: ListLine<K>,
  outcome: LineOutcome<K> | undefined,
  earlier: string | undefined,
): RowMarks | undefined {
  const answer = line.isSettled === true ? "" : (line.answer ?? "");
  const nothing = { id: answer, title: "", candidates: [], reason: "" };
  if (!outcome || outcome.status === "pending") {
    // What could not be read stands nowhere but in its fault.
    if (line.fault === undefined || earlier !== undefined) return undefined;
    return { ...nothing, status: "invalid", reason: line.fault };
  }
  switch (outcome.status) {
    case "found":
    case "created":
    case "updated":
      return settledMarks(line, outcome, earlier);
    case "ambiguous": {
      const left = outcome.candidates.length - mostCandidates;
      const reason =
        outcome.candidates.length === 0
          ? "several fit, as an earlier run found; the last one has not reached it"
          : `${outcome.candidates.length} fit: put the id of the right one into accession_id`;
      return {
        ...nothing,
        status: outcome.status,
        id: "",
        candidates: outcome.candidates.slice(0, mostCandidates).map((one) => markedCandidate(kind, one)),
        reason: left > 0 ? `${reason} (${left} more are not listed)` : reason,
      };
    }
    case "not-found":
      return { ...nothing, status: outcome.status, reason: "no provider knows it" };
    case "failed": {
      const { code, message, retryable } = outcome.error;
      return {
        ...nothing,
        status: outcome.status,
        reason: onOneLine(`${code}: ${message}${retryable ? " It may succeed later." : ""}`),
      };
    }
    case "invalid":
      return { ...nothing, status: outcome.status, reason: onOneLine(outcome.reason) };
  }
}

function settledMarks<K extends Kind>(
  line: ListLine<K>,
  outcome: { readonly status: string; readonly item: Item<K>; readonly isStored: boolean },
  earlier: string | undefined,
): RowMarks {
  const { title, id } = outcome.item;
  const about = { title, candidates: [], reason: "" };
  // A dry run has made nothing: an id that nothing has would be no use to the next run.
  if (!outcome.isStored) return { ...about, status: `would be ${outcome.status}`, id: "" };
  const status = line.isSettled === true ? (earlier ?? outcome.status) : outcome.status;
  return { ...about, status, id };
}

/** The text with its line breaks folded. */
export function onOneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}

function markedCandidate(kind: Kind, { id, title, score, attributes }: MatchCandidate): MarkedCandidate {
  return { id, title, score, distinction: distinction(kind, attributes) };
}

/** What tells a candidate from its namesakes: the attributes by which its kind does, and what sources say of it. */
function distinction(kind: Kind, attributes: JsonObject): string {
  const fields = new Set(["artistCredit", ...Object.keys(kind.compare), "disambiguation"]);
  const told = [...fields].flatMap((field) => {
    const value = attributes[field];
    return typeof value === "string" ? [value] : [];
  });
  return told.join(", ");
}
