import { AccessionError } from "../../../engine/errors.ts";
import type { Source } from "../../../engine/source.ts";
import type { HttpClient } from "../../../sources/http-client.ts";
import { createHttpSource } from "../../../sources/http-source.ts";
import { userAgent } from "../../../sources/user-agent.ts";
import {
  type ArtistHit,
  type ArtistResponse,
  artistResponse,
  artistSearchResponse,
  type ReleaseGroupHit,
  type ReleaseGroupResponse,
  releaseGroupResponse,
  releaseGroupSearchResponse,
} from "./responses.ts";
import { musicbrainzAddress } from "./address.ts";

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

/**
 * The part of the MusicBrainz web service that we use; every call is at most one request, or as many as it is retried.
 * Errors are those of {@link HttpClient}, and `configuration-invalid` where musicbrainz.org would be asked without a contact.
 */
export interface MusicBrainz {
  /** The artist with this MBID; undefined where there is none. One merged into another is answered with the other. */
  artist(mbid: string): Promise<ArtistResponse | undefined>;
  /** The best hits of a Lucene query, best first. Fields: https://musicbrainz.org/doc/MusicBrainz_API/Search */
  searchArtists(query: string): Promise<readonly ArtistHit[]>;
  /** The release group with this MBID; undefined where there is none. One merged into another is answered with the other. */
  releaseGroup(mbid: string): Promise<ReleaseGroupResponse | undefined>;
  /** The best hits of a Lucene query, best first. Fields: https://musicbrainz.org/doc/MusicBrainz_API/Search */
  searchReleaseGroups(query: string): Promise<readonly ReleaseGroupHit[]>;
}

const realAddress = "https://musicbrainz.org/ws/2";

/** What a look-up brings along, all in one answer: https://musicbrainz.org/doc/MusicBrainz_API#Subqueries */
const includes = {
  artist: "aliases+tags+genres+url-rels",
  releaseGroup: "artist-credits+aliases+tags+genres+url-rels",
};

/** Hits of one search. It costs one request whatever their number, and a common name has many bearers. */
const searchLimit = 25;

/**
 * Makes the source that all MusicBrainz providers share.
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
    fetch: options.fetch,
  });
  return { name: http.name, connect: (session) => createClient(http.connect(session)) };
}

function createClient(http: HttpClient): MusicBrainz {
  return {
    async artist(mbid) {
      const answer = await http.getJson(`/artist/${mbid}?inc=${includes.artist}&fmt=json`, artistResponse);
      return answer.status === "absent" ? undefined : answer.data;
    },
    async searchArtists(query) {
      const answer = await http.getJson(searchPath("artist", query), artistSearchResponse);
      return answer.status === "absent" ? [] : answer.data.artists;
    },
    async releaseGroup(mbid) {
      const path = `/release-group/${mbid}?inc=${includes.releaseGroup}&fmt=json`;
      const answer = await http.getJson(path, releaseGroupResponse);
      return answer.status === "absent" ? undefined : answer.data;
    },
    async searchReleaseGroups(query) {
      const answer = await http.getJson(searchPath("release-group", query), releaseGroupSearchResponse);
      return answer.status === "absent" ? [] : answer.data["release-groups"];
    },
  };
}

function searchPath(entity: string, query: string): string {
  return `/${entity}?query=${encodeURIComponent(query)}&limit=${searchLimit}&fmt=json`;
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
