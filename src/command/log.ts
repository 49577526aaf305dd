import type { Log } from "../engine/log.ts";
import { createSecrets } from "../engine/secrets.ts";
import { passwordsOf } from "../store/database-passwords.ts";
import { maskSecrets } from "./output/secrets.ts";
import { settingDefinitions, type SettingDefinition, type Settings } from "./settings/setting.ts";

/**
 * What `--verbose` logs with: one JSON object a line on standard error, written at once, so that nothing is missing should
 * the process end abruptly. Whatever logs a secret, under whatever name, its value is masked in the line as it leaves.
 */
export async function createLog(settings: Settings): Promise<Log> {
  const { pino } = await import("pino");
  const secrets = createSecrets(secretValues(settings));
  const masked = (line: string): string => secrets.mask(maskSecrets(line));
  const options = { name: "accession", level: "debug", hooks: { streamWrite: masked } };
  const log: Log = pino(options, pino.destination({ dest: 2, sync: true }));
  return log;
}

/** The values that must not be seen. */
function secretValues(settings: Settings): readonly (string | undefined)[] {
  const definitions: readonly SettingDefinition[] = settingDefinitions;
  const values = definitions.flatMap(({ name, isSecret }) => (isSecret === true ? [settings[name]] : []));
  return [...values.filter((value) => typeof value === "string"), ...passwordsOf(settings.database, process.env)];
}
