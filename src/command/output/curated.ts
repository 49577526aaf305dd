import type { z } from "zod";
import type { Curated } from "../../index.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { changeLines } from "./change-lines.ts";
import type { changedDocument } from "./document-schema.ts";
import { documentOfDifference, documentOfItem } from "./item-document.ts";
import { titleLine } from "./item-lines.ts";
import type { Output } from "./output.ts";

/** Tells what a person's word changed. */
export function tellCurated(output: Output, { item, difference }: Curated): ExitCode {
  const status = difference.length > 0 ? "updated" : "unchanged";
  output.document({
    status,
    item: documentOfItem(item),
    difference: documentOfDifference(difference),
    providers: [],
    requests: 0,
    dryRun: false,
  } satisfies z.input<typeof changedDocument>);
  output.line(`${status}  ${titleLine(output, item)}`);
  for (const line of changeLines(output, difference)) output.line(line);
  return exitCodes.done;
}
