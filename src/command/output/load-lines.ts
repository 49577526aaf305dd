import type { Counts, Refusal } from "../../index.ts";
import { refusalLine } from "./many-lines.ts";
import { countsText } from "./many-progress.ts";
import type { Output } from "./output.ts";
import { counted, printable } from "./printable.ts";

/** How many refused documents are shown; all of them are in the rejects file. */
const shown = 5;

/** What a load came to, for people. */
export interface LoadTold {
  readonly status: "complete" | "stopped" | "failed";
  readonly file: string;
  readonly counts: Counts;
  readonly done: number;
  readonly refused: readonly Refusal[];
  readonly dryRun: boolean;
}

/** What a load came to, in words. */
export function loadLines(output: Output, { status, file, counts, done, dryRun }: LoadTold): readonly string[] {
  const verb = dryRun ? "would be loaded" : "loaded";
  const word = status === "complete" ? output.paint("green", verb) : output.paint("yellow", `in part ${verb}`);
  const what = `${word}  ${counted(done, "document")} of ${printable(file)}${done === 0 ? "" : `: ${countsText(counts)}`}`;
  return dryRun ? [what, "", "A dry run: nothing was stored."] : [what];
}

/** Which documents were refused and why, the first of them, and where the others are. */
export function refusedLines(output: Output, { counts, refused }: LoadTold, rejects: string): readonly string[] {
  if (counts.refused === 0) return [];
  return [
    ...refused.slice(0, shown).map((one) => refusalLine(output, one)),
    `${counted(counts.refused, "document")} refused: see ${printable(rejects)}`,
  ];
}
