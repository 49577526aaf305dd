import { z } from "zod";
import { storableText } from "../../../engine/json.ts";

/**
 * What we read of the answers of the MusicBrainz web service, and no more: https://musicbrainz.org/doc/MusicBrainz_API.
 * An entity must have its id and its name; everything else may be absent, null, or, as it has been over the years,
 * spelled otherwise. What is malformed there is read as absent, since an entity with a broken date is still that entity.
 */
const entity = z.guid().toLowerCase();

/** A part that may be missing or odd. */
function maybe<Part>(part: z.ZodType<Part>) {
  return part.nullish().catch(undefined);
}

/** A list that may be missing; its odd elements are left out. */
function listOf<Element>(element: z.ZodType<Element>) {
  return z
    .array(z.unknown())
    .catch([])
    .transform((elements) =>
      elements.flatMap((one) => {
        const parsed = element.safeParse(one);
        return parsed.success ? [parsed.data] : [];
      }),
    );
}

/** A text that says something, as it can be stored. */
const name = z
  .string()
  .transform((said) => storableText(said).trim())
  .pipe(z.string().min(1));

const text = maybe(z.string());
const flag = maybe(z.boolean());

/** A word of a vocabulary; some mirrors wrap it in an object. */
const word = z.union([z.string(), z.object({ name }).transform((wrapped) => wrapped.name)]);

const area = maybe(z.object({ name }));
const count = z.object({ name, count: z.number() });

const aliasResponse = z.object({
  name,
  "sort-name": text,
  locale: text,
  primary: flag,
  type: text,
  begin: text,
  end: text,
  // So in a search hit.
  "begin-date": text,
  "end-date": text,
});

const relation = z.object({
  type: name,
  ended: flag,
  // Absent for relations to anything but a web page.
  url: maybe(z.object({ resource: z.string() })),
});

const artist = z.object({
  id: entity,
  name,
  "sort-name": text,
  disambiguation: text,
  type: maybe(word),
  country: text,
});

const artistCredit = z.object({
  // The name as credited; left out by the search where it is the artist's own.
  name: text,
  joinphrase: text,
  artist,
});

/** An artist, from a look-up, a browse page or a search. */
export const artistResponse = artist.extend({
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
  aliases: listOf(aliasResponse),
  tags: listOf(count),
  genres: listOf(count),
  relations: listOf(relation),
});

/** A release group, from a look-up, a browse page or a search. */
export const releaseGroupResponse = z.object({
  id: entity,
  title: name,
  disambiguation: text,
  "primary-type": maybe(word),
  "secondary-types": listOf(word),
  "first-release-date": text,
  "artist-credit": listOf(artistCredit),
  aliases: listOf(aliasResponse),
  tags: listOf(count),
  genres: listOf(count),
  relations: listOf(relation),
});

/** How well a hit fits, relative to the best one, 0 to 100; a text in older answers. */
const score = { score: maybe(z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)])) };

/** A page of an artist search. */
export const artistSearchResponse = z.object({ artists: z.array(artistResponse.extend(score)) });
/** A page of a release group search. */
export const releaseGroupSearchResponse = z.object({
  "release-groups": z.array(releaseGroupResponse.extend(score)),
});

/** An artist as the service describes it. */
export type ArtistResponse = z.output<typeof artistResponse>;
/** An artist as a search found it. */
export type ArtistHit = z.output<typeof artistSearchResponse>["artists"][number];
/** A release group as the service describes it. */
export type ReleaseGroupResponse = z.output<typeof releaseGroupResponse>;
/** A release group as a search found it. */
export type ReleaseGroupHit = z.output<typeof releaseGroupSearchResponse>["release-groups"][number];
/** Another name of an entity. */
export type AliasResponse = z.output<typeof aliasResponse>;
/** One of the artists of a credit. */
export type CreditResponse = z.output<typeof artistCredit>;
/** A relation of an entity to something else. */
export type RelationResponse = z.output<typeof relation>;
/** A tag or genre with the votes for it. */
export type CountResponse = z.output<typeof count>;
