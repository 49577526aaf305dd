import type { z } from "zod";
import { openCatalogue } from "../catalogue.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Invocation } from "../invocation.ts";
import { readKind } from "../kinds.ts";
import { itemCandidateLines } from "../output/candidate-lines.ts";
import type { searchedDocument } from "../output/document-schema.ts";
import { documentOfItem } from "../output/item-document.ts";

/** The flags of `search`. */
export interface SearchFlags {
  /** `artist`, or `music.artist`. */
  readonly kind?: string | undefined;
  readonly limit: number;
}

/** `accession search`: the items of the catalogue whose name or alias contains a text. */
export async function search(invocation: Invocation, text: string, flags: SearchFlags): Promise<ExitCode> {
  const { output } = invocation;
  const kind = flags.kind === undefined ? undefined : readKind(flags.kind);
  const catalog = await openCatalogue(invocation);
  const items = await catalog.search(text, { kind, limit: flags.limit });
  output.document({
    status: items.length > 0 ? "found" : "not-found",
    items: items.map(documentOfItem),
  } satisfies z.input<typeof searchedDocument>);
  for (const line of itemCandidateLines(output.paint, items)) output.line(line.trimStart());
  if (items.length === 0) output.remark("The catalogue has nothing of that name.\n");
  return items.length > 0 ? exitCodes.done : exitCodes.notFound;
}
