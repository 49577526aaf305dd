import type { ManyResult } from "../index.ts";

/** What the command's exit code says; see docs/command.md. The numbers are kept stable. */
export const exitCodes = {
  /** Stored, unchanged, shown: what was asked for was done. */
  done: 0,
  /** Something that nobody foresaw, or a database that cannot be used right now. */
  unexpected: 1,
  /** The command line, the configuration or a value in it is wrong; nothing was done. */
  usage: 2,
  /** No source, or not the catalogue, has what was asked for. */
  notFound: 3,
  /** Several things fit, and nobody was there to choose. */
  ambiguous: 4,
  /** Every provider that was asked failed. */
  failed: 5,
  /** Ctrl-C. */
  interrupted: 130,
} as const;

/** One of the numbers of {@link exitCodes}. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const usageErrors = new Set([
  "configuration-invalid",
  "contribution-invalid",
  "kind-unknown",
  "merge-impossible",
  "provider-unknown",
  "query-invalid",
  "usage-invalid",
]);

/** The exit code of a command that ended by an error with this code. */
export function exitCodeOfError(code: string): ExitCode {
  if (code === "cancelled") return exitCodes.interrupted;
  if (code === "item-unknown") return exitCodes.notFound;
  return usageErrors.has(code) ? exitCodes.usage : exitCodes.unexpected;
}

/**
 * The exit code of an import of many that came to its end: where not one of them could be read, hardly all of them are at
 * fault, and the source or the file is not what it was taken for.
 */
export function exitCodeOfMany({ counts: { refused }, done }: Pick<ManyResult, "counts" | "done">): ExitCode {
  return refused > 0 && refused === done ? exitCodes.failed : exitCodes.done;
}
