import type { ManyResult, Refusal } from "../../index.ts";
import { countsText } from "./many-progress.ts";
import type { Output } from "./output.ts";
import { printable } from "./printable.ts";

/** How many refused items are shown. */
const shown = 10;

/** What an import of many came to, in words. */
export function manyLines(
  output: Output,
  { status, parent, counts, done, total, requests }: ManyResult,
  { noun, dryRun }: { readonly noun: string; readonly dryRun: boolean },
): readonly string[] {
  const whose = parent ? ` of ${output.paint("bold", printable(parent.title))}` : "";
  const asked = `${requests} ${requests === 1 ? "request" : "requests"}`;
  switch (status) {
    case "not-found":
      return [`${output.paint("yellow", "not found")}  nothing of that name or id`];
    case "complete": {
      const lacking = Math.max(0, (total ?? done) - done);
      const ofAll = lacking === 0 ? "" : ` of ${total}`;
      const many = `${done}${ofAll} ${done === 1 && lacking === 0 ? noun.replace(/s$/, "") : noun}${whose}`;
      const isNews = counts.created + counts.updated + counts.gone > 0;
      // What was left out or refused was not there.
      const wereAll = done > 1 && counts.filtered + counts.refused + lacking === 0;
      const what = isNews || done === 0 ? many : wereAll ? `all ${many} were there` : `${many}, nothing new`;
      return [
        `${output.paint("green", "complete")}  ${what}${done === 0 ? "" : ` (${countsText(counts)}), ${asked}`}`,
        ...(lacking === 0
          ? []
          : [`The source counts ${total}, and ${lacking} came on no page: a repetition may bring what is missing.`]),
        ...(dryRun ? ["", "A dry run: nothing was stored."] : []),
      ];
    }
    case "stopped":
    case "failed": {
      const ofAll = total === undefined ? "" : ` of ${total}`;
      const saved = dryRun ? "would be saved" : "are saved";
      return [`${output.paint("yellow", status)}  ${done}${ofAll} ${noun}${whose} ${saved}, ${asked}`];
    }
  }
}

/** Which items were refused and why, the first of them. */
export function refusalLines(output: Output, { counts, refused }: ManyResult): readonly string[] {
  const lines = refused.slice(0, shown).map((one) => refusalLine(output, one));
  return counts.refused > shown ? [...lines, `and ${counts.refused - shown} more`] : lines;
}

/** What was refused, and why. */
export function refusalLine(output: Output, { id, title, reason }: Refusal): string {
  const named = title === undefined ? "" : ` (${printable(title)})`;
  return `${output.paintRemark("yellow", "refused")} ${printable(id)}${named}: ${printable(reason)}`;
}
