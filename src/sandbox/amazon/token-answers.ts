import type { TokenVersion, Tokens } from "./tokens.ts";
import { sandboxCredential } from "./tokens.ts";

const scopes: Readonly<Record<TokenVersion, string>> = { 2: "creatorsapi/default", 3: "creatorsapi::default" };
const forms: Readonly<Record<TokenVersion, string>> = { 2: "application/x-www-form-urlencoded", 3: "application/json" };

const refusal = (status: number, error: string): Response => Response.json({ error }, { status });

/** Answers a request for a token as its version wants it: a form for 2, JSON for 3 (RFC 6749, section 5). */
export const answerTokenRequest = async (
  request: Request,
  version: TokenVersion,
  tokens: Tokens,
): Promise<Response> => {
  if (request.headers.get("content-type")?.startsWith(forms[version]) !== true) return refusal(400, "invalid_request");
  const asked = await read(request, version);
  if (asked["grant_type"] !== "client_credentials") return refusal(400, "unsupported_grant_type");
  if (asked["scope"] !== scopes[version]) return refusal(400, "invalid_scope");
  if (asked["client_id"] !== sandboxCredential.id || asked["client_secret"] !== sandboxCredential.secret)
    return refusal(401, "invalid_client");
  const { token, lifetime } = tokens.issue(version);
  return Response.json({ access_token: token, token_type: "bearer", expires_in: lifetime });
};

const read = async (request: Request, version: TokenVersion): Promise<Readonly<Record<string, unknown>>> => {
  const text = await request.text();
  if (version === 2) return Object.fromEntries(new URLSearchParams(text));
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === "object" && json !== null ? { ...json } : {};
  } catch {
    return {};
  }
};
