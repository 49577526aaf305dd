import type { Sandbox } from "./open-sandbox.ts";

/**
 * The variables by which the command `accession` uses a sandbox for all of its sources. The credentials in them are the
 * sandbox's own, and no secret.
 *
 * @example const child = spawn("accession", ["import", "artist", "Pink Floyd"], { env: environmentOf(sandbox) });
 */
export function environmentOf({
  url,
  coverArtUrl,
  amazon,
  languageModelUrl,
}: Sandbox): Readonly<Record<string, string>> {
  return {
    ACCESSION_MUSICBRAINZ_URL: url,
    ACCESSION_COVER_ART_ARCHIVE_URL: coverArtUrl,
    ACCESSION_AMAZON_URL: amazon.url,
    ACCESSION_AMAZON_TOKEN_URL: amazon.tokenUrl(3),
    ACCESSION_AMAZON_CREDENTIAL_ID: amazon.credentialId,
    ACCESSION_AMAZON_CREDENTIAL_SECRET: amazon.credentialSecret,
    ACCESSION_AMAZON_PARTNER_TAG: amazon.partnerTag,
    ACCESSION_AI_URL: languageModelUrl,
    ACCESSION_AI_MODEL: "describe",
  };
}
