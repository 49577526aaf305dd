import { z } from "zod";
import { AccessionError } from "../../../engine/errors.ts";
import type { SourceSession } from "../../../engine/source.ts";
import type { Authorisation } from "../../../sources/authorisation.ts";
import type { Answered } from "../../../sources/exchange.ts";
import { createHttpSource } from "../../../sources/http-source.ts";
import { createSharedRequests } from "../../../sources/shared-requests.ts";
import { userAgent } from "../../../sources/user-agent.ts";
import type { AmazonOptions, AmazonSettings } from "./settings.ts";

/** A token is renewed so many milliseconds before it ends, so that it does not end on its way. */
const renewal = 60_000;

const tokenResponse = z.object({
  // What a header can carry; anything else would be quoted by the error that fetch throws.
  access_token: z.string().regex(/^[\x21-\x7e]+$/, "is no token"),
  expires_in: z.number().positive(),
});

/**
 * The token with which the Creators API is asked, by OAuth 2 client credentials: one for the whole process, fetched when it
 * is first needed, however many need it at once. The secret and the token are sent, and nothing else is done with them.
 *
 * Source of the rules: https://affiliate-program.amazon.com/creatorsapi/docs and RFC 6749, section 4.4.
 *
 * @param settings of which the credentials are set.
 * @param options.now milliseconds since 1970. Default: Date.now.
 */
export function createAccessToken(
  settings: AmazonSettings,
  options: Pick<AmazonOptions, "timeout" | "attempts" | "backOff" | "fetch"> & { readonly now?: () => number },
): Authorisation {
  const { version, credentialId, credentialSecret, tokenUrl } = settings;
  const { now = Date.now } = options;
  const secrets = [credentialSecret];
  const shared = createSharedRequests<string>();
  let current: { readonly header: string; readonly renewAt: number } | undefined;
  const source = createHttpSource({
    name: "amazon-token",
    baseUrl: tokenUrl,
    interval: 0,
    userAgent: userAgent(),
    timeout: options.timeout,
    attempts: options.attempts,
    backOff: options.backOff,
    fetch: options.fetch,
    secrets,
    keepsSnapshots: false,
    maxBytes: 64 * 1024,
    explain: explainTokenRefusal,
  });
  const question = {
    grant_type: "client_credentials",
    client_id: credentialId,
    client_secret: credentialSecret,
    scope: version.major === 2 ? "creatorsapi/default" : "creatorsapi::default",
  };

  async function fetchToken(session: SourceSession): Promise<string> {
    const body = version.major === 2 ? new URLSearchParams(question) : question;
    const answer = await source.connect(session).post("", body, tokenResponse);
    if (answer.status === "absent")
      throw new AccessionError("configuration-invalid", `Amazon gives no tokens at ${tokenUrl}.`);
    const { access_token: token, expires_in: seconds } = answer.data;
    const header = version.major === 2 ? `Bearer ${token}, Version ${version.text}` : `Bearer ${token}`;
    current = { header, renewAt: now() + seconds * 1000 - renewal };
    return header;
  }

  return {
    secrets,
    async header(session) {
      if (current && now() < current.renewAt) return current.header;
      return shared.join("token", session, async (party) =>
        fetchToken({ ...session, signal: party.signal, onRequest: () => party.sessions()[0]?.onRequest() }),
      );
    },
    refused(header) {
      // Another request may have renewed it already.
      if (current?.header === header) current = undefined;
    },
  };
}

/** What the token address refuses with. Its own words are not quoted, since they may repeat what was sent. */
function explainTokenRefusal({ status, json }: Answered): AccessionError | undefined {
  if (status < 400 || status >= 500 || status === 404 || status === 408 || status === 429) return undefined;
  const said = z.object({ error: z.string().regex(/^[a-z_]{1,40}$/) }).safeParse(json).data?.error;
  return new AccessionError(
    "source-unauthorised",
    `Amazon gives no token for this credential (status ${status}${said === undefined ? "" : `, ${said}`}). Check ACCESSION_AMAZON_CREDENTIAL_ID, ACCESSION_AMAZON_CREDENTIAL_SECRET and ACCESSION_AMAZON_CREDENTIAL_VERSION; a new credential may take up to 48 hours.`,
  );
}
