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
  /** A folder, or `none`. Absent: `images` in the catalogue's folder; on PostgreSQL, none. */
  readonly images: string | undefined;
  /** Absent: coverartarchive.org. */
  readonly coverArtArchiveUrl: string | undefined;
  /** Absent: none, with which Amazon is skipped; so too the secret and the tag. */
  readonly amazonCredentialId: string | undefined;
  readonly amazonCredentialSecret: string | undefined;
  /** Absent: 3. */
  readonly amazonCredentialVersion: string | undefined;
  readonly amazonPartnerTag: string | undefined;
  /** Absent: www.amazon.com. */
  readonly amazonMarketplace: string | undefined;
  /** Absent: Amazon's own. */
  readonly amazonUrl: string | undefined;
  /** Absent: Amazon's own, for the version and the marketplace. */
  readonly amazonTokenUrl: string | undefined;
  /** Requests a day. */
  readonly amazonDailyRequests: number;
  /** Absent: none, and nothing is described. */
  readonly aiModel: string | undefined;
  readonly aiApiKey: string | undefined;
  /** Absent: the service that the model's name begins with. */
  readonly aiUrl: string | undefined;
  /** US dollars per million tokens, in and out: `0.25/2`. Absent: none, and cost is not counted. */
  readonly aiPrice: string | undefined;
  /** US dollars a day: `1.50`. Absent: no limit. */
  readonly aiBudget: string | undefined;
}

/** What the setting `images` says where none are to be kept. */
export const noImages = "none";

/** The name of a setting, as the configuration file spells it. */
export type SettingName = keyof Settings;

/**
 * Every setting: its flag, its environment variable, and whether it is a text, a switch or a whole number above 0. What has
 * no flag, such as a secret, which other users of the machine could read on the command line, comes from the environment
 * or the file. A secret is never shown.
 */
export const settingDefinitions = [
  { name: "database", flag: "--database", environment: "ACCESSION_DATABASE", type: "text" },
  { name: "schema", flag: "--schema", environment: "ACCESSION_SCHEMA", type: "text" },
  { name: "musicbrainzUrl", flag: "--musicbrainz-url", environment: "ACCESSION_MUSICBRAINZ_URL", type: "text" },
  { name: "contact", flag: "--contact", environment: "ACCESSION_CONTACT", type: "text" },
  { name: "offline", flag: "--offline", environment: "ACCESSION_OFFLINE", type: "switch" },
  { name: "snapshots", flag: "--no-snapshots", environment: "ACCESSION_SNAPSHOTS", type: "switch" },
  { name: "images", flag: "--images", environment: "ACCESSION_IMAGES", type: "text" },
  {
    name: "coverArtArchiveUrl",
    flag: "--cover-art-archive-url",
    environment: "ACCESSION_COVER_ART_ARCHIVE_URL",
    type: "text",
  },
  { name: "amazonCredentialId", environment: "ACCESSION_AMAZON_CREDENTIAL_ID", type: "text" },
  { name: "amazonCredentialSecret", environment: "ACCESSION_AMAZON_CREDENTIAL_SECRET", type: "text", isSecret: true },
  { name: "amazonCredentialVersion", environment: "ACCESSION_AMAZON_CREDENTIAL_VERSION", type: "text" },
  { name: "amazonPartnerTag", environment: "ACCESSION_AMAZON_PARTNER_TAG", type: "text" },
  { name: "amazonMarketplace", environment: "ACCESSION_AMAZON_MARKETPLACE", type: "text" },
  { name: "amazonUrl", environment: "ACCESSION_AMAZON_URL", type: "text" },
  { name: "amazonTokenUrl", environment: "ACCESSION_AMAZON_TOKEN_URL", type: "text" },
  { name: "amazonDailyRequests", environment: "ACCESSION_AMAZON_DAILY_REQUESTS", type: "number" },
  { name: "aiModel", environment: "ACCESSION_AI_MODEL", type: "text" },
  { name: "aiApiKey", environment: "ACCESSION_AI_API_KEY", type: "text", isSecret: true },
  { name: "aiUrl", environment: "ACCESSION_AI_URL", type: "text" },
  { name: "aiPrice", environment: "ACCESSION_AI_PRICE", type: "text" },
  { name: "aiBudget", environment: "ACCESSION_AI_BUDGET", type: "text" },
] as const satisfies readonly SettingDefinition[];

/** What a setting is called in each place, and what it takes. */
export interface SettingDefinition {
  readonly name: SettingName;
  /** Absent: it has none. */
  readonly flag?: string;
  readonly environment: string;
  readonly type: "text" | "switch" | "number";
  /** Whether it is masked wherever it would be shown. Default: false. */
  readonly isSecret?: boolean;
}

/** What holds where nobody says otherwise. */
export function defaultSettings(environment: NodeJS.ProcessEnv): Settings {
  return {
    database: join(dataFolder(environment), "accession", "catalogue"),
    schema: "accession",
    musicbrainzUrl: undefined,
    contact: undefined,
    offline: false,
    snapshots: true,
    images: undefined,
    coverArtArchiveUrl: undefined,
    amazonCredentialId: undefined,
    amazonCredentialSecret: undefined,
    amazonCredentialVersion: undefined,
    amazonPartnerTag: undefined,
    amazonMarketplace: undefined,
    amazonUrl: undefined,
    amazonTokenUrl: undefined,
    amazonDailyRequests: 8640,
    aiModel: undefined,
    aiApiKey: undefined,
    aiUrl: undefined,
    aiPrice: undefined,
    aiBudget: undefined,
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
