import type { Change } from "../../index.ts";
import type { Output } from "./output.ts";
import { printable, printableValue } from "./printable.ts";

/** What changed, a line for each value that is new, gone or another. */
export function changeLines(output: Output, difference: readonly Change[]): readonly string[] {
  const added = (text: string): string => output.paint("green", `  + ${text}`);
  const removed = (text: string): string => output.paint("red", `  - ${text}`);
  return difference.flatMap((change) => {
    if ("added" in change) {
      return [
        ...change.removed.map((entry) => removed(`${change.field}: ${printable(entry)}`)),
        ...change.added.map((entry) => added(`${change.field}: ${printable(entry)}`)),
      ];
    }
    const { field, before, after } = change;
    if (before === undefined) return [added(`${field}: ${printableValue(after)}`)];
    if (after === undefined) return [removed(`${field}: ${printableValue(before)}`)];
    return [
      `${output.paint("yellow", `  ~ ${field}:`)} ${printableValue(before)} → ${output.paint("bold", printableValue(after))}`,
    ];
  });
}
