import { z } from "zod";
import { alias, count, credit, entity, listOf, maybe, name, relation, score, text, word } from "./parts.ts";

/** A recording as it is named within another entity, such as a track. */
export const namedRecording = z.object({
  id: entity,
  title: name,
  disambiguation: text,
  // A text in the oldest answers.
  length: maybe(z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)])),
  // 0 or 1 in the oldest answers; null for "no" in a hit of a search.
  video: maybe(z.union([z.boolean(), z.literal([0, 1]).transform((bit) => bit === 1)])),
  "first-release-date": text,
  "artist-credit": listOf(credit),
  isrcs: listOf(z.string()),
});

/** A recording, from a look-up, a browse page, a search or a dump. */
export const recordingResponse = namedRecording.extend({
  aliases: listOf(alias),
  tags: listOf(count),
  genres: listOf(count),
  relations: listOf(relation),
});

/** A release that a hit of a search is on. */
const carrier = z.object({
  status: maybe(word),
  "release-group": maybe(z.object({ "primary-type": maybe(word), "secondary-types": listOf(word) })),
});

/** A page of a recording search. */
export const recordingSearchResponse = z.object({
  recordings: z.array(recordingResponse.extend({ ...score, releases: listOf(carrier) })),
});

/** A recording as it is named within another entity. */
export type NamedRecording = z.output<typeof namedRecording>;
/** A recording as the service describes it. */
export type RecordingResponse = z.output<typeof recordingResponse>;
/** A recording as a search found it. */
export type RecordingHit = z.output<typeof recordingSearchResponse>["recordings"][number];
