import { contributed, defineProvider, notFound, type Provider } from "../../../engine/provider.ts";
import type { Source } from "../../../engine/source.ts";
import { album } from "../../album.ts";
import { albumContribution } from "./album-contribution.ts";
import { artistClauses } from "./artist-clauses.ts";
import { browse } from "./browse.ts";
import type { MusicBrainz } from "./client.ts";
import { allOf, anyOf, field, spellings } from "./lucene.ts";
import { readDocument } from "./read-document.ts";
import { releaseGroupResponse } from "./responses/release-group.ts";

/**
 * What MusicBrainz knows of albums, as release groups: one request to find a title, one to look an album up, because a hit
 * of the search has no genres and no web pages. The albums of an artist come a hundred a request.
 */
export function musicbrainzAlbums(source: Source<MusicBrainz>): Provider<typeof album, MusicBrainz> {
  return defineProvider<typeof album, MusicBrainz>(album, {
    name: "musicbrainz",
    source,
    identifiedBy: "musicbrainz.release-group",
    async search(sought, { client }) {
      const titles = spellings(sought.name ?? "").flatMap((title) => [
        field("releasegroup", title),
        field("alias", title),
      ]);
      if (titles.length === 0) return [];
      const artists = artistClauses(sought.related);
      const query = allOf([anyOf(titles), ...(artists.length === 0 ? [] : [anyOf(artists)])]);
      const hits = await client.searchReleaseGroups(query);
      return hits.map((hit) => ({ contribution: albumContribution(hit), score: hit.score ?? undefined }));
    },
    async provide(sought, { client }) {
      const id = sought.identifier("musicbrainz.release-group");
      const response = id === undefined ? undefined : await client.releaseGroup(id);
      return response === undefined ? notFound : contributed(albumContribution(response, id));
    },
    lists: {
      artist: {
        identifiedBy: "musicbrainz.artist",
        // A page has no aliases.
        partial: true,
        async *pages(parent, { client, from }) {
          const artist = parent.identifier("musicbrainz.artist");
          if (artist === undefined) return;
          yield* browse<typeof album>((offset) => client.releaseGroupsOf(artist, offset), readAlbum, from);
        },
      },
    },
    read: (document) => readAlbum(document).contribution,
  });
}

function readAlbum(document: unknown) {
  const response = readDocument(releaseGroupResponse, document, "release group");
  return { id: response.id, contribution: albumContribution(response) };
}
