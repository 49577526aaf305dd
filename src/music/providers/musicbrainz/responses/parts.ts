import { z } from "zod";
import { storableText } from "../../../../engine/json.ts";
import { parseWith } from "../../../../engine/schema-parser.ts";

/**
 * What the answers of the MusicBrainz web service are made of: https://musicbrainz.org/doc/MusicBrainz_API. We read what we
 * use and no more. An entity must have its id and its name; everything else may be absent, null, or, as it has been over
 * the years, spelled otherwise. What is malformed there is read as absent, since an entity with a broken date is still that
 * entity. A document of the service's dumps has the shape of a look-up.
 */
export const entity = z.guid().toLowerCase();

/**
 * A part that may be missing or odd. Most parts of most documents are null, of which zod's own `nullish().catch()` would
 * make three steps.
 */
export function maybe<Part>(part: z.ZodType<Part>) {
  return z.transform((value: unknown): Part | undefined => {
    if (value === undefined || value === null) return undefined;
    const parsed = parseWith(part, value);
    return parsed.success ? parsed.data : undefined;
  });
}

/** A list that may be missing; its odd elements are left out. */
export function listOf<Element>(element: z.ZodType<Element>) {
  return z.transform((value: unknown): Element[] => {
    const elements: Element[] = [];
    for (const one of Array.isArray(value) ? (value as readonly unknown[]) : []) {
      const parsed = parseWith(element, one);
      if (parsed.success) elements.push(parsed.data);
    }
    return elements;
  });
}

/** A text that says something, as it can be stored. */
export const name = z
  .string()
  .overwrite((said) => storableText(said).trim())
  .min(1);

/** A text that may be missing, or say nothing. */
export const text = z.transform((value: unknown) => (typeof value === "string" ? value : undefined));
/** A yes or no that may be missing. */
export const flag = z.transform((value: unknown) => (typeof value === "boolean" ? value : undefined));
/** A number that may be missing. */
export const number = maybe(z.number());

/** A word of a vocabulary; some mirrors wrap it in an object. */
export const word = z.union([z.string(), z.object({ name }).transform((wrapped) => wrapped.name)]);

/** A tag or genre. */
export const count = z.object({ name, count: z.number() });

/** Another name of an entity. */
export const alias = z.object({
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

/** A relation of an entity to something else, of which only web pages are read. */
export const relation = z.object({
  type: name,
  ended: flag,
  // Absent for relations to anything but a web page.
  url: maybe(z.object({ resource: z.string() })),
});

/** An artist as it is named within another entity. */
export const namedArtist = z.object({
  id: entity,
  name,
  "sort-name": text,
  disambiguation: text,
  type: maybe(word),
  country: text,
});

/** One of the artists of a credit: https://musicbrainz.org/doc/Artist_Credits */
export const credit = z.object({
  // The name as credited; left out by the search where it is the artist's own.
  name: text,
  joinphrase: text,
  artist: namedArtist,
});

/** How well a hit of a search fits, relative to the best one, 0 to 100; a text in older answers. */
export const score = { score: maybe(z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)])) };

/** Another name of an entity. */
export type AliasResponse = z.output<typeof alias>;
/** An artist as it is named within another entity. */
export type NamedArtist = z.output<typeof namedArtist>;
/** One of the artists of a credit. */
export type CreditResponse = z.output<typeof credit>;
/** A relation of an entity to something else. */
export type RelationResponse = z.output<typeof relation>;
/** A tag or genre with the votes for it. */
export type CountResponse = z.output<typeof count>;
