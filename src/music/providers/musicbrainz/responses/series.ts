import { z } from "zod";
import {
  alias,
  credit,
  entity,
  listOf,
  maybe,
  name,
  namedArtist,
  number,
  relation,
  score,
  text,
  word,
} from "./parts.ts";
import { namedRecording } from "./recording.ts";
import { namedReleaseGroup } from "./release-group.ts";

const namedRelease = z.object({ id: entity, title: name, disambiguation: text, "artist-credit": listOf(credit) });

/** An entry of a series, or any other relation of it. The entity's key has an underscore, unlike everywhere else. */
const seriesRelation = relation.extend({
  "ordering-key": number,
  "attribute-values": maybe(z.object({ number: text })),
  artist: maybe(namedArtist),
  recording: maybe(namedRecording),
  release: maybe(namedRelease),
  release_group: maybe(namedReleaseGroup),
});

/** A series, from a look-up, a search or a dump. */
export const seriesResponse = z.object({
  id: entity,
  name,
  disambiguation: text,
  type: maybe(word),
  aliases: listOf(alias),
  relations: listOf(seriesRelation),
});

/** A page of a series search. */
export const seriesSearchResponse = z.object({ series: z.array(seriesResponse.extend(score)) });

/** A series as the service describes it. */
export type SeriesResponse = z.output<typeof seriesResponse>;
/** A series as a search found it. */
export type SeriesHit = z.output<typeof seriesSearchResponse>["series"][number];
/** An entry of a series, or any other relation of it. */
export type SeriesRelation = z.output<typeof seriesRelation>;
