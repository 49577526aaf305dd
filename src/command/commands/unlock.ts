import { AccessionError } from "../../index.ts";
import { openCatalogue } from "../catalogue.ts";
import type { ExitCode } from "../exit-codes.ts";
import type { Invocation } from "../invocation.ts";
import { findItem } from "../item-reference.ts";
import { kindNamed } from "../kinds.ts";
import { tellCurated } from "../output/curated.ts";

/** `accession unlock`: takes back what a person said of some fields, or of everything. */
export async function unlock(invocation: Invocation, reference: string, fields: readonly string[]): Promise<ExitCode> {
  const catalog = await openCatalogue(invocation);
  const item = await findItem(catalog, reference);
  const known = Object.keys(kindNamed(item.kind).fields);
  const unknown = fields.find((field) => !known.includes(field));
  if (unknown !== undefined) {
    const message = `A ${item.kind} has no field "${unknown.slice(0, 100)}". It has ${known.join(", ")}.`;
    throw new AccessionError("query-invalid", message);
  }
  return tellCurated(invocation.output, await catalog.unlock(item, fields.length === 0 ? undefined : fields));
}
