import { AccessionError } from "../engine/errors.ts";
import type { Item } from "../engine/item.ts";
import type { Kind } from "../engine/kind.ts";
import { readQuery } from "../engine/wanted.ts";
import type { LineOutcome, ListLine } from "./list-line.ts";

/** Which items a list has itself brought into the catalogue, and by which questions they may be found again. */
export interface BroughtIn<K extends Kind = Kind> {
  /** Notes what a line came to. */
  note(line: ListLine<K>, outcome: LineOutcome<K>): void;
  /**
   * Whether an item that the catalogue has under a line's name may be what the line means. What another line of the list
   * has brought in may not: that line said more, or the source was asked, and else the order of the lines would tell what a
   * bare name means. Nor may any for a line that an earlier run has left to a person, or could not ask about: an import
   * in between, of whatever namesake, is no answer.
   */
  accepts(line: ListLine<K>): (item: Item) => boolean;
}

/** Statuses after which a line is the source's to decide, or a person's. */
const undecided: ReadonlySet<string> = new Set<LineOutcome["status"]>(["ambiguous", "failed"]);

/** Begins with what earlier runs have brought in, as far as the lines tell of them. */
export function createBroughtIn<K extends Kind>(kind: K, lines: readonly ListLine<K>[]): BroughtIn<K> {
  const questionsOf = new Map<string, Set<string | undefined>>();
  for (const { earlier } of lines) {
    if (earlier?.status === "created" && earlier.id !== undefined) questionsOf.set(earlier.id, new Set());
  }
  for (const line of lines) questionsOf.get(line.earlier?.id ?? "")?.add(questionOf(kind, line));
  return {
    note(line, outcome) {
      if (!("item" in outcome) || !outcome.isStored) return;
      const { id } = outcome.item;
      if (outcome.status === "created" && !questionsOf.has(id)) questionsOf.set(id, new Set());
      questionsOf.get(id)?.add(questionOf(kind, line));
    },
    accepts(line) {
      if (undecided.has(line.earlier?.status ?? "")) return () => false;
      const question = questionOf(kind, line);
      return ({ id }) => questionsOf.get(id)?.has(question) ?? true;
    },
  };
}

/** What a line asks, however it is spelt: lines with one question are the same. Undefined where it asks nothing. */
export function questionOf(kind: Kind, { query }: ListLine): string | undefined {
  if (query === undefined) return undefined;
  try {
    return readQuery(kind, query).scope;
  } catch (error) {
    if (error instanceof AccessionError && error.code === "query-invalid") return undefined;
    throw error;
  }
}
