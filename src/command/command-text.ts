import type { GlobalFlags } from "./global-flags.ts";
import { printable, shellWord } from "./output/printable.ts";
import { maskSecrets } from "./output/secrets.ts";

/** A command line in its parts. */
export interface CommandParts {
  /** `import`, `artist`. */
  readonly words: readonly string[];
  readonly operands: readonly string[];
  /** Flags with their values, an empty one for a flag that takes none; an undefined one is not given. */
  readonly flags: Readonly<Record<string, string | undefined>>;
}

/** The settings that a run was given as flags, as flags: a command that goes on with it has to have the same. */
function settingsOf({
  offline,
  snapshots,
  ...globals
}: GlobalFlags): readonly (readonly [string, string | undefined])[] {
  return [
    ["database", globals.database],
    ["schema", globals.schema],
    ["musicbrainz-url", globals.musicbrainzUrl],
    ["contact", globals.contact],
    [offline === false ? "no-offline" : "offline", offline === undefined ? undefined : ""],
    [snapshots === false ? "no-snapshots" : "snapshots", snapshots === undefined ? undefined : ""],
    ["images", globals.images],
    ["cover-art-archive-url", globals.coverArtArchiveUrl],
    ["config", globals.config],
  ];
}

/**
 * A command line that a person can paste: quoted for a POSIX shell, with the settings that this run was given as flags,
 * unless they hold a password.
 *
 * @example commandText({}, { words: ["import", "artist"], operands: ["Nirvana"], flags: { match: "…" } });
 * // accession import artist Nirvana --match …
 */
export function commandText(globals: GlobalFlags, { words, operands, flags }: CommandParts): string {
  const given = [...Object.entries(flags), ...settingsOf(globals)].flatMap(([flag, value]) => {
    if (value === undefined || maskSecrets(value) !== value) return [];
    return value === "" ? [`--${flag}`] : [`--${flag} ${word(value)}`];
  });
  // A name that begins with a hyphen would be taken for a flag.
  const hasHyphen = operands.some((operand) => operand.startsWith("-"));
  const parts = hasHyphen ? [...given, "--", ...operands.map(word)] : [...operands.map(word), ...given];
  return ["accession", ...words, ...parts].join(" ");
}

/** Conditions as {@link CommandParts.words}, since a flag that is repeated has no place among the flags. */
export function conditionWords(where: readonly string[]): readonly string[] {
  return where.flatMap((condition) => ["--where", word(condition)]);
}

function word(text: string): string {
  return printable(shellWord(text));
}
