import { z } from "zod";
import type { LinedRelation, RelationLine } from "../engine/relation-line.ts";
import { text } from "./attribute-fields.ts";
import type { SongAttributes } from "./song.ts";

/**
 * What a relation `track` says of a song's place on a release. The relation's position counts over the whole release: the
 * media in their order, and on each the track hidden before the first, the tracks, the data tracks.
 */
export type TrackAttributes = {
  /** The position of the medium. */
  readonly medium: number;
  readonly mediumTitle?: string | undefined;
  readonly format?: string | undefined;
  /** As it is printed: `A1`, `12`. */
  readonly number?: string | undefined;
  /** Its place on the medium: 0 is hidden before the first, and data tracks count on after the last. */
  readonly trackPosition: number;
  /** Its own title, which may differ from the song's. */
  readonly title?: string | undefined;
  /** Its own credit, where that differs from the song's. */
  readonly artistCredit?: string | undefined;
  /** Its own length, in milliseconds. */
  readonly length?: number | undefined;
  /** What it is, where it is none of the tracks that players list. */
  readonly kind?: "pregap" | "data" | undefined;
};

/** What is said of a track. */
export const track = z.object({
  medium: z.int(),
  mediumTitle: text.optional(),
  format: text.optional(),
  number: text.optional(),
  trackPosition: z.int(),
  title: text.optional(),
  artistCredit: text.optional(),
  length: z.int().optional(),
  kind: z.enum(["pregap", "data"]).optional(),
}) satisfies z.ZodType<TrackAttributes>;

/** What its release says that is not said of each track again. */
interface OfRelease {
  readonly artistCredit?: string | undefined;
  readonly media?: readonly unknown[] | undefined;
}

const kindNames = { pregap: "hidden before the first", data: "data track" } as const;

/** A track as people read it: under its medium, with its number, its length, and who plays where that is not the release's artist. */
export function trackLine({ attributes, from, to }: LinedRelation<OfRelease, SongAttributes>): RelationLine {
  const said = track.safeParse(attributes);
  if (!said.success) return {};
  const { kind, number, trackPosition, title, length = to.length, artistCredit = to.artistCredit } = said.data;
  return {
    heading: mediumText(said.data, from),
    number: number ?? String(trackPosition),
    measure: length === undefined ? undefined : lengthText(length),
    title,
    remarks: [
      ...(artistCredit === undefined || artistCredit === from.artistCredit ? [] : [artistCredit]),
      ...(kind === undefined ? [] : [kindNames[kind]]),
      ...(to.video === true ? ["video"] : []),
    ],
  };
}

/** A medium that is the only one has no number. */
function mediumText({ medium, format, mediumTitle }: TrackAttributes, { media = [] }: OfRelease): string | undefined {
  const isOneOfSeveral = media.length > 1 || medium > 1;
  const which = isOneOfSeveral ? `${format ?? "Medium"} ${medium}` : format;
  return which !== undefined && mediumTitle !== undefined ? `${which}: ${mediumTitle}` : (which ?? mediumTitle);
}

/** Milliseconds as people write the length of a song: `6:23`, `1:02:03`. */
function lengthText(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const twoDigits = (count: number): string => String(count).padStart(2, "0");
  return `${hours > 0 ? `${hours}:${twoDigits(minutes)}` : minutes}:${twoDigits(seconds % 60)}`;
}
