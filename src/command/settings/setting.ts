import { homedir } from "node:os";
import { join } from "node:path";

/** What the command is configured with. */
export interface Settings {
  /** A folder, `memory:`, or a `postgres://` URL. */
  readonly database: string;
  readonly schema: string;
  /** Absent: musicbrainz.org. */
  readonly musicbrainzUrl: string | undefined;
  /** Absent: none, with which musicbrainz.org cannot be asked. */
  readonly contact: string | undefined;
  readonly offline: boolean;
  readonly snapshots: boolean;
}

/** The name of a setting, as the configuration file spells it. */
export type SettingName = keyof Settings;

/** Every setting: its flag, its environment variable, and whether it is a text or a switch. */
export const settingDefinitions = [
  { name: "database", flag: "--database", environment: "ACCESSION_DATABASE", type: "text" },
  { name: "schema", flag: "--schema", environment: "ACCESSION_SCHEMA", type: "text" },
  { name: "musicbrainzUrl", flag: "--musicbrainz-url", environment: "ACCESSION_MUSICBRAINZ_URL", type: "text" },
  { name: "contact", flag: "--contact", environment: "ACCESSION_CONTACT", type: "text" },
  { name: "offline", flag: "--offline", environment: "ACCESSION_OFFLINE", type: "switch" },
  { name: "snapshots", flag: "--no-snapshots", environment: "ACCESSION_SNAPSHOTS", type: "switch" },
] as const satisfies readonly {
  readonly name: SettingName;
  readonly flag: string;
  readonly environment: string;
  readonly type: "text" | "switch";
}[];

/** One of {@link settingDefinitions}. */
export type SettingDefinition = (typeof settingDefinitions)[number];

/** What holds where nobody says otherwise. */
export function defaultSettings(environment: NodeJS.ProcessEnv): Settings {
  return {
    database: join(dataFolder(environment), "accession", "catalogue"),
    schema: "accession",
    musicbrainzUrl: undefined,
    contact: undefined,
    offline: false,
    snapshots: true,
  };
}

/**
 * Where programs keep a user's data, so that the command finds the same catalogue from every working directory.
 * Source of the rule: https://specifications.freedesktop.org/basedir-spec/latest/
 */
function dataFolder(environment: NodeJS.ProcessEnv): string {
  const { XDG_DATA_HOME: xdg, LOCALAPPDATA: local } = environment;
  if (xdg !== undefined && xdg.startsWith("/")) return xdg;
  if (process.platform === "win32") return local ?? join(homedir(), "AppData", "Local");
  if (process.platform === "darwin") return join(homedir(), "Library", "Application Support");
  return join(homedir(), ".local", "share");
}
