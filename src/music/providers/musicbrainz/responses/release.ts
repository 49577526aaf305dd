import { z } from "zod";
import { count, credit, entity, listOf, maybe, name, number, relation, score, text, word } from "./parts.ts";
import { namedRecording } from "./recording.ts";
import { namedReleaseGroup } from "./release-group.ts";

const area = maybe(z.object({ "iso-3166-1-codes": listOf(z.string()) }));
const event = z.object({ date: text, area });

const labelInfo = z.object({
  "catalog-number": text,
  label: maybe(z.object({ id: maybe(entity), name })),
});

const track = z.object({
  position: number,
  number: text,
  title: text,
  length: number,
  "artist-credit": listOf(credit),
  recording: namedRecording,
});

const medium = z.object({
  position: number,
  title: text,
  format: maybe(word),
  "track-count": number,
  pregap: maybe(track),
  // Absent where none were loaded.
  tracks: listOf(track),
  "data-tracks": listOf(track),
});

/** A release, from a look-up, a browse page, a search or a dump. */
export const releaseResponse = z.object({
  id: entity,
  title: name,
  disambiguation: text,
  date: text,
  country: text,
  "release-events": listOf(event),
  status: maybe(word),
  packaging: maybe(word),
  // null: not known; empty: it has none.
  barcode: text,
  asin: text,
  "text-representation": maybe(z.object({ language: text, script: text })),
  "label-info": listOf(labelInfo),
  "artist-credit": listOf(credit),
  "release-group": maybe(namedReleaseGroup),
  media: listOf(medium),
  tags: listOf(count),
  genres: listOf(count),
  relations: listOf(relation),
});

/** A page of a release search. */
export const releaseSearchResponse = z.object({ releases: z.array(releaseResponse.extend(score)) });

/** A page of a release group's releases; each is read by itself, since one that is malformed does not spoil the others. */
export const releasePage = z.object({ "release-count": number, releases: z.array(z.unknown()) });

/** A release as the service describes it. */
export type ReleaseResponse = z.output<typeof releaseResponse>;
/** A release as a search found it. */
export type ReleaseHit = z.output<typeof releaseSearchResponse>["releases"][number];
/** A disc or its like, with its tracks. */
export type MediumResponse = z.output<typeof medium>;
/** A place on a medium, and the recording that is heard there. */
export type TrackResponse = z.output<typeof track>;
