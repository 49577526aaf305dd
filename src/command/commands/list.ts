import type { z } from "zod";
import { openCatalogue } from "../catalogue.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Invocation } from "../invocation.ts";
import { kindNamed, kindWord, readKind } from "../kinds.ts";
import { distinction } from "../output/candidate-lines.ts";
import type { itemDocument } from "../output/document-schema.ts";
import { documentOfItem } from "../output/item-document.ts";
import { counted, printable } from "../output/printable.ts";
import { standardOutput } from "../output/text-sink.ts";
import { withItemIds } from "../related-conditions.ts";
import type { Catalog, ItemOrder, Kind } from "../../index.ts";

/** The flags of `list`. */
export interface ListFlags {
  readonly where: readonly string[];
  readonly sort: ItemOrder;
  readonly limit?: number | undefined;
}

/** Lines of text that a person is shown who has not said how many. */
const shownLines = 50;

/** `accession list`: the items of a kind that meet conditions, in alphabetical order or by an attribute. */
export async function list(invocation: Invocation, kindText: string, flags: ListFlags): Promise<ExitCode> {
  const kind = kindNamed(readKind(kindText));
  const catalog = await openCatalogue(invocation);
  const listed = { ...flags, where: await withItemIds(catalog, kind, flags.where) };
  await (invocation.output.json ? listAsJson(catalog, kind, listed) : listAsText(invocation, catalog, kind, listed));
  return exitCodes.done;
}

/** One array, written as it is read: nobody has to hold it whole. */
async function listAsJson(catalog: Catalog, kind: Kind, { where, sort, limit }: ListFlags): Promise<void> {
  const sink = standardOutput();
  let before = "[";
  for await (const item of catalog.list(kind, { where, limit, orderBy: sort })) {
    await sink.write(before + JSON.stringify(documentOfItem(item) satisfies z.input<typeof itemDocument>));
    if (sink.isClosed) return;
    before = ",";
  }
  await sink.write(before === "[" ? "[]\n" : "]\n");
}

async function listAsText(
  { output }: Invocation,
  catalog: Catalog,
  kind: Kind,
  { where, sort, limit = shownLines }: ListFlags,
): Promise<void> {
  let shown = 0;
  for await (const item of catalog.list(kind, { where, limit, orderBy: sort })) {
    const told = distinction(item.attributes);
    output.line(
      `${output.paint("bold", printable(item.title))}${told === "" ? "" : `  ${told}`}  ${output.paint("dim", item.id)}`,
    );
    shown += 1;
  }
  const more = shown < limit ? 0 : (await catalog.count(kind, { where })) - shown;
  if (more > 0) output.remark(`… and ${more.toLocaleString("en")} more; \`--limit\` shows them.\n`);
  if (shown === 0) {
    const which = where.length === 0 ? `has no ${kindWord(kind.name)}` : `has no ${kindWord(kind.name)} like that`;
    output.remark(`The catalogue ${which}.\n`);
  } else if (more === 0) output.remark(`${counted(shown, kindWord(kind.name))}.\n`);
}
