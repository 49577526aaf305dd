import type { Catalogue } from "../data/catalogue.ts";
import type { AlbumRecord } from "../data/records.ts";
import { primaryTypeIds } from "../data/vocabulary.ts";
import { badRequest, found, notFound } from "./answer.ts";
import type { Answer } from "./answer.ts";
import { passesType, readFilters } from "./filters.ts";
import { readInc } from "./inc.ts";
import { isMbid } from "./lookup.ts";
import { readPage } from "./paging.ts";
import { releaseGroupJson } from "./release-group-json.ts";

const typeOrder = Object.keys(primaryTypeIds);

const sortKey = (album: AlbumRecord): string =>
  [
    album.primaryType === null ? 9 : typeOrder.indexOf(album.primaryType),
    album.secondaryTypes.join("+"),
    album.firstReleaseDate === "" ? "9999" : album.firstReleaseDate,
    album.title,
    album.id,
  ].join("\u0000");

/** By type, then by date with the undated last, as the website lists a discography. */
const byTypeAndDate = (a: AlbumRecord, b: AlbumRecord): number => (sortKey(a) < sortKey(b) ? -1 : 1);

/** The website hides release groups that were never officially released. */
const onWebsite = (album: AlbumRecord): boolean =>
  album.releases.length === 0 || album.releases.some((release) => release.status === "Official");

const linkedAlbums = (catalogue: Catalogue, parameters: URLSearchParams): readonly AlbumRecord[] | Answer => {
  const artistId = parameters.get("artist");
  const releaseId = parameters.get("release");
  const id = artistId ?? releaseId ?? "";
  if (!isMbid(id)) return badRequest("Invalid mbid.");
  if (artistId !== null) {
    // An identifier that was merged away resolves without a redirect here.
    const artist = catalogue.findArtist(artistId);
    return artist === undefined ? notFound : catalogue.albumsOf(artist.entity);
  }
  const albums = catalogue.albums.filter((album) => album.releases.some((release) => release.id === id.toLowerCase()));
  return albums.length === 0 ? notFound : albums;
};

/**
 * `GET /release-group?artist={mbid}` (https://musicbrainz.org/doc/MusicBrainz_API#Browse), also by `release`. Pages follow
 * type and date, but inside a page the service sorts by identifier: a client has to sort for itself.
 */
export const browseReleaseGroups = (catalogue: Catalogue, address: URL): Answer => {
  const parameters = address.searchParams;
  const inc = readInc("release-group-browse", parameters.getAll("inc"));
  if (inc.kind === "refused") return inc.answer;
  const filters = readFilters(
    { type: parameters.get("type") ?? undefined, status: parameters.get("status") ?? undefined },
    false,
    true,
  );
  if (filters.kind === "refused") return filters.answer;
  const asked = readPage(parameters);
  if (asked.kind === "refused") return asked.answer;
  const { limit, offset } = asked;
  const linked = linkedAlbums(catalogue, parameters);
  if ("kind" in linked) return linked;
  const listed = linked
    .filter((album) => passesType(album, filters.filters))
    .filter((album) => parameters.get("release-group-status") !== "website-default" || onWebsite(album))
    .toSorted(byTypeAndDate);
  const page = listed.slice(offset, offset + limit).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return found({
    "release-group-count": listed.length,
    "release-group-offset": offset,
    "release-groups": page.map((album) => releaseGroupJson(album, inc.inc, filters.filters)),
  });
};
