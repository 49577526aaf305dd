/**
 * Every code that an {@link AccessionError} can carry, each with what its reader can do about it. The set is closed:
 * a program may switch on it exhaustively, and `docs/errors.md` documents the same codes.
 */
export const errorRemedies = {
  "configuration-invalid": "Correct the named setting; `accession config` shows each setting and where it comes from.",
  "query-invalid": "Correct the query; the message names the field and what it takes.",
  "kind-unknown": "Open the catalogue with a pack that has this kind.",
  "provider-unknown": "Use one of the providers that the message lists.",
  "item-unknown": "Check the id; `accession search` finds items by name.",
  "definition-invalid": "Correct the kind, scheme, provider or pack that the message names.",
  "source-unavailable": "Nothing is lost: run the same import again later, and only what is missing runs.",
  "source-throttled": "Nothing is lost: leave the source alone for a while, then run the same import again.",
  "source-timeout": "Nothing is lost: run the same import again later.",
  "source-rejected": "The source refused the request itself; repeating it will not help. Report it with the message.",
  "source-unauthorised":
    "The source does not accept this account or its credentials: do what the message says. Repeating it will not help.",
  "source-response-invalid": "The source answered in a shape we do not know. Report it with the message.",
  "source-offline": "No snapshot holds this response: run once without --offline.",
  "fetch-refused":
    "Nothing, for an address that data brought along. Name what you trust yourself in the option `images.trusted`.",
  "image-refused": "Nothing but to name another image: what was fetched is none that can be kept.",
  "contribution-invalid":
    "The kind does not allow what was said. Correct the provider that said it, or your edit; nothing was changed.",
  "identity-missing":
    "A new item needs one identifier of an identity scheme. Let the provider give one, such as a URL.",
  "file-invalid":
    "The file is damaged, cut off or of another form. Get it again, then run the same command: what was saved stays saved.",
  "database-locked": "Close the process that the message names, or use a PostgreSQL database, which many may share.",
  "database-newer": "This database was written by a newer version: update this installation.",
  "database-unavailable": "Check that the database runs and can be reached, then repeat; what was saved stays saved.",
  "database-failed": "The statement was undone. Report it with the message; the catalogue is as it was before.",
  "projection-failed": "The save was undone because a projection threw. Correct the projection, then import again.",
  "merge-impossible": "Name two different items of one kind, neither of which has been merged already.",
  cancelled: "Run the same import again: only what is missing runs.",
  defect: "This is a bug, in a provider or in Accession. Report it with its stack.",
} as const;

/** One of the closed set of codes; see {@link errorRemedies}. */
export type ErrorCode = keyof typeof errorRemedies;

/** What may be said about an error beyond its code and message. */
export interface ErrorDetails {
  /** What was caught, kept for its stack. */
  readonly cause?: unknown;
  /** Whether the same call may succeed later without anybody changing anything. Default: false. */
  readonly retryable?: boolean;
  /** Milliseconds before which a repeat is pointless, where the source said so. */
  readonly retryAfter?: number;
  /** What its reader can do about it, where more is known than its code says. Default: what {@link errorRemedies} says. */
  readonly remedy?: string;
}

/**
 * The only error that Accession throws on purpose, and what a failed provider's outcome holds.
 *
 * @example
 * try {
 *   await catalog.import(artist, { name: "" });
 * } catch (error) {
 *   if (error instanceof AccessionError && error.code === "query-invalid") console.error(error.remedy);
 * }
 */
export class AccessionError extends Error {
  override readonly name = "AccessionError";
  readonly code: ErrorCode;
  readonly retryable: boolean;
  /** Milliseconds before which a repeat is pointless; absent where nobody said. */
  readonly retryAfter: number | undefined;
  readonly #remedy: string | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.retryable = details.retryable ?? false;
    this.retryAfter = details.retryAfter;
    this.#remedy = details.remedy;
  }

  /** What the reader can do about it. */
  get remedy(): string {
    return this.#remedy ?? errorRemedies[this.code];
  }
}

/**
 * The error for something that nobody foresaw: a bug stays a bug and keeps its stack, whatever it was thrown as.
 * An {@link AccessionError} comes back as it is.
 */
export function asDefect(thrown: unknown, where: string): AccessionError {
  if (thrown instanceof AccessionError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new AccessionError("defect", `${where} threw: ${message}`, { cause: thrown });
}
