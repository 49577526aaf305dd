import { AccessionError } from "../../../engine/errors.ts";
import { findMarketplace, type Marketplace, type Region, regionsByMinor, tokenUrls } from "./marketplaces.ts";

/** How Amazon's Creators API, or a double of it, is asked: https://affiliate-program.amazon.com/creatorsapi/docs */
export interface AmazonOptions {
  /** The credential's id. Default: none; without it, the secret and the tag, the provider is skipped. */
  readonly credentialId?: string | undefined;
  /** The credential's secret. It is sent to the token address alone, and never logged. Default: none. */
  readonly credentialSecret?: string | undefined;
  /** The version that Amazon shows beside the credential: `3.1`, `2.2`. Without its minor part the marketplace decides. Default: 3. */
  readonly credentialVersion?: string | undefined;
  /** The Associates tag that each link carries, of the same marketplace: `example-20`. Default: none. */
  readonly partnerTag?: string | undefined;
  /** The shop that is searched: `www.amazon.de`, `amazon.de` or `de`. Default: www.amazon.com. */
  readonly marketplace?: string | undefined;
  /** Where the API is. Default: https://creatorsapi.amazon */
  readonly url?: string | undefined;
  /** Where its tokens come from. Default: the address for the version and the region. */
  readonly tokenUrl?: string | undefined;
  /** Milliseconds between two requests, over all processes. Default: 1,000, which Amazon allows; on this machine itself 0. */
  readonly interval?: number | undefined;
  /** Milliseconds that one attempt may take. Default: 15,000. */
  readonly timeout?: number | undefined;
  /** How often a request is tried in all. Default: 4. */
  readonly attempts?: number | undefined;
  /** Milliseconds of the pause after the first failure, at most; each later pause is twice as long. Default: 1,000. */
  readonly backOff?: number | undefined;
  /** Default: Node's fetch. */
  readonly fetch?: typeof fetch | undefined;
}

/** Options that were read: what is left out is filled in. */
export interface AmazonSettings {
  /** Empty where they are not set. */
  readonly credentialId: string;
  readonly credentialSecret: string;
  readonly partnerTag: string;
  /** Decides how a token is asked for and how it is shown. */
  readonly version: { readonly major: 2 | 3; readonly text: string };
  readonly marketplace: Marketplace;
  readonly url: string;
  readonly tokenUrl: string;
  /** Milliseconds. */
  readonly interval: number;
  /** Names of the settings without which Amazon cannot be asked; empty where it can. */
  readonly missing: readonly string[];
}

const required = [
  { option: "credentialId", variable: "ACCESSION_AMAZON_CREDENTIAL_ID" },
  { option: "credentialSecret", variable: "ACCESSION_AMAZON_CREDENTIAL_SECRET" },
  { option: "partnerTag", variable: "ACCESSION_AMAZON_PARTNER_TAG" },
] as const;

/**
 * Reads the options. Credentials that are not set are no error: most people have none.
 *
 * @throws AccessionError `configuration-invalid` for a marketplace or a version that does not exist.
 */
export function readAmazonOptions(options: AmazonOptions): AmazonSettings {
  const marketplace = findMarketplace(options.marketplace ?? "www.amazon.com");
  if (!marketplace) {
    throw new AccessionError(
      "configuration-invalid",
      `Amazon has no marketplace "${options.marketplace?.slice(0, 100)}"; it takes a host such as www.amazon.de. It comes from the option \`marketplace\` or the environment variable ACCESSION_AMAZON_MARKETPLACE.`,
    );
  }
  const { major, region } = readVersion(options.credentialVersion ?? "3", marketplace.region);
  const url = options.url ?? "https://creatorsapi.amazon";
  const isLoopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(URL.parse(url)?.hostname ?? "");
  return {
    credentialId: options.credentialId?.trim() ?? "",
    credentialSecret: options.credentialSecret?.trim() ?? "",
    partnerTag: options.partnerTag?.trim() ?? "",
    version: { major, text: `${major}.${regionsByMinor.indexOf(region) + 1}` },
    marketplace,
    url,
    tokenUrl: options.tokenUrl ?? tokenUrls[major][region],
    interval: options.interval ?? (isLoopback ? 0 : 1_000),
    missing: required.filter(({ option }) => !options[option]?.trim()).map(({ variable }) => variable),
  };
}

/** Why Amazon cannot be asked with these settings, and what to do about it; undefined where it can. */
export function whyUnavailable({ missing }: AmazonSettings): string | undefined {
  if (missing.length === 0) return undefined;
  return `Amazon cannot be asked without ${missing.join(", ")}: set what an Associates account shows under Creators API (docs/amazon.md)`;
}

function readVersion(text: string, region: Region): { readonly major: 2 | 3; readonly region: Region } {
  const [, major, minor] = /^([23])(?:\.([123]))?$/.exec(text.trim()) ?? [];
  if (major === undefined) {
    throw new AccessionError(
      "configuration-invalid",
      `Amazon has no credentials of version "${text.slice(0, 100)}"; it takes 3, 3.1, 3.2, 3.3, 2, 2.1, 2.2 or 2.3. It comes from the option \`credentialVersion\` or the environment variable ACCESSION_AMAZON_CREDENTIAL_VERSION.`,
    );
  }
  return { major: major === "2" ? 2 : 3, region: regionsByMinor[Number(minor) - 1] ?? region };
}
