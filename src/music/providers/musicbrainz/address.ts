import { AccessionError } from "../../../engine/errors.ts";

/** Where a MusicBrainz web service is. */
export interface MusicBrainzAddress {
  /** The base of every request, ending in `/ws/2`. */
  readonly href: string;
  /** Whether it is musicbrainz.org itself, whose rules then hold. */
  readonly isReal: boolean;
  /** Whether it is on this machine. */
  readonly isLoopback: boolean;
}

/**
 * Reads the address of a MusicBrainz web service as people give it: with or without `/ws/2`, a trailing slash or the
 * protocol, which is https unless the host is this machine.
 *
 * @throws AccessionError `configuration-invalid` for what is no web address.
 * @example musicbrainzAddress("localhost:5000").href; // "http://localhost:5000/ws/2"
 */
export function musicbrainzAddress(text: string): MusicBrainzAddress {
  const given = text.trim();
  const bare = URL.parse(`https://${given}`);
  const protocol = bare !== null && isLoopback(bare.hostname) ? "http" : "https";
  const url = URL.parse(/^[a-z]+:\/\//i.test(given) ? given : `${protocol}://${given}`);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new AccessionError(
      "configuration-invalid",
      `The MusicBrainz address "${given}" is no web address. It comes from the option \`url\`, the environment variable ACCESSION_MUSICBRAINZ_URL or the flag --musicbrainz-url.`,
    );
  }
  const path = url.pathname.replace(/\/+$/, "");
  return {
    href: `${url.origin}${path.endsWith("/ws/2") ? path : `${path}/ws/2`}`,
    isReal: url.hostname === "musicbrainz.org" || url.hostname.endsWith(".musicbrainz.org"),
    isLoopback: isLoopback(url.hostname),
  };
}

function isLoopback(hostname: string): boolean {
  return /^(?:.+\.)?localhost$|^127(?:\.\d+){3}$|^\[::1\]$/.test(hostname);
}
