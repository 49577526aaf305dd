import type { z } from "zod";
import { type AccessionError, asDefect } from "../../engine/errors.ts";
import { AmbiguousItem } from "../ambiguous-item.ts";
import { type ExitCode, exitCodeOfError, exitCodes } from "../exit-codes.ts";
import { reportPlace } from "../package.ts";
import { itemCandidateLines } from "./candidate-lines.ts";
import type { ambiguousItemDocument, failureDocument } from "./document-schema.ts";
import { documentOfError, documentOfItemCandidate } from "./item-document.ts";
import type { Output } from "./output.ts";
import { printable } from "./printable.ts";
import { maskSecrets } from "./secrets.ts";

/** Tells what a command threw, as a document or in words, and says with which exit code to end. */
export function reportFailure(output: Output, thrown: unknown, command: string): ExitCode {
  if (thrown instanceof AmbiguousItem) return reportAmbiguousItem(output, thrown);
  const error = asDefect(thrown, `accession ${command}`);
  output.document({
    status: "error",
    error: { ...documentOfError(error), remedy: remedyOf(error) },
  } satisfies z.input<typeof failureDocument>);
  for (const line of errorLines(output, error)) output.complain(`${line}\n`);
  return exitCodeOfError(error.code);
}

/** An error in words: what happened, whether a repeat is safe and when, what to do, and its code. */
export function errorLines(output: Output, error: AccessionError): readonly string[] {
  const paint = output.paintRemark;
  const lines = error.message.split("\n").map((line) => printable(maskSecrets(line)));
  const again = error.retryable
    ? [
        `  The same command may succeed later${error.retryAfter === undefined ? "" : `, in ${Math.ceil(error.retryAfter / 1000)} s or more`}.`,
      ]
    : [];
  const isBug = error.code === "defect";
  return [
    `${paint("red", error.code === "cancelled" ? "interrupted:" : "error:")} ${lines.join("\n  ")}`,
    ...(error.code === "cancelled" ? ["  Nothing is lost: what was saved stays saved."] : []),
    `  ${remedyOf(error)}`,
    ...again,
    ...(isBug ? [`  Report it ${reportPlace()}.`] : []),
    ...(isBug && !output.verbose ? ["  Run it again with --verbose to see its stack."] : []),
    ...(output.verbose ? stackLines(error) : []),
    `  ${paint("dim", `(${error.code})`)}`,
  ];
}

/** What to do about an error, in terms of commands where there are any. */
function remedyOf(error: AccessionError): string {
  if (error.code !== "database-locked") return error.remedy;
  return (
    "A folder has room for one process at a time: wait until that one has ended, or let it do all of the work " +
    "(`import … --wait` runs the jobs of its item too). A PostgreSQL database, --database postgres://…, takes many at once."
  );
}

function stackLines(error: AccessionError): readonly string[] {
  const thrown = error.cause instanceof Error ? error.cause : error;
  return maskSecrets(thrown.stack ?? "")
    .split("\n")
    .map((line) => `  ${printable(line)}`);
}

function reportAmbiguousItem(output: Output, { reference, candidates }: AmbiguousItem): ExitCode {
  output.document({
    status: "ambiguous",
    candidates: candidates.map(documentOfItemCandidate),
  } satisfies z.input<typeof ambiguousItemDocument>);
  output.complain(
    `${candidates.length} items are named "${printable(reference.slice(0, 100))}". Nothing was done; give an id:\n`,
  );
  for (const line of itemCandidateLines(output.paint, candidates)) output.line(line);
  return exitCodes.ambiguous;
}
