import type { ImportResult, MatchCandidate } from "../../index.ts";
import { kindWord } from "../kinds.ts";
import { candidateLines } from "./candidate-lines.ts";
import { changeLines } from "./change-lines.ts";
import { errorLines } from "./failure.ts";
import { itemLines, titleLine } from "./item-lines.ts";
import type { Output } from "./output.ts";
import { counted } from "./printable.ts";
import type { RelatedItems } from "./relation-lines.ts";

/** How a result is to be told. */
export interface ResultTelling {
  readonly dryRun: boolean;
  readonly commandFor: (candidate: MatchCandidate) => string;
  /** What the lists of a new item's relations tell. */
  readonly related: RelatedItems;
}

/** What an import came to, for people. */
export function resultLines(output: Output, result: ImportResult, telling: ResultTelling): readonly string[] {
  const { dryRun } = telling;
  const status = (style: "green" | "yellow" | "red", text: string): string => output.paint(style, text);
  switch (result.status) {
    case "created": {
      const word = dryRun ? "would be created" : "created";
      const lines = [
        `${status("green", word)}  ${titleLine(output, result.item)}`,
        ...itemLines(output, result.item, telling.related).slice(1),
      ];
      return dryRun ? [...lines, "", "A dry run: nothing was stored."] : lines;
    }
    case "updated": {
      const word = dryRun ? "would be updated" : "updated";
      const lines = [
        `${status("green", word)}  ${titleLine(output, result.item)}`,
        ...changeLines(output, result.difference),
      ];
      return dryRun ? [...lines, "", "A dry run: nothing was stored."] : lines;
    }
    case "unchanged":
      return [`unchanged  ${titleLine(output, result.item)}  ${counted(result.requests, "request")}`];
    case "ambiguous":
      return [
        `${status("yellow", "ambiguous")}  ${counted(result.candidates.length, "candidate")}; nothing was stored. Pick one by its command, or say more, such as a year:`,
        ...candidateLines(output, result.candidates, telling.commandFor),
      ];
    case "not-found":
      return [
        `${status("yellow", "not found")}  No provider knows it, and nothing was stored. Is it spelled as it should be?`,
      ];
    case "failed":
      return result.item
        ? [
            `${status("red", "failed")}  ${titleLine(output, result.item)} (a ${kindWord(result.item.kind)} that stays as it was)`,
          ]
        : [`${status("red", "failed")}  Nothing was stored.`];
  }
}

/** Says, of the providers that failed, why and what to do: all of them, whatever the whole came to. */
export function showFailure(output: Output, result: ImportResult): void {
  for (const outcome of result.providers) {
    if (outcome.status !== "failed") continue;
    for (const line of errorLines(output, outcome.error)) output.complain(`${line}\n`);
  }
}
