import { resolve } from "node:path";
import type { z } from "zod";
import { AccessionError, type Item, type ItemOrder, type Kind } from "../../index.ts";
import { openCatalogue } from "../catalogue.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { listenForInterruption } from "../interruption.ts";
import type { Invocation } from "../invocation.ts";
import { kindNamed, kindWord, readKind } from "../kinds.ts";
import type { exportedDocument } from "../output/document-schema.ts";
import { documentOfItem } from "../output/item-document.ts";
import { createLineProgress } from "../output/line-progress.ts";
import type { Output } from "../output/output.ts";
import { counted } from "../output/printable.ts";
import { withItemIds } from "../related-conditions.ts";
import { fileSink, standardOutput } from "../output/text-sink.ts";

/** The flags of `export`. */
export interface ExportFlags {
  readonly where: readonly string[];
  readonly sort: ItemOrder;
  readonly format: "ndjson" | "csv";
  /** Standard output where absent, or `-`. */
  readonly output?: string | undefined;
}

/** How items are written: what comes before them, and what each becomes. */
interface Format {
  readonly head: string;
  readonly line: (item: Item) => string;
}

/**
 * `accession export`: the items of a kind that meet conditions, each on a line, in the order in which they were made or by an
 * attribute.
 */
export async function exportItems(invocation: Invocation, kindText: string, flags: ExportFlags): Promise<ExitCode> {
  const { output } = invocation;
  const interruption = listenForInterruption();
  invocation.closeAtEnd(interruption);
  const kind = kindNamed(readKind(kindText));
  const file = fileOf(flags, output);
  const { head, line } = await formatOf(kind, flags.format);
  const catalog = await openCatalogue(invocation);
  // Conditions that are none are refused before the file is touched.
  const where = await withItemIds(catalog, kind, flags.where);
  const items = catalog.list(kind, { where, orderBy: flags.sort });
  // What goes to standard output shows by itself how far it is.
  const progress = file === undefined ? undefined : createLineProgress(output, await catalog.count(kind, { where }));
  const sink = file === undefined ? standardOutput() : fileSink(file);
  let count = 0;
  try {
    if (head !== "") await sink.write(head);
    for await (const item of items) {
      await sink.write(line(item));
      if (sink.isClosed) return exitCodes.done;
      count += 1;
      progress?.tell(count, count, {});
      if (interruption.signal.aborted) break;
    }
    progress?.end();
    await (interruption.signal.aborted ? sink.abandon() : sink.finish());
  } catch (thrown) {
    await sink.abandon();
    throw thrown;
  }
  const isWhole = !interruption.signal.aborted;
  if (!isWhole) output.remark(`Broken off after ${counted(count, kindWord(kind.name))}. ${remains(file)}\n`);
  // On standard output are the items themselves, and nothing else.
  if (file === undefined) return isWhole ? exitCodes.done : exitCodes.interrupted;
  output.document({
    status: isWhole ? "exported" : "stopped",
    kind: kind.name,
    format: flags.format,
    items: count,
    file,
  } satisfies z.input<typeof exportedDocument>);
  if (!isWhole) return exitCodes.interrupted;
  output.line(`${counted(count, kindWord(kind.name))} in ${file}`);
  return exitCodes.done;
}

/** The whole path of the file to write; undefined for standard output. */
function fileOf({ format, output: file }: ExportFlags, { json }: Output): string | undefined {
  if (file === "") throw new AccessionError("query-invalid", "--output is empty: give the path of a file.");
  if (file !== undefined && file !== "-") return resolve(file);
  if (format === "ndjson" || !json) return undefined;
  throw new AccessionError(
    "query-invalid",
    "--json promises JSON on standard output, and --format csv would write a table there.",
    { remedy: "Write the table into a file by --output FILE, or leave out one of the two flags." },
  );
}

/** What is left of an export that was broken off. */
function remains(file: string | undefined): string {
  return file === undefined ? "What was written is not all." : `${file} is as it was before.`;
}

async function formatOf(kind: Kind, format: ExportFlags["format"]): Promise<Format> {
  if (format === "ndjson") return { head: "", line: (item) => `${JSON.stringify(documentOfItem(item))}\n` };
  const { csvHead, csvLine, itemColumns } = await import("../output/item-table.ts");
  const columns = itemColumns(kind);
  return { head: csvHead(columns), line: (item) => csvLine(columns, item) };
}
