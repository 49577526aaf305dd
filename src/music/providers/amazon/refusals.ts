import { z } from "zod";
import { AccessionError } from "../../../engine/errors.ts";
import type { Answered } from "../../../sources/exchange.ts";

/** The flat body of every error: https://affiliate-program.amazon.com/creatorsapi/docs */
const refusal = z.object({
  type: z.string().regex(/^[A-Z][A-Za-z]+Exception$/),
  reason: z.string().catch(""),
  message: z.string().catch(""),
});

/**
 * The error that an answer of the Creators API is, and what its reader can do about it. The type decides, since a fault may
 * come with status 200; an answer without a type is left to its status.
 */
export function explainRefusal({ status, json, retryAfter }: Answered): AccessionError | undefined {
  const said = refusal.safeParse(json).data;
  if (!said) return status === 401 ? unauthorised("") : undefined;
  const { type, reason } = said;
  const words = quoted(said.message);
  const wait = retryAfter === undefined ? {} : { retryAfter };
  switch (type) {
    case "ValidationException":
      return reason === "InvalidPartnerTag" || reason === "InvalidAssociate"
        ? new AccessionError(
            "configuration-invalid",
            `Amazon does not take the partner tag (${reason}${words}). ACCESSION_AMAZON_PARTNER_TAG must be a tag of the account that the credential belongs to, in the marketplace of ACCESSION_AMAZON_MARKETPLACE.`,
          )
        : new AccessionError("source-rejected", `Amazon refused the request (${reason || type}${words}).`);
    case "UnauthorizedException":
      return unauthorised(reason);
    case "AccessDeniedException":
      return new AccessionError(
        "source-unauthorised",
        reason === "AssociateNotEligible"
          ? "Amazon lets no account ask that has not made 10 qualifying sales within the last 30 days (AssociateNotEligible). Make them, or take the settings ACCESSION_AMAZON_* away until then; a new credential may take up to 48 hours."
          : `Amazon denies access (${reason || type}${words}). Look at the credential in the Associates account.`,
      );
    case "ThrottleException":
      return new AccessionError(
        "source-throttled",
        `Amazon asks for fewer requests${retryAfter === undefined ? "" : `, and for none within ${Math.ceil(retryAfter / 1000)} s`}.`,
        { retryable: true, ...wait },
      );
    case "InternalServerException":
      return new AccessionError("source-unavailable", `Amazon failed (status ${status}).`, {
        retryable: true,
        ...wait,
      });
    case "ResourceNotFoundException":
      return undefined;
    default:
      return new AccessionError("source-rejected", `Amazon refused the request (${type.slice(0, 100)}${words}).`);
  }
}

/** Its words are not quoted: they are about the token, and may hold it. */
function unauthorised(reason: string): AccessionError {
  const why = /^[A-Za-z]{1,40}$/.test(reason) ? ` (${reason})` : "";
  return new AccessionError(
    "source-unauthorised",
    `Amazon does not take the token that it gave for this credential${why}. Check that ACCESSION_AMAZON_CREDENTIAL_VERSION is the version shown beside the credential, and ACCESSION_AMAZON_MARKETPLACE one of its region.`,
  );
}

function quoted(message: string): string {
  const line = (message.trim().split(/[\r\n]/, 1)[0] ?? "").slice(0, 200).replace(/\.$/, "");
  return line === "" ? "" : `: ${line}`;
}
