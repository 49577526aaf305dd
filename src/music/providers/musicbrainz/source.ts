import { AccessionError } from "../../../engine/errors.ts";
import type { Source } from "../../../engine/source.ts";
import { createHttpSource } from "../../../sources/http-source.ts";
import { userAgent } from "../../../sources/user-agent.ts";
import { musicbrainzAddress } from "./address.ts";
import { createClient, type MusicBrainz } from "./client.ts";

/** How MusicBrainz, or a mirror or double of it, is asked. */
export interface MusicBrainzOptions {
  /** Where the service is; `/ws/2` is added where it is missing. Default: https://musicbrainz.org/ws/2 */
  readonly url?: string | undefined;
  /** A web or e-mail address of whoever runs this. musicbrainz.org requires one; others do not. Default: none. */
  readonly contact?: string | undefined;
  /**
   * Milliseconds between two requests, over every process on the database. Default: 1,100; on this machine itself 0.
   * musicbrainz.org blocks who asks more than once a second: https://musicbrainz.org/doc/MusicBrainz_API/Rate_Limiting
   */
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

const realAddress = "https://musicbrainz.org/ws/2";

/** A page of releases with 500 tracks, each with its artists and their genres, is some megabytes. */
const maxBytes = 32 * 1024 * 1024;

/**
 * Makes the source that all MusicBrainz providers share. What its client throws is `configuration-invalid` where
 * musicbrainz.org would be asked without a contact, or what {@link MusicBrainz} says.
 *
 * @throws AccessionError `configuration-invalid` for a `url` that is no web address.
 */
export function createMusicBrainz(options: MusicBrainzOptions = {}): Source<MusicBrainz> {
  const address = musicbrainzAddress(options.url ?? realAddress);
  const http = createHttpSource({
    name: "musicbrainz",
    baseUrl: address.href,
    interval: options.interval ?? (address.isLoopback ? 0 : 1_100),
    // Called when a request is about to leave, so that work on snapshots and the catalogue alone needs no contact.
    userAgent: () => userAgent(readContact(options.contact, address.isReal)),
    timeout: options.timeout,
    attempts: options.attempts,
    backOff: options.backOff,
    maxBytes,
    fetch: options.fetch,
  });
  return { ...http, connect: (session) => createClient(http.connect(session)) };
}

/** The contact as a header can carry it; absent where none is given and none is needed. */
function readContact(contact: string | undefined, isRequired: boolean): string | undefined {
  const how = "Set it with the option `contact`, the environment variable ACCESSION_CONTACT or the flag --contact.";
  const given = contact?.trim() ?? "";
  if (given === "" && !isRequired) return undefined;
  if (given === "") {
    throw new AccessionError(
      "configuration-invalid",
      `musicbrainz.org wants to know whom to turn to: a contact, your web or e-mail address, is missing. ${how}`,
    );
  }
  if (/^[\x21-\x7e]+@[\x21-\x7e]+$/.test(given) || /^https?:\/\/[\x21-\x7e]+$/.test(given)) return given;
  throw new AccessionError(
    "configuration-invalid",
    `The contact "${given}" is neither a web nor an e-mail address. ${how}`,
  );
}
