import { AccessionError, type Catalog, type ImportOptions, type ImportResult, itemId } from "../../index.ts";
import { artist } from "../../music/index.ts";
import { askCatalogue } from "../ask-catalogue.ts";
import { openCatalogue } from "../catalogue.ts";
import { commandText } from "../command-text.ts";
import type { ExitCode } from "../exit-codes.ts";
import type { AskFlags } from "../import-flags.ts";
import type { Invocation } from "../invocation.ts";
import { findItemOfKind } from "../item-reference.ts";
import { kinds } from "../kinds.ts";
import { refuseAddress } from "../musicbrainz-page.ts";

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

/** How a command line names the one item that it imports. */
export interface Naming {
  readonly words: readonly string[];
  /** What the name is called: `TITLE`. */
  readonly operand: string;
  readonly name: string | undefined;
  /** The flags that name an item by themselves. */
  readonly codes: { readonly [Flag in keyof typeof codes]?: string | undefined };
  /** The flags that tell those apart that have the name. */
  readonly filters: Readonly<Record<string, string | undefined>>;
}

/** What flags take that name an item by themselves. */
const codes = { mbid: "a MusicBrainz id", isrc: "an ISRC", barcode: "a barcode" } as const;

/** Refuses a question without any name of an item, and one with two. @throws AccessionError `query-invalid`. */
export function requireOneName({ words, operand, name, codes: flags, filters }: Naming): void {
  const given = Object.entries(flags).flatMap(([flag, value]) => (value === undefined ? [] : [`--${flag}`]));
  const [first, second] = name === undefined ? given : [`a ${operand}`, ...given];
  const filter = Object.keys(filters).find((one) => filters[one] !== undefined);
  if (first === undefined) {
    const ways = Object.keys(flags).map((flag) => `--${flag} with ${codes[flag as keyof typeof codes]}`);
    throw wrong(`Give a ${[operand, ...ways].join(", or ")}.`);
  }
  if (second !== undefined) throw wrong(`Give either ${first} or ${second}, not both.`);
  if (name === undefined && filter !== undefined)
    throw wrong(`--${filter} tells namesakes apart; with ${first} there are none.`);
  refuseAddress(name, operand);

  function wrong(message: string): AccessionError {
    const remedy = `\`accession ${words.join(" ")} --help\` shows what goes with what.`;
    return new AccessionError("query-invalid", message, { remedy });
  }
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
  return { item: await findItemOfKind(catalog, text, artist.name, "--artist takes an artist") };
}
