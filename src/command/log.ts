import type { Log } from "../engine/log.ts";
import { maskSecrets } from "./output/secrets.ts";
import { settingDefinitions, type SettingDefinition, type Settings } from "./settings/setting.ts";

/**
 * What `--verbose` logs with: one JSON object a line on standard error, written at once, so that nothing is missing should
 * the process end abruptly. Whatever logs a secret, under whatever name, its value is masked in the line as it leaves.
 */
export async function createLog(settings: Settings): Promise<Log> {
  const { pino } = await import("pino");
  const secrets = secretValues(settings);
  const masked = (line: string): string =>
    secrets.reduce((text, secret) => text.replaceAll(secret, "***"), maskSecrets(line));
  const options = { name: "accession", level: "debug", hooks: { streamWrite: masked } };
  const log: Log = pino(options, pino.destination({ dest: 2, sync: true }));
  return log;
}

/** The values that must not be seen, as they are and as JSON and URLs spell them. */
function secretValues(settings: Settings): readonly string[] {
  const definitions: readonly SettingDefinition[] = settingDefinitions;
  const values = definitions.flatMap(({ name, isSecret }) => (isSecret === true ? [settings[name]] : []));
  const password = URL.parse(settings.database)?.password;
  return [...values, password, password && decodeURIComponent(password)]
    .filter((value) => typeof value === "string")
    .filter((value) => value.length >= 4)
    .flatMap((value) => [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)]);
}
