import type { Change } from "./difference.ts";
import type { AccessionError } from "./errors.ts";
import type { Item } from "./item.ts";
import type { JsonObject } from "./json.ts";
import type { Kind } from "./kind.ts";
import type { Evidence } from "./match.ts";
import type { Identifier } from "./scheme.ts";

/** Something that may be what was asked for, with the reasons for and against it, for a person to choose from. */
export interface MatchCandidate {
  /** What `match` takes, such as `musicbrainz.artist:5b11f4ce-…`. */
  readonly id: string;
  readonly identifier: Identifier;
  readonly provider: string;
  readonly title: string;
  readonly attributes: JsonObject;
  readonly score: number;
  readonly evidence: readonly Evidence[];
}

/** What became of one provider in one import. */
export type ProviderOutcome = {
  readonly provider: string;
  /** Requests that left for the source. */
  readonly requests: number;
} & (
  | { readonly status: "contributed"; readonly difference: readonly Change[] }
  | { readonly status: "not-found" }
  | { readonly status: "ambiguous"; readonly candidates: readonly MatchCandidate[] }
  /** Not done yet: a job will. */
  | { readonly status: "queued"; readonly jobId?: string | undefined }
  /** Not asked: it does not apply, or had answered before. */
  | { readonly status: "skipped"; readonly reason: string }
  | { readonly status: "failed"; readonly error: AccessionError }
);

/** What an import came to. */
export type ImportResult<K extends Kind = Kind> = {
  /** One outcome per provider of the importer, in its order. */
  readonly providers: readonly ProviderOutcome[];
  /** Requests that left for any source. */
  readonly requests: number;
} & (
  | {
      readonly status: "created" | "updated" | "unchanged";
      readonly item: Item<K>;
      /** What changed; for a dry run, what would have. */
      readonly difference: readonly Change[];
    }
  /** Several things fit; nothing was stored. Ask again with `match`. */
  | { readonly status: "ambiguous"; readonly candidates: readonly MatchCandidate[] }
  /** No provider knows it; nothing was stored. */
  | { readonly status: "not-found" }
  /** Every provider that was asked failed. The item is there if it was there before, unchanged. */
  | { readonly status: "failed"; readonly item?: Item<K> | undefined; readonly error: AccessionError }
);

/**
 * The result in one line, for people.
 *
 * @example summary(result); // "created Pink Floyd (music.artist): musicbrainz contributed, cover queued; 2 requests"
 */
export function summary(result: ImportResult): string {
  const outcomes = result.providers.map((one) => `${one.provider} ${one.status}`).join(", ");
  const tail = `${outcomes === "" ? "" : `: ${outcomes}`}; ${result.requests} ${result.requests === 1 ? "request" : "requests"}`;
  switch (result.status) {
    case "created":
    case "updated":
    case "unchanged":
      return `${result.status} ${result.item.title} (${result.item.kind})${tail}`;
    case "ambiguous":
      return `ambiguous between ${result.candidates.length} candidates${tail}`;
    case "not-found":
      return `not found${tail}`;
    case "failed":
      return `failed (${result.error.code}: ${result.error.message})${tail}`;
  }
}
