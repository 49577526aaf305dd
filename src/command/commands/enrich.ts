import { AccessionError } from "../../index.ts";
import { askCatalogue } from "../ask-catalogue.ts";
import { openCatalogue } from "../catalogue.ts";
import { commandText } from "../command-text.ts";
import type { ExitCode } from "../exit-codes.ts";
import type { EnrichFlags } from "../import-flags.ts";
import type { Invocation } from "../invocation.ts";
import { findItem } from "../item-reference.ts";

/**
 * `accession enrich`: asks the providers that are missing, or that the flags name, for an item of the catalogue; with
 * `--missing` and no item, for every item that lacks something.
 */
export async function enrich(invocation: Invocation, reference: string, flags: EnrichFlags): Promise<ExitCode> {
  const isNone = reference.trim() === "";
  if (isNone && flags.missing === true) return (await import("./enrich-missing.ts")).enrichMissing(invocation, flags);
  if (isNone)
    throw new AccessionError("query-invalid", "Give an item: an id, an identifier or a name; or --missing for all.");
  return askCatalogue(invocation, flags, {
    open: () => openCatalogue(invocation),
    ask: async (catalog, options) => catalog.enrich(await findItem(catalog, reference), options),
    commandFor: (candidate) =>
      commandText(invocation.flags, { words: ["enrich"], operands: [reference], flags: { match: candidate.id } }),
  });
}
