import type { ContributionData } from "./contribution.ts";
import { type ItemImage, person } from "./item.ts";
import type { JsonObject, JsonValue } from "./json.ts";
import { nameKeys, titleOf } from "./kind.ts";
import { normaliseName } from "./normalise.ts";
import type { Importer } from "./pack.ts";
import { believed } from "./registry.ts";
import { parseWith } from "./schema-parser.ts";
import type { Identifier } from "./scheme.ts";

/** A contribution as it is kept: one per provider and item, the latest. */
export interface StoredContribution {
  /** The item it was said of; another than the one merged where that item was merged into it. */
  readonly itemId: string;
  readonly provider: string;
  /** A stub, said in passing by a provider of another item. */
  readonly partial: boolean;
  /** ISO 8601, UTC. */
  readonly fetchedAt: string;
  readonly data: ContributionData;
  /** Whether the kind as it is now is known to allow the attributes. Default: false, as of all that was stored before. */
  readonly allowed?: boolean | undefined;
}

/** What an item is once all contributions are merged. Relations name their targets by identifier still. */
export interface Merged {
  readonly title: string;
  readonly attributes: JsonObject;
  readonly nameKeys: readonly string[];
  readonly identifiers: readonly (Identifier & { readonly provider: string })[];
  readonly categories: readonly MergedCategory[];
  readonly relations: readonly MergedRelation[];
  readonly links: readonly MergedLink[];
  readonly images: readonly ItemImage[];
}

/** A category with its normalised name; two spellings of one name are one category. */
export interface MergedCategory {
  readonly type: string;
  readonly key: string;
  readonly name: string;
  readonly weight: number | undefined;
  readonly provider: string;
}

/** A relation whose position is settled. */
export interface MergedRelation {
  readonly type: string;
  readonly position: number;
  readonly to: ContributionData["relations"][number]["to"];
  readonly attributes: JsonObject;
  readonly provider: string;
}

/** A link, with who said it. */
export interface MergedLink {
  readonly type: string;
  readonly url: string;
  readonly attributes: JsonObject;
  readonly provider: string;
}

/** One value of a field and who says it; null: a person says that there is none. */
export interface Claimed {
  readonly provider: string;
  readonly value: JsonValue;
  readonly fetchedAt: string;
  /** How it came about, where its provider says so. */
  readonly madeBy?: Readonly<Record<string, string>> | undefined;
}

/**
 * The contributions in the order in which they are believed: a person, then the importer's providers, then providers
 * that it no longer has; what was said in passing after what was said outright. The order they come in does not matter.
 */
function inPrecedence(
  importer: Importer,
  itemId: string,
  contributions: readonly StoredContribution[],
  field?: string,
): readonly StoredContribution[] {
  if (contributions.length < 2) return contributions;
  const order = believed(importer, field);
  const rank = (one: StoredContribution): readonly (number | string)[] => {
    const place = order.indexOf(one.provider);
    return [
      one.partial ? 1 : 0,
      place < 0 ? order.length : place,
      one.provider,
      one.itemId === itemId ? 0 : 1,
      one.itemId,
    ];
  };
  return contributions
    .map((one) => ({ one, rank: rank(one) }))
    .toSorted((left, right) => {
      const at = left.rank.findIndex((part, index) => part !== right.rank[index]);
      return at < 0 ? 0 : (left.rank[at] ?? 0) < (right.rank[at] ?? 0) ? -1 : 1;
    })
    .map(({ one }) => one);
}

/** The attributes that anybody speaks of. */
function fieldsOf(contributions: readonly StoredContribution[]): Set<string> {
  return new Set(contributions.flatMap((one) => Object.keys(one.data.attributes)));
}

/**
 * Those who say something of a field, the one believed most first. Only a person may say that a field has no value; a
 * provider that says null says nothing.
 */
function speakersOf(
  field: string,
  importer: Importer,
  itemId: string,
  general: readonly StoredContribution[],
): readonly StoredContribution[] {
  const order = field in importer.precedence ? inPrecedence(importer, itemId, general, field) : general;
  return order.filter(({ provider, data }) => {
    const value = data.attributes[field];
    return value !== undefined && (value !== null || provider === person);
  });
}

/** For every attribute that anybody speaks of: each value said, the one shown first. */
export function claimsByField(
  importer: Importer,
  itemId: string,
  contributions: readonly StoredContribution[],
): ReadonlyMap<string, readonly Claimed[]> {
  const general = inPrecedence(importer, itemId, contributions);
  return new Map(
    [...fieldsOf(general)].toSorted().map((field) => {
      const claims = speakersOf(field, importer, itemId, general).map(({ provider, fetchedAt, data }): Claimed => {
        const { madeBy } = data;
        return { provider, fetchedAt, value: data.attributes[field] ?? null, ...(madeBy && { madeBy }) };
      });
      return [field, claims];
    }),
  );
}

/**
 * The merge of an item's contributions, field by field. Pure; the order of the contributions does not matter, and
 * merging a merge changes nothing. A value that the kind's schema no longer allows (the kind has changed since it was
 * stored) gives way to the next one.
 *
 * @param fallbackTitle shown where nobody says a title any more.
 */
export function merge(
  importer: Importer,
  itemId: string,
  contributions: readonly StoredContribution[],
  fallbackTitle: string,
): Merged {
  const { kind } = importer;
  const order = inPrecedence(importer, itemId, contributions);
  const attributes = mergeAttributes(importer, itemId, order, fallbackTitle);
  return {
    title: titleOf(kind, attributes),
    attributes,
    nameKeys: nameKeys(kind, attributes),
    identifiers: firstOfEach(
      order,
      ({ identifiers }) => identifiers,
      (one) => `${one.scheme}:${one.value}`,
    ),
    categories: firstOfEach(
      order,
      ({ categories }) =>
        categories.map(({ type, name, weight }) => ({ type, key: normaliseName(name), name, weight })),
      (one) => `${one.type}:${one.key}`,
    ),
    relations: mergeRelations(order),
    links: firstOfEach(
      order,
      ({ links }) => links,
      (one) => `${one.type} ${one.url}`,
    ),
    // One of each type: nobody wants to see five front covers.
    images: firstOfEach(
      order,
      ({ images }) => images,
      (one) => one.type,
    ),
  };
}

function mergeAttributes(
  importer: Importer,
  itemId: string,
  general: readonly StoredContribution[],
  fallbackTitle: string,
): JsonObject {
  const { fields, title } = importer.kind;
  const merged: Record<string, JsonValue> = {};
  for (const field of [...fieldsOf(general).add(title)].toSorted()) {
    const schema = fields[field];
    const shown = speakersOf(field, importer, itemId, general).find(({ data, allowed }) => {
      const value = data.attributes[field];
      return value === null || allowed === true || (schema && parseWith(schema, value).success);
    });
    const value = shown?.data.attributes[field] ?? (field === title ? fallbackTitle : undefined);
    if (value !== undefined) merged[field] = value;
  }
  return merged;
}

/**
 * For each type, the relations of the provider most believed that has any: two sources' lists of credits, each with
 * positions of its own, do not mix.
 *
 * @param order what was said, the most believed first.
 */
export function mergeRelations(
  order: readonly Pick<StoredContribution, "provider" | "data">[],
): readonly MergedRelation[] {
  const saidBy = new Map<string, Pick<StoredContribution, "provider" | "data">>();
  for (const one of order) {
    for (const { type } of one.data.relations) if (!saidBy.has(type)) saidBy.set(type, one);
  }
  return [...saidBy].flatMap(([type, { provider, data }]) =>
    data.relations
      .filter((relation) => relation.type === type)
      .map((relation, index) => ({ ...relation, position: relation.position ?? index + 1, provider })),
  );
}

/** Of what is said, the first with each key, and who says it. @param order the most believed first. */
function firstOfEach<Element>(
  order: readonly StoredContribution[],
  said: (data: ContributionData) => readonly Element[],
  key: (element: Element) => string,
): readonly (Element & { readonly provider: string })[] {
  const seen = new Set<string>();
  const first: (Element & { readonly provider: string })[] = [];
  for (const { provider, data } of order) {
    for (const element of said(data)) {
      const name = key(element);
      if (seen.has(name)) continue;
      seen.add(name);
      first.push({ ...element, provider });
    }
  }
  return first;
}
