import type { z } from "zod";
import { openCatalogue } from "../catalogue.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Invocation } from "../invocation.ts";
import { findItem } from "../item-reference.ts";
import { relatedItems } from "../listed-relations.ts";
import type { shownDocument } from "../output/document-schema.ts";
import { documentOfItem, documentOfRun } from "../output/item-document.ts";
import { itemLines } from "../output/item-lines.ts";

/** `accession show`: an item, each fact with who says so. */
export async function show(invocation: Invocation, reference: string): Promise<ExitCode> {
  const { output } = invocation;
  const catalog = await openCatalogue(invocation);
  const { item, fields, runs } = await catalog.explain(await findItem(catalog, reference));
  const sources = new Map(
    fields
      .filter(({ field }) => item.attributes[field] !== undefined)
      .map(({ field, shown }) => [field, shown.provider]),
  );
  output.document({
    status: "found",
    item: documentOfItem(item),
    sources: Object.fromEntries(sources),
    providers: runs.map(documentOfRun),
  } satisfies z.input<typeof shownDocument>);
  if (output.json) return exitCodes.done;
  const related = await relatedItems(catalog, item);
  for (const line of itemLines(output, item, related, { sources, runs })) output.line(line);
  return exitCodes.done;
}
