import { z } from "zod";
import { alias, count, flag, listOf, maybe, name, namedArtist, relation, score, text, word } from "./parts.ts";

const area = maybe(z.object({ name }));

/** An artist, from a look-up, a browse page, a search or a dump. */
export const artistResponse = namedArtist.extend({
  gender: maybe(word),
  area,
  "begin-area": area,
  "end-area": area,
  // So before 2018, and beside the hyphenated ones for years.
  begin_area: area,
  end_area: area,
  "life-span": maybe(z.object({ begin: text, end: text, ended: flag })),
  isnis: listOf(z.string()),
  ipis: listOf(z.string()),
  aliases: listOf(alias),
  tags: listOf(count),
  genres: listOf(count),
  relations: listOf(relation),
});

/** A page of an artist search. */
export const artistSearchResponse = z.object({ artists: z.array(artistResponse.extend(score)) });

/** An artist as the service describes it. */
export type ArtistResponse = z.output<typeof artistResponse>;
/** An artist as a search found it. */
export type ArtistHit = z.output<typeof artistSearchResponse>["artists"][number];
