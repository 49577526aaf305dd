import { contributed, defineProvider, notFound, type Provider, type Sought } from "../../../engine/provider.ts";
import type { Source } from "../../../engine/source.ts";
import { album } from "../../album.ts";
import { albumContribution } from "./album-contribution.ts";
import { allOf, anyOf, field, spellings } from "./lucene.ts";
import type { MusicBrainz } from "./source.ts";

/** An artist's names that a search takes; the first ones are the likeliest on a cover. */
const mostNames = 5;

/**
 * What MusicBrainz knows of albums, as release groups: one request to find a title, one to look an album up, because a hit
 * of the search has no genres and no web pages.
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
  });
}

/** The artist by MBID where it is known, which no spelling can miss; else by name. */
function artistClauses(related: Sought<typeof album>["related"]): string[] {
  const artists = related.filter((one) => one.type === "artist");
  const ids = artists
    .flatMap((one) => one.identifiers)
    .filter((identifier) => identifier.scheme === "musicbrainz.artist")
    .map((identifier) => field("arid", identifier.value));
  if (ids.length > 0) return ids;
  return artists
    .flatMap((one) => one.names.slice(0, mostNames).flatMap(spellings))
    .map((name) => field("artist", name));
}
