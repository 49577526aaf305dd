import type { Catalogue } from "../data/catalogue.ts";
import type { ReleaseRecord } from "../data/records.ts";
import { tracksOf } from "../data/release-index.ts";
import { badRequest, found, notFound } from "./answer.ts";
import type { Answer } from "./answer.ts";
import { passesStatus, passesType, readFilters } from "./filters.ts";
import { readInc } from "./inc.ts";
import { isMbid } from "./lookup.ts";
import { readPage } from "./paging.ts";
import { releaseJson } from "./release-json.ts";

/** A page with recordings ends before it would hold more tracks, but always has one release. */
const mostTracks = 500;

const last = "\uffff";
const sortKey = (release: ReleaseRecord): string =>
  [release.date ?? last, release.country?.iso ?? last, release.barcode ?? last, release.id].join("\u0000");

/** By date, country and barcode, the unknown last. The real service leaves the order of equals open. */
const byDateAndPlace = (a: ReleaseRecord, b: ReleaseRecord): number => (sortKey(a) < sortKey(b) ? -1 : 1);

const trackCount = (release: ReleaseRecord): number =>
  release.media.reduce((sum, medium) => sum + tracksOf(medium).length, 0);

/** As many of the releases as a page with their tracks may hold. */
const cutAtTracks = (releases: readonly ReleaseRecord[]): readonly ReleaseRecord[] => {
  let tracks = 0;
  const end = releases.findIndex((release, at) => {
    tracks += trackCount(release);
    return at > 0 && tracks > mostTracks;
  });
  return end < 0 ? releases : releases.slice(0, end);
};

const linkedReleases = (catalogue: Catalogue, parameters: URLSearchParams): readonly ReleaseRecord[] | Answer => {
  const albumId = parameters.get("release-group");
  const artistId = parameters.get("artist");
  const id = albumId ?? artistId ?? "";
  if (!isMbid(id)) return badRequest("Invalid mbid.");
  // An identifier that was merged away resolves without a redirect here.
  if (albumId !== null) return catalogue.findAlbum(id)?.entity.releases ?? notFound;
  const artist = catalogue.findArtist(id)?.entity;
  if (artist === undefined) return notFound;
  return catalogue.releases().filter((release) => release.credits.some((credit) => credit.artist === artist));
};

/**
 * `GET /release?release-group={mbid}` (https://musicbrainz.org/doc/MusicBrainz_API#Browse), also by `artist`. Pages follow
 * date, country and barcode, but inside a page the service sorts by identifier. With `inc=recordings` a page is shorter
 * than its limit when it would hold more than 500 tracks: the next one begins at the offset plus the releases received.
 */
export const browseReleases = (catalogue: Catalogue, address: URL): Answer => {
  const parameters = address.searchParams;
  const inc = readInc("release-browse", parameters.getAll("inc"));
  if (inc.kind === "refused") return inc.answer;
  const filters = readFilters(
    { type: parameters.get("type") ?? undefined, status: parameters.get("status") ?? undefined },
    true,
    true,
  );
  if (filters.kind === "refused") return filters.answer;
  const asked = readPage(parameters);
  if (asked.kind === "refused") return asked.answer;
  const linked = linkedReleases(catalogue, parameters);
  if ("kind" in linked) return linked;
  const listed = linked
    .filter((release) => passesStatus(release, filters.filters))
    .filter((release) => passesType(catalogue.albumOf(release), filters.filters))
    .toSorted(byDateAndPlace);
  const wanted = listed.slice(asked.offset, asked.offset + asked.limit);
  const page = inc.inc.has("recordings") ? cutAtTracks(wanted) : wanted;
  return found({
    "release-count": listed.length,
    "release-offset": asked.offset,
    releases: page
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map((release) => ({ ...releaseJson(release, catalogue, inc.inc), ...release.spoiled })),
  });
};
