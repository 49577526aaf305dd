import type { z } from "zod";
import type { SaidValue } from "../../index.ts";
import { openCatalogue } from "../catalogue.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Invocation } from "../invocation.ts";
import { findItem } from "../item-reference.ts";
import type { explainedDocument } from "../output/document-schema.ts";
import { documentOfItem, documentOfRun } from "../output/item-document.ts";
import { runText, titleLine } from "../output/item-lines.ts";
import { printable, printableValue } from "../output/printable.ts";

type SaidDocument = z.input<typeof explainedDocument>["fields"][number]["shown"];

/** `accession explain`: for every field the value shown, who said it and when, and the values that lost to it. */
export async function explain(invocation: Invocation, reference: string): Promise<ExitCode> {
  const { output } = invocation;
  const catalog = await openCatalogue(invocation);
  const { item, fields, rejected, runs } = await catalog.explain(await findItem(catalog, reference));
  output.document({
    status: "found",
    item: documentOfItem(item),
    fields: fields.map(({ field, shown, others }) => ({ field, shown: said(shown), others: others.map(said) })),
    rejected: rejected.map(({ provider, id, title, reason }) => ({ provider, id, title, reason })),
    providers: runs.map(documentOfRun),
  } satisfies z.input<typeof explainedDocument>);
  const by = ({ provider, fetchedAt, madeBy = {} }: SaidValue): string => {
    const made = Object.entries(madeBy).map(([what, which]) => `${printable(what)} ${printable(which)}`);
    return output.paint("dim", `[${[provider, ...made, fetchedAt].join(", ")}]`);
  };
  output.line(titleLine(output, item));
  for (const { field, shown, others } of fields) {
    output.line(`${output.paint("cyan", field.padEnd(18))} ${printableValue(shown.value)}  ${by(shown)}`);
    for (const other of others)
      output.line(`${" ".repeat(18)} ${output.paint("yellow", "not")} ${printableValue(other.value)}  ${by(other)}`);
  }
  for (const { provider, id, title, reason } of rejected) {
    const what = `${printable(title)} ${output.paint("dim", `[${provider} ${printable(id)}]`)}`;
    output.line(`${output.paint("yellow", "rejected".padEnd(18))} ${what}: ${printable(reason)}`);
  }
  for (const run of runs) output.line(`${output.paint("cyan", `provider ${run.provider}`.padEnd(18))} ${runText(run)}`);
  return exitCodes.done;
}

function said({ provider, value, fetchedAt, madeBy }: SaidValue): SaidDocument {
  // A stored value is JSON; only the type of an object's members allows undefined.
  return { provider, value: value as SaidDocument["value"], fetchedAt, ...(madeBy && { madeBy }) };
}
