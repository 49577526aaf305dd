import type { RelationTo } from "../../../engine/contribution.ts";
import type { ReleaseAttributes } from "../../release.ts";
import type { SongAttributes } from "../../song.ts";
import type { TrackAttributes } from "../../track.ts";
import { creditText } from "./artist-credit.ts";
import { said } from "./names.ts";
import { wholeNumber } from "./numbers.ts";
import type { MediumResponse, TrackResponse } from "./responses/release.ts";
import { songInPassing } from "./song-contribution.ts";

/** A medium as a release's attribute has it. */
type Medium = NonNullable<ReleaseAttributes["media"]>[number];

/** Media in their order, each with its position; a search hit has none, and lists them in order. */
interface PlacedMedium {
  readonly position: number;
  readonly medium: MediumResponse;
}

/** The media of a release, without their tracks. */
export function mediaOf(media: readonly MediumResponse[]): Medium[] {
  return placed(media).map(({ position, medium }) => ({
    position,
    format: said(medium.format),
    title: said(medium.title),
    trackCount: trackCountOf(medium),
  }));
}

/** Tracks of all media together, as each says; undefined where one does not say. */
export function trackCountOfAll(media: readonly MediumResponse[]): number | undefined {
  const counts = media.map(trackCountOf);
  const known = counts.filter((count) => count !== undefined);
  return known.length === 0 || known.length < counts.length ? undefined : known.reduce((sum, count) => sum + count, 0);
}

function trackCountOf(medium: MediumResponse): number | undefined {
  return wholeNumber(medium["track-count"], 0) ?? (medium.tracks.length > 0 ? medium.tracks.length : undefined);
}

/**
 * The songs of a release, in the order in which they are heard. Positions count over all media, so that each is one track:
 * a song may be heard twice.
 */
export function trackRelations(media: readonly MediumResponse[]): RelationTo<"track", SongAttributes>[] {
  const tracks = placed(media).flatMap(({ position, medium }) => [
    ...(medium.pregap ? [trackOf(position, medium, medium.pregap, 0, "pregap")] : []),
    ...medium.tracks.map((track, index) => trackOf(position, medium, track, index + 1, undefined)),
    ...medium["data-tracks"].map((track, index) =>
      trackOf(position, medium, track, medium.tracks.length + index + 1, "data"),
    ),
  ]);
  return tracks.map((track, index) => ({ ...track, position: index + 1 }));
}

/** @param place its place on the medium, where the track does not say. */
function trackOf(
  mediumPosition: number,
  medium: MediumResponse,
  track: TrackResponse,
  place: number,
  kind: TrackAttributes["kind"],
): RelationTo<"track", SongAttributes> {
  const artistCredit = creditText(track["artist-credit"]);
  const attributes: TrackAttributes = {
    medium: mediumPosition,
    mediumTitle: said(medium.title),
    format: said(medium.format),
    number: said(track.number),
    trackPosition: wholeNumber(track.position, 0) ?? place,
    title: said(track.title),
    artistCredit: artistCredit === creditText(track.recording["artist-credit"]) ? undefined : artistCredit,
    length: wholeNumber(track.length, 1),
    kind,
  };
  return { type: "track", to: songInPassing(track.recording), attributes };
}

function placed(media: readonly MediumResponse[]): readonly PlacedMedium[] {
  return media
    .map((medium, index) => ({ position: wholeNumber(medium.position, 1) ?? index + 1, medium }))
    .toSorted((left, right) => left.position - right.position);
}
