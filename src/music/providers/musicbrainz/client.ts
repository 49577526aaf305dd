import type { z } from "zod";
import type { HttpClient } from "../../../sources/http-client.ts";
import { type ArtistHit, type ArtistResponse, artistResponse, artistSearchResponse } from "./responses/artist.ts";
import {
  type RecordingHit,
  type RecordingResponse,
  recordingResponse,
  recordingSearchResponse,
} from "./responses/recording.ts";
import {
  type ReleaseGroupHit,
  releaseGroupPage,
  type ReleaseGroupResponse,
  releaseGroupResponse,
  releaseGroupSearchResponse,
} from "./responses/release-group.ts";
import {
  type ReleaseHit,
  releasePage,
  type ReleaseResponse,
  releaseResponse,
  releaseSearchResponse,
} from "./responses/release.ts";
import { type SeriesHit, type SeriesResponse, seriesResponse, seriesSearchResponse } from "./responses/series.ts";

/** A page of what is linked to an entity. */
export interface BrowsePage {
  /** Entities as they came; each has yet to be read. */
  readonly entities: readonly unknown[];
  /** Entities in all pages together; absent where the service does not say. */
  readonly total: number | undefined;
}

/**
 * The part of the MusicBrainz web service that we use; every call is at most one request, or as many as it is retried.
 * An entity that is not there is undefined; one that was merged into another is answered with the other. A search takes a
 * Lucene query and gives the best hits, best first; its fields: https://musicbrainz.org/doc/MusicBrainz_API/Search. Errors
 * are those of {@link HttpClient}.
 */
export interface MusicBrainz {
  artist(mbid: string): Promise<ArtistResponse | undefined>;
  searchArtists(query: string): Promise<readonly ArtistHit[]>;
  releaseGroup(mbid: string): Promise<ReleaseGroupResponse | undefined>;
  searchReleaseGroups(query: string): Promise<readonly ReleaseGroupHit[]>;
  /** Release groups credited to an artist, from an offset on; undefined where there is no such artist. */
  releaseGroupsOf(artist: string, offset: number): Promise<BrowsePage | undefined>;
  release(mbid: string): Promise<ReleaseResponse | undefined>;
  searchReleases(query: string): Promise<readonly ReleaseHit[]>;
  /** Releases of a release group, from an offset on; undefined where there is no such release group. */
  releasesOf(releaseGroup: string, offset: number): Promise<BrowsePage | undefined>;
  recording(mbid: string): Promise<RecordingResponse | undefined>;
  searchRecordings(query: string): Promise<readonly RecordingHit[]>;
  series(mbid: string): Promise<SeriesResponse | undefined>;
  searchSeries(query: string): Promise<readonly SeriesHit[]>;
}

/**
 * What comes along, all in one answer: https://musicbrainz.org/doc/MusicBrainz_API#Subqueries. Of a release we do not ask
 * for the aliases: those of every artist of every track would come with them. A page of releases says all that a look-up
 * does; of release groups, the service gives no aliases on a page.
 */
const includes = {
  artist: "aliases+tags+genres+url-rels",
  releaseGroup: "artist-credits+aliases+tags+genres+url-rels",
  releaseGroupPage: "artist-credits+tags+genres+url-rels",
  release: "artist-credits+labels+recordings+isrcs+media+release-groups+tags+genres+url-rels",
  recording: "artist-credits+isrcs+aliases+tags+genres+url-rels",
  series: "aliases+artist-rels+recording-rels+release-rels+release-group-rels+artist-credits+url-rels",
};

/** Hits of one search. It costs one request whatever their number, and a common name has many bearers. */
const fewHits = 25;
/** A song has a hundred live recordings of the same title, an album as many editions. */
const manyHits = 100;
/** The service gives no more: https://musicbrainz.org/doc/MusicBrainz_API#Paging */
const pageSize = 100;

/** Makes the client for one import. */
export function createClient(http: HttpClient): MusicBrainz {
  async function read<Data>(path: string, schema: z.ZodType<Data>): Promise<Data | undefined> {
    const answer = await http.getJson(path, schema);
    return answer.status === "absent" ? undefined : answer.data;
  }
  return {
    artist: (mbid) => read(`/artist/${mbid}?inc=${includes.artist}&fmt=json`, artistResponse),
    releaseGroup: (mbid) => read(`/release-group/${mbid}?inc=${includes.releaseGroup}&fmt=json`, releaseGroupResponse),
    release: (mbid) => read(`/release/${mbid}?inc=${includes.release}&fmt=json`, releaseResponse),
    recording: (mbid) => read(`/recording/${mbid}?inc=${includes.recording}&fmt=json`, recordingResponse),
    series: (mbid) => read(`/series/${mbid}?inc=${includes.series}&fmt=json`, seriesResponse),
    async searchArtists(query) {
      return (await read(searchPath("artist", query, fewHits), artistSearchResponse))?.artists ?? [];
    },
    async searchReleaseGroups(query) {
      const page = await read(searchPath("release-group", query, fewHits), releaseGroupSearchResponse);
      return page?.["release-groups"] ?? [];
    },
    async searchReleases(query) {
      return (await read(searchPath("release", query, manyHits), releaseSearchResponse))?.releases ?? [];
    },
    async searchRecordings(query) {
      return (await read(searchPath("recording", query, manyHits), recordingSearchResponse))?.recordings ?? [];
    },
    async searchSeries(query) {
      return (await read(searchPath("series", query, fewHits), seriesSearchResponse))?.series ?? [];
    },
    async releaseGroupsOf(artist, offset) {
      const path = `/release-group?artist=${artist}&inc=${includes.releaseGroupPage}&limit=${pageSize}&offset=${offset}&fmt=json`;
      const page = await read(path, releaseGroupPage);
      return page && { entities: page["release-groups"], total: page["release-group-count"] ?? undefined };
    },
    async releasesOf(releaseGroup, offset) {
      // Of every status: an album may be known by a bootleg alone, and who wants only official ones says so.
      const path = `/release?release-group=${releaseGroup}&inc=${includes.release}&limit=${pageSize}&offset=${offset}&fmt=json`;
      const page = await read(path, releasePage);
      return page && { entities: page.releases, total: page["release-count"] ?? undefined };
    },
  };
}

function searchPath(entity: string, query: string, limit: number): string {
  return `/${entity}?query=${encodeURIComponent(query)}&limit=${limit}&fmt=json`;
}
