import type { GlobalFlags } from "./global-flags.ts";
import { printable, shellWord } from "./output/printable.ts";
import { maskSecrets } from "./output/secrets.ts";
import { settingDefinitions } from "./settings/setting.ts";

/** A command line in its parts. */
export interface CommandParts {
  /** `import`, `artist`. */
  readonly words: readonly string[];
  readonly operands: readonly string[];
  /** Flags with their values; an undefined one is not given. */
  readonly flags: Readonly<Record<string, string | undefined>>;
}

/** The settings that may be given as flags: a command that goes on with a run has to have those that the run was given. */
const flaggedSettings = settingDefinitions.flatMap((one) => ("flag" in one ? [one] : []));

/**
 * A command line that a person can paste: quoted for a POSIX shell, with the settings that this run was given as flags,
 * unless they hold a password.
 *
 * @example commandText({}, { words: ["import", "artist"], operands: ["Nirvana"], flags: { match: "…" } });
 * // accession import artist Nirvana --match …
 */
export function commandText(globals: GlobalFlags, { words, operands, flags }: CommandParts): string {
  const given = [
    ...Object.entries(flags).flatMap(([flag, value]) => flagText(`--${flag}`, value)),
    ...flaggedSettings.flatMap(({ flag, name }) => flagText(flag, globals[name])),
    ...flagText("--config", globals.config),
  ];
  // A name that begins with a hyphen would be taken for a flag; a hyphen alone is standard input.
  const hasHyphen = operands.some((operand) => /^-./s.test(operand));
  const parts = hasHyphen ? [...given, "--", ...operands.map(word)] : [...operands.map(word), ...given];
  return ["accession", ...words, ...parts].join(" ");
}

/** A flag as it is typed; nothing for one that was not given, or holds a password. */
function flagText(flag: string, value: string | boolean | undefined): readonly string[] {
  if (value === undefined) return [];
  // A switch is turned on and off by the two forms of its flag.
  if (typeof value === "boolean") return [flag.replace(/^--(?:no-)?/, value ? "--" : "--no-")];
  return maskSecrets(value) === value ? [`${flag} ${word(value)}`] : [];
}

/** Conditions as {@link CommandParts.words}, since a flag that is repeated has no place among the flags. */
export function conditionWords(where: readonly string[]): readonly string[] {
  return where.flatMap((condition) => ["--where", word(condition)]);
}

function word(text: string): string {
  return printable(shellWord(text));
}
