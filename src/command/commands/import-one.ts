import { AccessionError, type Catalog, type ImportOptions, type ImportResult, itemId } from "../../index.ts";
import { artist } from "../../music/index.ts";
import { askCatalogue } from "../ask-catalogue.ts";
import { openCatalogue } from "../catalogue.ts";
import { commandText } from "../command-text.ts";
import type { ExitCode } from "../exit-codes.ts";
import type { AskFlags } from "../import-flags.ts";
import type { Invocation } from "../invocation.ts";
import { findItem } from "../item-reference.ts";
import { kinds } from "../kinds.ts";

/** An import as the command line describes it. */
export interface ImportCommand {
  readonly words: readonly string[];
  readonly name: string | undefined;
  /** The flags that belong to the question, so that the command which picks a candidate can repeat them. */
  readonly given: Readonly<Record<string, string | undefined>>;
  readonly run: (catalog: Catalog, options: ImportOptions) => Promise<ImportResult>;
}

/** Imports one item, and tells what came of it. */
export async function importItem(invocation: Invocation, flags: AskFlags, command: ImportCommand): Promise<ExitCode> {
  return askCatalogue(invocation, flags, {
    open: () => openCatalogue(invocation),
    ask: command.run,
    commandFor: (candidate) =>
      commandText(invocation.flags, {
        words: command.words,
        operands: command.name === undefined ? [] : [command.name],
        flags: { ...command.given, match: candidate.id },
      }),
  });
}

/** Refuses both forms of a question at once, and none. */
export function requireOneForm(
  operand: string,
  name: string | undefined,
  mbid: string | undefined,
  filters: Readonly<Record<string, string | undefined>>,
): void {
  const flag = Object.keys(filters).find((filter) => filters[filter] !== undefined);
  const wrong =
    name === undefined && mbid === undefined
      ? `Give a ${operand}, or --mbid with a MusicBrainz id.`
      : name !== undefined && mbid !== undefined
        ? `Give either a ${operand} or --mbid, not both.`
        : mbid !== undefined && flag !== undefined
          ? `--${flag} tells namesakes apart; with --mbid there are none.`
          : undefined;
  if (wrong !== undefined) throw new AccessionError("query-invalid", wrong);
}

/** A year as its number, and anything else as it is typed. */
export function yearOf(text: string | undefined): string | number | undefined {
  return text !== undefined && /^\d{1,4}$/.test(text) ? Number(text) : text;
}

/** Whom something is credited to: an item of the catalogue where an id or a known identifier is given, else a name. */
export async function readArtist(
  catalog: Catalog,
  text: string | undefined,
): Promise<string | { item: string } | undefined> {
  if (text === undefined) return undefined;
  const [, scheme] = /^([a-z0-9.-]+):./.exec(text) ?? [];
  const isIdentifier = kinds.some((kind) => kind.identifiers.some((known) => known.name === scheme));
  if (!isIdentifier && !itemId.safeParse(text).success) return text;
  const item = await findItem(catalog, text);
  if (item.kind === artist.name) return { item: item.id };
  throw new AccessionError(
    "query-invalid",
    `--artist takes an artist, and ${item.title} (${item.id}) is a ${item.kind}.`,
  );
}
