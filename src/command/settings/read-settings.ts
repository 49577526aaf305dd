import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { AccessionError } from "../../engine/errors.ts";
import type { GlobalFlags } from "../global-flags.ts";
import {
  defaultSettings,
  type SettingDefinition,
  settingDefinitions,
  type SettingName,
  type Settings,
} from "./setting.ts";

/** Where a setting's value comes from; `where` is the flag, variable or file. */
interface Origin {
  readonly from: "flag" | "environment" | "file" | "default";
  readonly where?: string | undefined;
}

/** The settings of a run, each with where it comes from. */
export interface ReadSettings {
  readonly settings: Settings;
  readonly origins: Readonly<Record<SettingName, Origin>>;
}

/** From what settings are read. */
export interface SettingSources {
  readonly flags: GlobalFlags;
  /** Default: this process's. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Where `accession.config.json` is looked for. Default: this process's. */
  readonly workingFolder?: string;
}

const fileName = "accession.config.json";

/**
 * Reads the settings: a flag before the environment before the file before the default. An empty variable counts as
 * none.
 *
 * @throws AccessionError `configuration-invalid`, naming what is wrong and where.
 */
export async function readSettings(sources: SettingSources): Promise<ReadSettings> {
  const { flags, environment = process.env, workingFolder = process.cwd() } = sources;
  const { path, contents } = await findFile(flags, environment, workingFolder);
  const fallback = defaultSettings(environment);
  const entries = settingDefinitions.map((definition: SettingDefinition) => {
    const { name } = definition;
    const flag = name in flags ? flags[name as keyof typeof flags] : undefined;
    if (flag !== undefined && definition.flag !== undefined) {
      if (flag === "") throw new AccessionError("configuration-invalid", `The flag ${definition.flag} is empty.`);
      return { name, value: flag, origin: { from: "flag", where: definition.flag } } as const;
    }
    const variable = readVariable(definition, environment[definition.environment]);
    if (variable !== undefined) {
      return { name, value: variable, origin: { from: "environment", where: definition.environment } } as const;
    }
    const written = contents?.[name];
    if (written !== undefined) return { name, value: written, origin: { from: "file", where: path } } as const;
    return { name, value: fallback[name], origin: { from: "default" } } as const;
  });
  // Each definition says of which type its value is, and each of the sources has been read accordingly.
  return {
    settings: Object.fromEntries(entries.map(({ name, value }) => [name, value])) as unknown as Settings,
    origins: Object.fromEntries(entries.map(({ name, origin }) => [name, origin])) as Record<SettingName, Origin>,
  };
}

async function findFile(flags: GlobalFlags, environment: NodeJS.ProcessEnv, workingFolder: string) {
  const variable = environment["ACCESSION_CONFIG"];
  const named = flags.config ?? (variable === "" ? undefined : variable);
  const path = resolve(workingFolder, named ?? fileName);
  if (!existsSync(path)) {
    if (named === undefined) return { path, contents: undefined };
    const from = flags.config === undefined ? "The variable ACCESSION_CONFIG" : "The flag --config";
    throw new AccessionError("configuration-invalid", `${from} names ${path}, and there is no such file.`);
  }
  const { readConfigurationFile } = await import("./configuration-file.ts");
  return { path, contents: await readConfigurationFile(path) };
}

function readVariable(definition: SettingDefinition, text: string | undefined): string | number | boolean | undefined {
  if (text === undefined || text.trim() === "") return undefined;
  if (definition.type === "text") return text;
  if (definition.type === "number") {
    if (/^[1-9]\d{0,8}$/.test(text.trim())) return Number(text);
    throw new AccessionError(
      "configuration-invalid",
      `The variable ${definition.environment} is "${text.slice(0, 100)}"; it takes a whole number above 0.`,
    );
  }
  if (/^(1|true|yes|on)$/i.test(text)) return true;
  if (/^(0|false|no|off)$/i.test(text)) return false;
  throw new AccessionError(
    "configuration-invalid",
    `The variable ${definition.environment} is "${text.slice(0, 100)}"; it takes 1 or 0, true or false.`,
  );
}
