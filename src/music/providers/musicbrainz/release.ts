import { contributed, defineProvider, notFound, type Provider, type Sought } from "../../../engine/provider.ts";
import type { Source } from "../../../engine/source.ts";
import { release } from "../../release.ts";
import { artistClauses } from "./artist-clauses.ts";
import { browse } from "./browse.ts";
import type { MusicBrainz } from "./client.ts";
import { allOf, anyOf, field, spellings } from "./lucene.ts";
import { readDocument } from "./read-document.ts";
import { releaseContribution } from "./release-contribution.ts";
import { releaseResponse } from "./responses/release.ts";

/**
 * What MusicBrainz knows of releases: one request to find a barcode or a title, one to look a release up with its tracks
 * and their songs, because a hit of the search has none. The releases of an album come with their tracks as well, as many
 * a request as have 500 tracks together.
 */
export function musicbrainzReleases(source: Source<MusicBrainz>): Provider<typeof release, MusicBrainz> {
  return defineProvider<typeof release, MusicBrainz>(release, {
    name: "musicbrainz",
    source,
    identifiedBy: "musicbrainz.release",
    async search(sought, { client }) {
      const query = barcodeQuery(sought) ?? titleQuery(sought);
      const hits = query === undefined ? [] : await client.searchReleases(query);
      return hits.map((hit) => ({ contribution: releaseContribution(hit), score: hit.score ?? undefined }));
    },
    async provide(sought, { client }) {
      const id = sought.identifier("musicbrainz.release");
      const response = id === undefined ? undefined : await client.release(id);
      return response === undefined ? notFound : contributed(releaseContribution(response, id));
    },
    lists: {
      album: {
        identifiedBy: "musicbrainz.release-group",
        async *pages(parent, { client, from }) {
          const group = parent.identifier("musicbrainz.release-group");
          if (group === undefined) return;
          yield* browse<typeof release>((offset) => client.releasesOf(group, offset), readRelease, from);
        },
      },
    },
    read: (document) => readRelease(document).contribution,
  });
}

/** A barcode is enough. The index has it as it is printed, with its leading zero or without. */
function barcodeQuery(sought: Sought<typeof release>): string | undefined {
  const code = sought.identifier("barcode");
  return code === undefined ? undefined : anyOf([code, code.replace(/^0+/, "")].map((one) => field("barcode", one)));
}

function titleQuery(sought: Sought<typeof release>): string | undefined {
  const titles = spellings(sought.name ?? "").map((title) => field("release", title));
  if (titles.length === 0) return undefined;
  const artists = artistClauses(sought.related);
  return allOf([anyOf(titles), ...(artists.length === 0 ? [] : [anyOf(artists)])]);
}

function readRelease(document: unknown) {
  const response = readDocument(releaseResponse, document, "release");
  return { id: response.id, contribution: releaseContribution(response) };
}
