import type { z } from "zod";
import { AccessionError, type Catalog, type Item, itemId } from "../../index.ts";
import { openCatalogue } from "../catalogue.ts";
import { commandText } from "../command-text.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Invocation } from "../invocation.ts";
import { findItem } from "../item-reference.ts";
import { relatedItems } from "../listed-relations.ts";
import type { mergedDocument } from "../output/document-schema.ts";
import { documentOfItem } from "../output/item-document.ts";
import { itemLines } from "../output/item-lines.ts";

/** `accession merge KEEP DROP`: makes two items one. */
export async function merge(invocation: Invocation, keep: string, drop: string): Promise<ExitCode> {
  const catalog = await openCatalogue(invocation);
  const kept = await findItem(catalog, keep);
  const dropped = await findItem(catalog, drop);
  const item = await catalog.mergeItems(kept, dropped);
  await tell(invocation, catalog, { status: "merged", item });
  const undo = commandText(invocation.flags, { words: ["merge"], operands: [], flags: { undo: dropped.id } });
  invocation.output.remark(`To undo it: ${undo}\n`);
  return exitCodes.done;
}

/** `accession merge --undo DROPPED`: makes the dropped item an item again. Only its id still means it. */
export async function undoMerge(invocation: Invocation, dropped: string): Promise<ExitCode> {
  const id = itemId.safeParse(dropped);
  if (!id.success) {
    throw new AccessionError(
      "query-invalid",
      "--undo takes the id of the item that was dropped, as `merge` printed it.",
    );
  }
  const catalog = await openCatalogue(invocation);
  await tell(invocation, catalog, { status: "restored", item: await catalog.unmergeItem(id.data) });
  return exitCodes.done;
}

async function tell(
  { output }: Invocation,
  catalog: Catalog,
  { status, item }: { readonly status: "merged" | "restored"; readonly item: Item },
): Promise<void> {
  output.document({ status, item: documentOfItem(item) } satisfies z.input<typeof mergedDocument>);
  if (output.json) return;
  const [title = "", ...rest] = itemLines(output, item, await relatedItems(catalog, item));
  output.line(`${output.paint("green", status)}  ${title}`);
  for (const line of rest) output.line(line);
}
