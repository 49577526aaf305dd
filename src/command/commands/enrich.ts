import { askCatalogue } from "../ask-catalogue.ts";
import { openCatalogue } from "../catalogue.ts";
import { commandText } from "../command-text.ts";
import { readEnrichForm } from "../enrich-form.ts";
import type { ExitCode } from "../exit-codes.ts";
import type { EnrichFlags } from "../import-flags.ts";
import type { Invocation } from "../invocation.ts";
import { findItem } from "../item-reference.ts";

/**
 * `accession enrich`: asks the providers that are missing, or that the flags name, for an item of the catalogue; without an
 * item, for all that lack something, or enqueues a provider for many.
 *
 * @throws AccessionError as {@link readEnrichForm}.
 */
export async function enrich(invocation: Invocation, item: string | undefined, flags: EnrichFlags): Promise<ExitCode> {
  const read = readEnrichForm(item, flags);
  if (read.form === "missing") return (await import("./enrich-missing.ts")).enrichMissing(invocation, flags);
  if (read.form === "provider") return (await import("./backfill.ts")).backfill(invocation, read.provider, flags);
  const { reference } = read;
  return askCatalogue(invocation, flags, {
    open: () => openCatalogue(invocation),
    ask: async (catalog, options) => catalog.enrich(await findItem(catalog, reference), options),
    commandFor: (candidate) =>
      commandText(invocation.flags, { words: ["enrich"], operands: [reference], flags: { match: candidate.id } }),
  });
}
