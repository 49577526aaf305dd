import type { z } from "zod";
import { AccessionError } from "./errors.ts";
import type { JsonObject } from "./json.ts";
import { normaliseName } from "./normalise.ts";
import type { LinedRelation, RelationLine } from "./relation-line.ts";
import type { Identifier, IdentifierScheme } from "./scheme.ts";

/** What a relation needs to know of the kind at its other end. */
export interface RelatedKind<Name extends string = string, Attributes = JsonObject> {
  readonly name: Name;
  readonly attributes: z.ZodType<Attributes>;
  /** The schema of each attribute by itself. */
  readonly fields: Readonly<Record<string, z.ZodType>>;
  /** Which attribute is the title. */
  readonly title: string;
}

/** How a candidate's attribute is compared with what the query expects of it. */
export type Comparison = "same" | "year" | "words";

/** What a query asks for, in the engine's terms. */
export interface Wanted {
  /** Identifiers that name the item outright. Default: none. */
  readonly identifiers?: readonly Identifier[];
  /** The name to look for; absent where identifiers suffice. */
  readonly name?: string | undefined;
  /** What is known of the item besides its name, as attributes. It tells namesakes apart. Default: nothing. */
  readonly expected?: JsonObject;
  /** Items that it must be related to, by relation type: an id of the catalogue, or a name. Default: none. */
  readonly related?: readonly RelatedWish[];
}

/** A related item that a query names. */
export type RelatedWish =
  | { readonly type: string; readonly name: string }
  | { readonly type: string; readonly item: string };

/** A relation as a view of its own, for people who query: what is said of it has typed columns. */
export interface RelationView {
  /** A word: the view stands beside the kinds' own, `music.track`. */
  readonly name: string;
  /** The zod object of what is said of a relation. Nothing else in the engine checks against it. */
  readonly attributes: z.ZodObject;
}

/** A sort of item: what is known of it, what names it, how it is asked for and told from its namesakes. */
export interface Kind<
  Name extends string = string,
  Attributes = JsonObject,
  Query = unknown,
  Relations extends Readonly<Record<string, RelatedKind>> = Readonly<Record<string, RelatedKind>>,
  Scheme extends string = string,
> extends RelatedKind<Name, Attributes> {
  readonly identifiers: readonly IdentifierScheme<Scheme>[];
  /** Types of category by which items can be told apart, as attributes can. */
  readonly categories: readonly string[];
  readonly relations: Relations;
  /** Relation types that have a view of their own. */
  readonly relationViews: Readonly<Record<string, RelationView>>;
  /** Relation types that people read as a list, and what the line of a relation is. */
  readonly relationLines: Readonly<Record<string, (relation: LinedRelation) => RelationLine>>;
  /** What `catalog.import` takes, before the schema has read it. */
  readonly query: z.ZodType<unknown, Query>;
  readonly compare: Readonly<Record<string, Comparison>>;
  /** Other names of an item. */
  aliases(attributes: Attributes): readonly string[];
  /** The key under which a name is found again. */
  normalise(name: string): string;
  /** What a query asks for, once the schema has read it. */
  want(query: unknown): Wanted;
  /** Whether, all else being equal, this is the one that people mean (an album rather than the single of its name). */
  prefers(attributes: Attributes): boolean;
}

/** The attributes of a kind's items. */
export type AttributesOf<K> = K extends { readonly attributes: z.ZodType<infer Attributes> } ? Attributes : never;
/** The queries that a kind takes. */
export type QueryOf<K> = K extends { readonly query: z.ZodType<unknown, infer Query> } ? Query : never;
/** The relations that a kind declares: type → kind of the other end. */
export type RelationsOf<K> = K extends { readonly relations: infer Relations } ? Relations : never;
/** The names of the schemes that a kind declares. */
export type SchemesOf<K> = K extends { readonly identifiers: readonly IdentifierScheme<infer Scheme>[] }
  ? Scheme
  : never;

/**
 * Declares a kind of item.
 *
 * @param definition.name a pack and a word: `music.artist`. The catalogue's SQL view of the kind has the same name.
 * @param definition.attributes the zod object of what is known of an item. Only the title may be required: a stub, said
 * in passing by another item's provider, knows no more.
 * @param definition.title the attribute that is the item's title.
 * @param definition.identifiers its identifier schemes, at least one of them `identity`.
 * @param definition.categories types of category that conditions may name: `genre`. Providers may say others as well, which
 * are kept and shown. Default: none.
 * @param definition.relations relation types, each with the kind at the other end. Default: none.
 * @param definition.relationViews relation types that get an SQL view of their own. Default: none.
 * @param definition.relationLines relation types that people read as a list, such as tracks: what the line of a relation is.
 * It must not throw, whatever is said of the relation. Default: none.
 * @param definition.query the zod schema of what `catalog.import` takes.
 * @param definition.want what a query asks for.
 * @param definition.compare which attributes tell namesakes apart, and how. Default: none.
 * @param definition.aliases other names of an item. Default: none.
 * @param definition.normalise the key of a name. Default: {@link normaliseName}.
 * @param definition.prefers which of two namesakes people mean. Default: neither.
 * @throws AccessionError `definition-invalid`, saying which rule the definition breaks.
 * @example
 * const book = defineKind({
 *   name: "books.book",
 *   attributes: z.object({ title: z.string(), published: partialDate.optional() }),
 *   title: "title",
 *   identifiers: [isbn],
 *   query: z.strictObject({ title: z.string() }),
 *   want: (query) => ({ name: query.title }),
 * });
 */
export function defineKind<
  const Name extends string,
  Attributes,
  Query,
  Read,
  const Schemes extends readonly IdentifierScheme[],
  // oxlint-disable-next-line typescript/no-generated-empty-object-type -- a kind without relations has the empty map
  const Relations extends Readonly<Record<string, RelatedKind>> = Readonly<Record<never, RelatedKind>>,
>(definition: {
  readonly name: Name;
  readonly attributes: z.ZodObject & z.ZodType<Attributes>;
  readonly title: keyof Attributes & string;
  readonly identifiers: Schemes;
  readonly categories?: readonly string[];
  readonly relations?: Relations;
  readonly relationViews?: { readonly [Type in keyof Relations]?: RelationView };
  readonly relationLines?: {
    readonly [Type in keyof Relations]?: (
      relation: LinedRelation<NoInfer<Attributes>, AttributesOf<Relations[Type]>>,
    ) => RelationLine;
  };
  readonly query: z.ZodType<Read, Query>;
  readonly want: (query: Read) => Wanted;
  readonly compare?: { readonly [Field in keyof Attributes]?: Comparison };
  readonly aliases?: (attributes: Attributes) => readonly string[];
  readonly normalise?: (name: string) => string;
  readonly prefers?: (attributes: Attributes) => boolean;
}): Kind<Name, Attributes, Query, Relations, Schemes[number]["name"]> {
  const { name, title, identifiers, categories = [] } = definition;
  const rule = (holds: boolean, broken: string): void => {
    if (!holds) throw new AccessionError("definition-invalid", `The kind "${name}" ${broken}.`);
  };
  rule(/^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$/.test(name), "needs a name of the form pack.word, in lower case");
  rule(title in definition.attributes.shape, `names "${title}" as its title, which is none of its attributes`);
  rule(
    definition.attributes.safeParse({ [title]: "A title" }).success,
    `requires more than its title "${title}"; a stub knows no more, so every other attribute must be optional`,
  );
  rule(
    identifiers.some((scheme) => scheme.uniqueness === "identity"),
    "needs at least one identifier scheme of uniqueness identity, or its items could not be told apart",
  );
  for (const type of categories) {
    rule(/^\w+$/.test(type), `needs a word as the type of category "${type}", or no condition could name it`);
    rule(
      !Object.hasOwn(definition.attributes.shape, type),
      `declares the category "${type}", which is one of its attributes`,
    );
  }
  const relationViews = (definition.relationViews ?? {}) as Readonly<Record<string, RelationView>>;
  for (const [type, view] of Object.entries(relationViews)) {
    rule(type in (definition.relations ?? {}), `has a view of "${type}", which is none of its relations`);
    rule(/^[a-z][a-z0-9_]*$/.test(view.name), `needs a word in lower case as the name of its view of "${type}"`);
  }
  const relationLines = (definition.relationLines ?? {}) as Kind["relationLines"];
  for (const type of Object.keys(relationLines))
    rule(type in (definition.relations ?? {}), `has lines of "${type}", which is none of its relations`);
  return {
    name,
    attributes: definition.attributes,
    fields: definition.attributes.shape,
    title,
    identifiers,
    categories,
    // An absent map of relations is the empty one, whose type is the parameter's default.
    relations: definition.relations ?? ({} as Relations),
    relationViews,
    relationLines,
    query: definition.query,
    compare: (definition.compare ?? {}) as Readonly<Record<string, Comparison>>,
    aliases: definition.aliases ?? (() => []),
    normalise: definition.normalise ?? normaliseName,
    want(query) {
      // What the schema has read is what it gives.
      return definition.want(query as Read);
    },
    prefers: definition.prefers ?? (() => false),
  };
}

/** The title that attributes give; empty where they give none. */
export function titleOf(kind: RelatedKind, attributes: JsonObject): string {
  const title = attributes[kind.title];
  return typeof title === "string" ? title : "";
}

/**
 * The names that a related item goes by: its title, and any text that is said of the relation, since that may be the name
 * as it was credited.
 */
export function relatedNames(kind: Kind, type: string, to: JsonObject, attributes: JsonObject): readonly string[] {
  const target = kind.relations[type];
  const credits = Object.values(attributes).filter((one) => typeof one === "string");
  const names = target ? [titleOf(target, to), ...credits] : credits;
  return [...new Set(names.filter((name) => normaliseName(name) !== ""))];
}

/** The keys under which an item of this kind is found: its title's first, then its aliases', each once. */
export function nameKeys(kind: Kind, attributes: JsonObject): string[] {
  const names = [titleOf(kind, attributes), ...kind.aliases(attributes)];
  const keys = names.map((name) => kind.normalise(name).slice(0, 500));
  return [...new Set(keys.filter((key) => key !== ""))];
}
