import { contributed, defineProvider, notFound, type Provider } from "../../../engine/provider.ts";
import type { Source } from "../../../engine/source.ts";
import { song } from "../../song.ts";
import { artistClauses } from "./artist-clauses.ts";
import type { MusicBrainz } from "./client.ts";
import { allOf, anyOf, field, spellings } from "./lucene.ts";
import { readDocument } from "./read-document.ts";
import { recordingResponse, type RecordingHit } from "./responses/recording.ts";
import { songContribution } from "./song-contribution.ts";
import { withoutTwins } from "./usual-recordings.ts";

/**
 * What MusicBrainz knows of songs, as recordings: one request to find an ISRC or a title, one to look a song up, because a
 * hit of the search has no genres and no web pages.
 */
export function musicbrainzSongs(source: Source<MusicBrainz>): Provider<typeof song, MusicBrainz> {
  return defineProvider<typeof song, MusicBrainz>(song, {
    name: "musicbrainz",
    source,
    identifiedBy: "musicbrainz.recording",
    async search(sought, { client }) {
      const code = sought.identifier("isrc");
      const coded = code === undefined ? [] : await client.searchRecordings(field("isrc", code));
      if (coded.length > 0) return coded.map(candidate);
      // The field holds the titles of its tracks too, under which most other spellings are found.
      const titles = spellings(sought.name ?? "").map((title) => field("recording", title));
      if (titles.length === 0) return [];
      const artists = artistClauses(sought.related);
      const hits = await client.searchRecordings(
        allOf([anyOf(titles), ...(artists.length === 0 ? [] : [anyOf(artists)])]),
      );
      return withoutTwins(hits, sought.expected.firstReleaseDate).map(candidate);
    },
    async provide(sought, { client }) {
      const id = sought.identifier("musicbrainz.recording");
      const response = id === undefined ? undefined : await client.recording(id);
      return response === undefined ? notFound : contributed(songContribution(response, id));
    },
    read: (document) => songContribution(readDocument(recordingResponse, document, "recording")),
  });
}

function candidate(hit: RecordingHit) {
  return { contribution: songContribution(hit), score: hit.score ?? undefined };
}
