import type { Catalog } from "../catalog.ts";
import { AccessionError } from "../engine/errors.ts";
import type { ImportOptions } from "../engine/import.ts";
import { type Item, itemId } from "../engine/item.ts";
import type { Kind } from "../engine/kind.ts";
import type { ImportResult } from "../engine/result.ts";
import { identifierText } from "../engine/scheme.ts";
import type { LineOutcome, ListLine } from "./list-line.ts";

/** What became of a line, and what it took. */
export interface ImportedLine<K extends Kind> {
  readonly outcome: LineOutcome<K>;
  /** Requests that left for any source. */
  readonly requests: number;
}

/**
 * Imports the item of one line by the ordinary path: find → search → match. What a person has put as its answer is taken;
 * a line that an earlier run has settled costs a look into the catalogue.
 *
 * @param options which namesakes of the catalogue may be what the line names, and whether to commit, as an import takes them.
 * @throws AccessionError one of the codes that begin with `database-`; what is wrong with the line alone is its outcome.
 */
export async function importLine<K extends Kind>(
  catalog: Catalog,
  kind: K,
  line: ListLine<K>,
  options: Pick<ImportOptions, "acceptsNamesake" | "dryRun">,
): Promise<ImportedLine<K>> {
  const answer = line.answer?.trim() ?? "";
  const id = itemId.safeParse(answer.toLowerCase());
  const stored = id.success ? await catalog.get(id.data) : undefined;
  // Another kind's item is as wrong an answer as none.
  const item = stored?.kind === kind.name ? (stored as Item<K>) : undefined;
  if (item && (line.isSettled === true || line.query === undefined)) return settledBy(item);
  if (line.query === undefined) return invalid(line.fault ?? "it names nothing");
  const isLost = id.success && !item && isOwnId(id.data);
  if (isLost && line.isSettled !== true) return invalid(`the catalogue has no ${kind.name} with the id ${id.data}`);
  // An earlier run's item may be gone, as with another catalogue: then the line is asked about like a new one.
  const match = item ? identityOf(kind, item) : answer === "" || isLost ? undefined : answer;
  try {
    const result = await catalog.import(kind, line.query, { ...options, match });
    return { outcome: outcomeOf(result, options.dryRun ?? false), requests: result.requests };
  } catch (thrown) {
    return { outcome: outcomeOfThrown(thrown), requests: 0 };
  }
}

function invalid(reason: string): ImportedLine<never> {
  return { outcome: { status: "invalid", reason }, requests: 0 };
}

function settledBy<K extends Kind>(item: Item<K>): ImportedLine<K> {
  return { outcome: { status: "found", item, isStored: true }, requests: 0 };
}

/** Ids of items are UUIDs of version 7; those of MusicBrainz and others never are. */
function isOwnId(id: string): boolean {
  return id[14] === "7";
}

function identityOf(kind: Kind, item: Item): string | undefined {
  const identities = new Set(
    kind.identifiers.filter((scheme) => scheme.uniqueness === "identity").map((scheme) => scheme.name),
  );
  const identity = item.identifiers.find((one) => identities.has(one.scheme));
  return identity && identifierText(identity);
}

function outcomeOf<K extends Kind>(result: ImportResult<K>, dryRun: boolean): LineOutcome<K> {
  switch (result.status) {
    case "unchanged":
      return { status: "found", item: result.item, isStored: true };
    case "created":
    case "updated":
      return { status: result.status, item: result.item, isStored: !dryRun };
    case "ambiguous":
      return { status: "ambiguous", candidates: result.candidates };
    case "not-found":
      return { status: "not-found" };
    case "failed":
      return { status: "failed", error: result.error };
  }
}

/** What concerns one line is its outcome; where the catalogue itself cannot go on, no line can. */
function outcomeOfThrown(thrown: unknown): LineOutcome<never> {
  if (!(thrown instanceof AccessionError)) throw thrown;
  switch (thrown.code) {
    case "query-invalid":
    case "item-unknown":
      return { status: "invalid", reason: thrown.message };
    case "projection-failed":
    case "contribution-invalid":
    case "identity-missing":
      return { status: "failed", error: thrown };
    default:
      throw thrown;
  }
}
