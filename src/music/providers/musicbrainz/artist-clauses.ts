import type { Sought } from "../../../engine/provider.ts";
import { field, spellings } from "./lucene.ts";

/** An artist's names that a search takes; the first ones are the likeliest on a cover. */
const mostNames = 5;

/** Clauses for the artist of what is sought: by MBID where it is known, which no spelling can miss; else by name. */
export function artistClauses(related: Sought["related"]): string[] {
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
