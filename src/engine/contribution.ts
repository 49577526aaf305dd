import { z } from "zod";
import { type NamedImage, namedImages, takenImages } from "./image.ts";
import type { AttributesOf, Kind, RelationsOf, SchemesOf } from "./kind.ts";
import type { JsonObject, JsonValue } from "./json.ts";
import type { Identifier } from "./scheme.ts";

/** A genre, tag or place that a source puts an item under. */
export interface Category {
  /** What sort of category, in the provider's words: `genre`, `tag`, `location`. */
  readonly type: string;
  readonly name: string;
  /** How strongly the source says so, in its own unit (votes); absent where it does not say. */
  readonly weight?: number | undefined;
}

/** A web page about an item. */
export interface Link {
  /** What the page is: `official homepage`, `discogs`, `product`. */
  readonly type: string;
  /** http or https. What else a provider says is left out; of `edit` and `contribute` it is refused. */
  readonly url: string;
  /** What more is known of the page, such as a price. Default: nothing. */
  readonly attributes?: JsonObject | undefined;
}

/** Something that a source offers for an item, and that is not the item's: a tribute album, a shirt. */
export interface Rejection {
  /** The source's own id. */
  readonly id: string;
  readonly title: string;
  /** Why, for people. */
  readonly reason: string;
  /** How that came about, where it is more than a rule: a model, a prompt's version. Default: nothing. */
  readonly madeBy?: Readonly<Record<string, string>> | undefined;
}

/** Another item as a relation names it: by identifiers, with what the source says of it in passing. */
export interface RelatedItem<Attributes = JsonObject> {
  readonly identifiers: readonly Identifier[];
  /** Enough for a stub: at least the title, where the catalogue lacks the item. */
  readonly attributes: Partial<Attributes>;
  /** Whom the item itself is related to, should it have to be made: the artists of a song. Default: not said. */
  readonly relations?: readonly RelationTo[] | undefined;
}

/** A relation to another item; its type, declared by the kind, says of which kind that item is. */
export interface RelationTo<Type extends string = string, Attributes = JsonObject> {
  readonly type: Type;
  readonly to: RelatedItem<Attributes>;
  /** Place among the relations of this type, from 1. Default: the place in the list. */
  readonly position?: number | undefined;
  /** What is said of the relation itself, such as the name as credited. Default: nothing. */
  readonly attributes?: JsonObject | undefined;
}

/** The relations that a kind allows, each with its own target's attributes. */
type DeclaredRelation<K extends Kind> = {
  [Type in keyof RelationsOf<K> & string]: RelationTo<Type, AttributesOf<RelationsOf<K>[Type]>>;
}[keyof RelationsOf<K> & string];

/**
 * What one source says of one item: plain data. Everything is optional, and what is absent is simply not said. The
 * engine stores it, merges it with what others say, and takes away what the same provider said before and no longer does.
 *
 * @example
 * const said: Contribution<typeof artist> = {
 *   attributes: { name: "Pink Floyd", country: "GB", begin: "1965" },
 *   identifiers: [{ scheme: "musicbrainz.artist", value: "83d91898-7763-47d7-b03b-b92132375c47" }],
 *   categories: [{ type: "genre", name: "Progressive Rock", weight: 31 }],
 * };
 */
export interface Contribution<K extends Kind = Kind> {
  readonly attributes?: { readonly [Field in keyof AttributesOf<K>]?: AttributesOf<K>[Field] | null | undefined };
  readonly identifiers?: readonly Identifier<SchemesOf<K>>[];
  readonly categories?: readonly Category[];
  readonly relations?: readonly DeclaredRelation<K>[];
  readonly links?: readonly Link[];
  /** The engine fetches them and keeps one of each type, the first that it can; what it cannot have is left out. */
  readonly images?: readonly NamedImage[];
  /**
   * How what is said came about, where that is more than asking a source: a model, a prompt's version. It is kept with the
   * contribution and told by `explain`; items do not show it. Default: nothing.
   */
  readonly madeBy?: Readonly<Record<string, string>> | undefined;
  /**
   * What the source offered and the provider has rejected. It is kept with the contribution and told by `explain`; items do
   * not show it. Default: nothing.
   */
  readonly rejected?: readonly Rejection[] | undefined;
}

/** What is read is JSON already: made so by `storableJson`, or read from JSON. */
const json = z.record(z.string(), z.custom<JsonValue>());
const text = z.string().trim().min(1);

const madeBy = z.record(z.string(), z.string()).optional();
/** Whether the value is one is the scheme's to say. */
const saidIdentifier = z.object({ scheme: text, value: z.string().trim() });
const relatedItem = z.object({ identifiers: z.array(saidIdentifier), attributes: json });
const relation = z.object({
  type: text,
  to: relatedItem,
  position: z.int().min(1).optional(),
  attributes: json.default({}),
});

/** The shape of a contribution as it is stored, before the kind has checked the attributes. */
export const contributionData = z.object({
  attributes: json.default({}),
  identifiers: z.array(saidIdentifier).default([]),
  categories: z.array(z.object({ type: text, name: text, weight: z.number().optional() })).default([]),
  // Two steps away at most: the artists of the songs of a release.
  relations: z
    .array(relation.extend({ to: relatedItem.extend({ relations: z.array(relation).optional() }) }))
    .default([]),
  links: z.array(z.object({ type: text, url: z.string().trim(), attributes: json.default({}) })).default([]),
  images: takenImages.default([]),
  madeBy,
  rejected: z.array(z.object({ id: text, title: text, reason: text, madeBy })).optional(),
});

/** The shape of a contribution as it is said: its images are but named. */
export const saidContribution = contributionData.extend({ images: namedImages.default([]) });

/** A contribution as it is said: as it is stored, but for its images, which are but named. */
export type SaidContribution = z.output<typeof saidContribution>;

/** A contribution as it is stored: every list present, every attribute JSON. */
export type ContributionData = z.output<typeof contributionData>;
