import { AccessionError } from "../engine/errors.ts";
import type { EnrichFlags } from "./import-flags.ts";

/** What `enrich` is to do: ask about one item, about all that lack something, or enqueue a provider for many. */
export type EnrichForm =
  | { readonly form: "item"; readonly reference: string }
  | { readonly form: "missing" }
  | { readonly form: "provider"; readonly provider: string };

type Flag = keyof EnrichFlags;

/** For each form, the flags that mean nothing with it, and what does what its writer may have wanted. */
const refused: { readonly [Form in EnrichForm["form"]]: { readonly [Name in Flag]?: string } } = {
  item: {
    provider: "`accession enrich ITEM --providers NAME` asks a provider about one item",
    missing: "`accession enrich ITEM` asks about what is missing",
    failed: "`accession jobs retry ITEM` runs again what failed or was given up",
    olderThan: "`accession enrich ITEM --force` asks again, whenever it was last asked",
    kind: "where several items have a name, write an item's id; `accession search NAME --kind KIND` finds it",
    limit: "it is for --missing and --provider, which are about many items",
  },
  missing: {
    ...ofOneItem(),
    providers: "`accession enrich --provider NAME --missing` enqueues one provider",
    force: "`accession enrich --provider NAME --older-than 0s` asks a provider again about everything",
    wait: "`accession work` runs the background providers, and `accession work --drain` until none is due",
    failed: "`accession enrich --provider NAME --failed` is about what failed",
    olderThan: "`accession enrich --provider NAME --older-than AGE` is about what was asked long ago",
  },
  provider: {
    ...ofOneItem(),
    providers: "write a command for each: `accession enrich --provider NAME`",
    force: "`accession enrich --provider NAME --older-than 0s` asks again about everything",
    wait: "write `accession work --drain --providers NAME` after it",
  },
};

function ofOneItem() {
  const match = "it goes with an item: `accession enrich ITEM --match ID`";
  return { match, reject: match.replace("--match", "--reject") };
}

/** What the forms are called where a flag is refused. */
const names = { item: "an item", missing: "--missing alone", provider: "--provider" } as const;

/**
 * Reads what an `enrich` is to do.
 *
 * @throws AccessionError `query-invalid` where that cannot be told, or a flag means nothing with it, saying what to write.
 */
export function readEnrichForm(reference: string | undefined, flags: EnrichFlags): EnrichForm {
  const read = formOf(reference, flags);
  const advice = refused[read.form];
  for (const [flag, instead] of Object.entries(advice)) {
    if (flags[flag as Flag] === undefined) continue;
    const word = flag.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const filled = "provider" in read ? instead.replaceAll("NAME", read.provider) : instead;
    throw new AccessionError("query-invalid", `--${word} does not go with ${names[read.form]}: ${filled}.`);
  }
  return read;
}

function formOf(reference: string | undefined, { provider, missing, failed, olderThan }: EnrichFlags): EnrichForm {
  if (reference !== undefined) {
    // An empty variable of a shell must not become the whole catalogue.
    if (reference.trim() === "")
      throw new AccessionError("query-invalid", "ITEM is empty: give an id, an identifier or a name.");
    return { form: "item", reference };
  }
  if (provider !== undefined) return { form: "provider", provider };
  if (missing === true) return { form: "missing" };
  const flag =
    failed === true ? "--failed" : olderThan === undefined ? undefined : `--older-than ${olderThan.slice(0, 20)}`;
  throw new AccessionError(
    "query-invalid",
    flag === undefined
      ? "Give an item: an id, an identifier or a name; or --missing or --provider NAME for the whole catalogue."
      : `Say whose runs are meant: \`accession enrich --provider NAME ${flag}\`.`,
  );
}
