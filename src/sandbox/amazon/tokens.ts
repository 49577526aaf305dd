import { randomUUID } from "node:crypto";

/** The credential that the sandbox takes, in both versions. The secret is one only by name. */
export const sandboxCredential = { id: "sandbox-credential", secret: "sandbox-secret-2f1d0c" };

/** The two ways of asking for a token. */
export type TokenVersion = 2 | 3;

/** Whether a header carries a token that holds. */
type TokenState = "valid" | "expired" | "unknown" | "missing";

/** The tokens that the sandbox has given. */
export interface Tokens {
  readonly issue: (version: TokenVersion) => { readonly token: string; readonly lifetime: number };
  /** @param header the Authorization header, which names the version where that is 2. */
  readonly check: (header: string | undefined) => TokenState;
  /** Every token given so far is expired from now on. */
  readonly endAll: () => void;
}

/** @param lifetime seconds. */
export const createTokens = (lifetime: number): Tokens => {
  const given = new Map<string, { readonly version: TokenVersion; endsAt: number }>();
  return {
    issue: (version) => {
      const token = `sandbox-token-${randomUUID()}`;
      given.set(token, { version, endsAt: performance.now() + lifetime * 1000 });
      return { token, lifetime };
    },
    check: (header) => {
      if (header === undefined) return "missing";
      const [, token = "", version] = /^Bearer ([\w-]+)(?:, Version (2\.[123]))?$/.exec(header) ?? [];
      const known = given.get(token);
      if (known === undefined || known.version !== (version === undefined ? 3 : 2)) return "unknown";
      return performance.now() < known.endsAt ? "valid" : "expired";
    },
    endAll: () => {
      for (const token of given.values()) token.endsAt = 0;
    },
  };
};
