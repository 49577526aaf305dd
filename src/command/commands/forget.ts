import { openCatalogue } from "../catalogue.ts";
import type { ExitCode } from "../exit-codes.ts";
import type { Invocation } from "../invocation.ts";
import { findItem } from "../item-reference.ts";
import { tellCurated } from "../output/curated.ts";

/** `accession forget`: takes away all that a provider said of an item. */
export async function forget(invocation: Invocation, reference: string, provider: string): Promise<ExitCode> {
  const catalog = await openCatalogue(invocation);
  const item = await findItem(catalog, reference);
  return tellCurated(invocation.output, await catalog.forget(item, provider));
}
