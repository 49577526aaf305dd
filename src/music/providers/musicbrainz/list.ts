import { contributed, defineProvider, notFound, type Provider } from "../../../engine/provider.ts";
import type { Source } from "../../../engine/source.ts";
import { list } from "../../list.ts";
import type { MusicBrainz } from "./client.ts";
import { listContribution } from "./list-contribution.ts";
import { anyOf, field, spellings } from "./lucene.ts";

/**
 * What MusicBrainz knows of lists, as series: one request to find a name, one for a list with all its entries, since the
 * relations of an entity are never paged.
 */
export function musicbrainzLists(source: Source<MusicBrainz>): Provider<typeof list, MusicBrainz> {
  return defineProvider<typeof list, MusicBrainz>(list, {
    name: "musicbrainz",
    source,
    identifiedBy: "musicbrainz.series",
    async search(sought, { client }) {
      // A person's own list is no series, whatever it is called.
      if (sought.identifier("list") !== undefined) return [];
      const clauses = spellings(sought.name ?? "").flatMap((name) => [field("series", name), field("alias", name)]);
      if (clauses.length === 0) return [];
      const hits = await client.searchSeries(anyOf(clauses));
      return hits.map((hit) => ({ contribution: listContribution(hit), score: hit.score ?? undefined }));
    },
    async provide(sought, { client }) {
      const id = sought.identifier("musicbrainz.series");
      const response = id === undefined ? undefined : await client.series(id);
      return response === undefined ? notFound : contributed(listContribution(response, id));
    },
  });
}
