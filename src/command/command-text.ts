import type { GlobalFlags } from "./global-flags.ts";
import { printable, shellWord } from "./output/printable.ts";
import { maskSecrets } from "./output/secrets.ts";

/** A command line in its parts. */
export interface CommandParts {
  /** `import`, `artist`. */
  readonly words: readonly string[];
  readonly operands: readonly string[];
  /** Flags with their values; an undefined one is not given. */
  readonly flags: Readonly<Record<string, string | undefined>>;
}

const repeated = {
  database: "database",
  schema: "schema",
  musicbrainzUrl: "musicbrainz-url",
  config: "config",
} as const;

/**
 * A command line that a person can paste: quoted for a POSIX shell, with the settings that this run was given as flags,
 * unless they hold a password.
 *
 * @example commandText({}, { words: ["import", "artist"], operands: ["Nirvana"], flags: { match: "…" } });
 * // accession import artist Nirvana --match …
 */
export function commandText(globals: GlobalFlags, { words, operands, flags }: CommandParts): string {
  const settings = Object.entries(repeated).map(
    ([name, flag]) => [flag, globals[name as keyof typeof repeated]] as const,
  );
  const given = [...Object.entries(flags), ...settings].flatMap(([flag, value]) =>
    value === undefined || maskSecrets(value) !== value ? [] : [`--${flag} ${word(value)}`],
  );
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
