import type { Catalog } from "../catalog.ts";
import type { AccessionError } from "../engine/errors.ts";
import type { Item } from "../engine/item.ts";
import type { Kind } from "../engine/kind.ts";
import { concernsSource, patience } from "../engine/patience.ts";
import { createBroughtIn } from "./brought-in.ts";
import { importLine } from "./import-line.ts";
import { countLines, type LineCounts, type LineOutcome, type ListLine } from "./list-line.ts";
import { type RankedList, saveRankedList } from "./ranked-list.ts";

/** Told once a line is over. */
export interface LineEvent<K extends Kind = Kind> {
  /** The line's place among the lines, from 0. */
  readonly index: number;
  readonly line: ListLine<K>;
  readonly outcome: LineOutcome<K>;
  /** Requests that the line took. */
  readonly requests: number;
  /** Lines that are over, this one included, and lines in all. */
  readonly done: number;
  readonly total: number;
}

/** How a list is to be imported. */
export interface ListImportOptions<K extends Kind = Kind> {
  /** Do everything but commit. Default: false. */
  readonly dryRun?: boolean | undefined;
  /** Lines to ask about at most; those that an earlier run has settled do not count. Default: all. */
  readonly limit?: number | undefined;
  /** Ends the import after the line under way. */
  readonly signal?: AbortSignal | undefined;
  /** The ranked list to store with the lines that led to an item. Default: none is stored. */
  readonly list?: RankedList | undefined;
  readonly onLine?: ((event: LineEvent<K>) => void) | undefined;
}

/** What an import of a list came to. */
export type ListImportResult<K extends Kind = Kind> = {
  /** One outcome a line, in their order; `pending` where it was not reached. */
  readonly outcomes: readonly LineOutcome<K>[];
  readonly counts: LineCounts;
  readonly requests: number;
  /** The ranked list as it is stored; absent where none was wanted, where no line led to an item, and in a dry run. */
  readonly list?: Item | undefined;
} & (
  | {
      /** Every line was reached, or as many as the limit allows. */
      readonly status: "complete";
    }
  | {
      /** The signal ended it. */
      readonly status: "stopped";
    }
  | {
      /** Source after source failed, so that the lines left were spared: the same call may do better later. */
      readonly status: "given-up";
      readonly error: AccessionError;
    }
);

/** What a line comes to where a source has answered; of one that the catalogue had, no source was asked. */
const answered: ReadonlySet<string> = new Set<LineOutcome["status"]>(["created", "updated", "ambiguous", "not-found"]);

/**
 * Imports the items of a list, one line after another, each by `catalog.import`. A line that is ambiguous waits for a person
 * and stops no other; nor does one that fails, but after five failures in a row that have to do with the source the rest is
 * left for a later run. Lines that are the same lead to the same item, the later ones without a request. What one line has
 * brought into the catalogue is no answer to another one that says less: the order of the lines does not matter.
 *
 * @throws AccessionError one of the codes that begin with `database-`, `kind-unknown`. What was imported stays so.
 * @example
 * const { counts, outcomes } = await importList(catalog, album, [
 *   { query: { title: "The Dark Side of the Moon", artist: "Pink Floyd" }, rank: 1 },
 *   { query: { title: "Nevermind", artist: "Nirvana" }, rank: 2 },
 * ]);
 */
export async function importList<K extends Kind>(
  catalog: Catalog,
  kind: K,
  lines: readonly ListLine<K>[],
  options: ListImportOptions<K> = {},
): Promise<ListImportResult<K>> {
  const { dryRun = false, limit = Infinity, signal, list, onLine } = options;
  const outcomes: (LineOutcome<K> | undefined)[] = lines.map(() => undefined);
  const broughtIn = createBroughtIn(kind, lines);
  let [requests, asked, done] = [0, 0, 0];
  let failures: AccessionError[] = [];
  for (const [index, line] of lines.entries()) {
    if (signal?.aborted === true || failures.length >= patience) break;
    if (line.isSettled !== true && asked >= limit) continue;
    const imported = await importLine(catalog, kind, line, { dryRun, acceptsNamesake: broughtIn.accepts(line) });
    const { outcome } = imported;
    outcomes[index] = outcome;
    broughtIn.note(line, outcome);
    requests += imported.requests;
    asked += line.isSettled === true ? 0 : 1;
    done += 1;
    if (outcome.status === "failed" && concernsSource(outcome.error)) failures.push(outcome.error);
    else if (answered.has(outcome.status)) failures = [];
    onLine?.({ index, line, outcome, requests: imported.requests, done, total: lines.length });
  }
  const stored = list && !dryRun ? await saveRankedList(catalog, kind, list, lines, outcomes) : undefined;
  const about = {
    outcomes: outcomes.map((outcome) => outcome ?? ({ status: "pending" } as const)),
    counts: countLines(outcomes),
    requests,
    ...(stored && { list: stored }),
  };
  const error = failures[patience - 1];
  if (error) return { ...about, status: "given-up", error };
  return { ...about, status: signal?.aborted === true ? "stopped" : "complete" };
}
