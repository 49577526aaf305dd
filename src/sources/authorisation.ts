import type { SourceSession } from "../engine/source.ts";

/** As whom a source is asked, where it wants to know: by a key that stays, or a token that is fetched and renewed. */
export interface Authorisation {
  /**
   * What it is made of and nobody may read, as far as it is known at start: the key, the password, the secret that tokens
   * are fetched with. It becomes part of the source's `secrets`. None where everything secret is in the header itself:
   * each header that is sent is masked without being named, as a whole and the credential behind its scheme.
   */
  readonly secrets: readonly (string | undefined)[];
  /**
   * The Authorization header of the next request; what it throws is the request's error.
   *
   * @param session of whoever the request is for; what fetching a token costs is theirs.
   */
  header(session: SourceSession): Promise<string>;
  /** Told which header the source has answered with a 401; the request is then sent once more, with another. */
  refused(header: string): void;
}

/**
 * What of a request's headers nobody may read: an Authorization header, and what stands in it right behind the scheme.
 *
 * @example credentialsIn({ authorization: "Bearer abcdef, Version 2.3" }); // ["Bearer abcdef, Version 2.3", "abcdef"]
 */
export function credentialsIn(headers: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    if (name.toLowerCase() !== "authorization") return [];
    const [, credential] = /^\s*\S+\s+([^\s,]+)/.exec(value) ?? [];
    return credential === undefined ? [value] : [value, credential];
  });
}
