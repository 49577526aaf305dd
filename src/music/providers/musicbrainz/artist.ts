import { contributed, defineProvider, notFound, type Provider } from "../../../engine/provider.ts";
import type { Source } from "../../../engine/source.ts";
import { artist } from "../../artist.ts";
import { artistContribution } from "./artist-contribution.ts";
import type { MusicBrainz } from "./client.ts";
import { anyOf, field, spellings } from "./lucene.ts";
import { readDocument } from "./read-document.ts";
import { artistResponse } from "./responses/artist.ts";

/**
 * What MusicBrainz knows of artists: one request to find a name, one to look an artist up, because a hit of the search has
 * no genres and no web pages.
 */
export function musicbrainzArtists(source: Source<MusicBrainz>): Provider<typeof artist, MusicBrainz> {
  return defineProvider<typeof artist, MusicBrainz>(artist, {
    name: "musicbrainz",
    source,
    identifiedBy: "musicbrainz.artist",
    async search(sought, { client }) {
      // Country, type and years are for scoring: asked for here, a hit in which they are not known would be lost.
      const clauses = spellings(sought.name ?? "").flatMap((name) => [field("artist", name), field("alias", name)]);
      if (clauses.length === 0) return [];
      const hits = await client.searchArtists(anyOf(clauses));
      return hits.map((hit) => ({ contribution: artistContribution(hit), score: hit.score ?? undefined }));
    },
    async provide(sought, { client }) {
      const id = sought.identifier("musicbrainz.artist");
      const response = id === undefined ? undefined : await client.artist(id);
      return response === undefined ? notFound : contributed(artistContribution(response, id));
    },
    read: (document) => artistContribution(readDocument(artistResponse, document, "artist")),
  });
}
