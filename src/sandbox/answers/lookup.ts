import type { Catalogue } from "../data/catalogue.ts";
import type { Found } from "../data/found.ts";
import { badRequest, found, notFound } from "./answer.ts";
import type { Answer, Json } from "./answer.ts";
import { artistJson } from "./artist-json.ts";
import { readFilters } from "./filters.ts";
import { readInc } from "./inc.ts";
import { releaseGroupJson } from "./release-group-json.ts";
import { urlJson } from "./url-json.ts";

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

/** Whether a text is shaped like a MusicBrainz identifier (https://musicbrainz.org/doc/MusicBrainz_Identifier). */
export const isMbid = (text: string): boolean => guid.test(text);

/** An identifier that was merged away redirects, and the redirect already carries the new entity. */
export const answerWith = <Entity extends { readonly id: string }>(
  asked: Found<Entity> | undefined,
  resource: string,
  address: URL,
  json: (entity: Entity) => Json,
): Answer => {
  if (asked === undefined) return notFound;
  const body = json(asked.entity);
  if (!asked.merged) return found(body);
  const location = new URL(address);
  location.pathname = `/ws/2/${resource}/${asked.entity.id}`;
  return { kind: "moved", body, location: location.href };
};

/** `GET /artist/{mbid}` (https://musicbrainz.org/doc/MusicBrainz_API#Lookups). */
export const lookUpArtist = (catalogue: Catalogue, id: string, address: URL): Answer => {
  const parameters = address.searchParams;
  const inc = readInc("artist", parameters.getAll("inc"));
  if (inc.kind === "refused") return inc.answer;
  const lists = inc.inc.has("releases");
  const filters = readFilters(
    { type: parameters.get("type") ?? undefined, status: parameters.get("status") ?? undefined },
    lists,
    lists || inc.inc.has("release-groups"),
  );
  if (filters.kind === "refused") return filters.answer;
  if (!isMbid(id)) return badRequest("Invalid mbid.");
  return answerWith(catalogue.findArtist(id), "artist", address, (artist) =>
    artistJson(
      artist,
      { albums: catalogue.albumsOf(artist), recordings: () => catalogue.recordingsOf(artist) },
      inc.inc,
      filters.filters,
    ),
  );
};

/** `GET /release-group/{mbid}` (https://musicbrainz.org/doc/MusicBrainz_API#Lookups). */
export const lookUpReleaseGroup = (catalogue: Catalogue, id: string, address: URL): Answer => {
  const parameters = address.searchParams;
  const inc = readInc("release-group", parameters.getAll("inc"));
  if (inc.kind === "refused") return inc.answer;
  const filters = readFilters(
    { type: parameters.get("type") ?? undefined, status: parameters.get("status") ?? undefined },
    inc.inc.has("releases"),
    true,
  );
  if (filters.kind === "refused") return filters.answer;
  if (!isMbid(id)) return badRequest("Invalid mbid.");
  return answerWith(catalogue.findAlbum(id), "release-group", address, (album) =>
    releaseGroupJson(album, inc.inc, filters.filters),
  );
};

/** `GET /url/{mbid}`. */
export const lookUpUrl = (catalogue: Catalogue, id: string, address: URL): Answer => {
  const inc = readInc("url", address.searchParams.getAll("inc"));
  if (inc.kind === "refused") return inc.answer;
  if (!isMbid(id)) return badRequest("Invalid mbid.");
  const url = catalogue.findUrlById(id);
  return url === undefined ? notFound : found(urlJson(url, inc.inc));
};

/**
 * `GET /url?resource={url}` (https://musicbrainz.org/doc/MusicBrainz_API#url_.28by_text.29). One address gives the entity
 * or 404; several give a list of those that exist.
 */
export const findUrls = (catalogue: Catalogue, address: URL): Answer => {
  const inc = readInc("url", address.searchParams.getAll("inc"));
  if (inc.kind === "refused") return inc.answer;
  const resources = address.searchParams.getAll("resource").filter((resource) => resource !== "");
  const [only] = resources;
  if (only === undefined) {
    return badRequest("The given parameters do not match any available query type for the url resource.");
  }
  if (resources.length === 1) {
    const url = catalogue.findUrl(only);
    return url === undefined ? notFound : found(urlJson(url, inc.inc));
  }
  const urls = resources.flatMap((resource) => catalogue.findUrl(resource) ?? []);
  return found({ "url-count": urls.length, "url-offset": 0, urls: urls.map((url) => urlJson(url, inc.inc)) });
};
