import type { ContributionData } from "./contribution.ts";
import { type ItemImage, person } from "./item.ts";
import type { JsonObject, JsonValue } from "./json.ts";
import { type Kind, nameKeys, titleOf } from "./kind.ts";
import { normaliseName } from "./normalise.ts";
import type { Importer } from "./pack.ts";
import { believed } from "./registry.ts";
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

/** For every attribute that anybody speaks of: each value said, the one shown first. */
export function claimsByField(
  importer: Importer,
  itemId: string,
  contributions: readonly StoredContribution[],
): ReadonlyMap<string, readonly Claimed[]> {
  const general = inPrecedence(importer, itemId, contributions);
  const fields = new Set(general.flatMap((one) => Object.keys(one.data.attributes)));
  return new Map(
    [...fields].toSorted().map((field) => {
      const order = field in importer.precedence ? inPrecedence(importer, itemId, contributions, field) : general;
      const claims = order.flatMap(({ provider, fetchedAt, data }) => {
        const value = data.attributes[field];
        const { madeBy } = data;
        // Only a person may say that a field has no value; a provider that says null says nothing.
        return value === undefined || (value === null && provider !== person)
          ? []
          : [{ provider, fetchedAt, value, ...(madeBy && { madeBy }) }];
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
  const attributes = mergeAttributes(kind, claimsByField(importer, itemId, contributions), fallbackTitle);
  return {
    title: titleOf(kind, attributes),
    attributes,
    nameKeys: nameKeys(kind, attributes),
    identifiers: firstOfEach(
      order.flatMap(({ provider, data }) => data.identifiers.map((one) => ({ ...one, provider }))),
      (one) => `${one.scheme}:${one.value}`,
    ),
    categories: firstOfEach(
      order.flatMap(({ provider, data }) =>
        data.categories.map((one) => ({ ...one, weight: one.weight, key: normaliseName(one.name), provider })),
      ),
      (one) => `${one.type}:${one.key}`,
    ),
    relations: mergeRelations(order),
    links: firstOfEach(
      order.flatMap(({ provider, data }) => data.links.map((one) => ({ ...one, provider }))),
      (one) => `${one.type} ${one.url}`,
    ),
    // One of each type: nobody wants to see five front covers.
    images: firstOfEach(
      order.flatMap(({ provider, data }) => data.images.map((one) => ({ ...one, provider }))),
      (one) => one.type,
    ),
  };
}

function mergeAttributes(
  kind: Kind,
  claims: ReadonlyMap<string, readonly Claimed[]>,
  fallbackTitle: string,
): JsonObject {
  const merged: Record<string, JsonValue> = { [kind.title]: fallbackTitle };
  for (const [field, values] of claims) {
    const schema = kind.fields[field];
    const shown = schema && values.find(({ value }) => value === null || schema.safeParse(value).success)?.value;
    if (shown !== undefined && shown !== null) merged[field] = shown;
  }
  return Object.fromEntries(Object.entries(merged).toSorted(([a], [b]) => (a < b ? -1 : 1)));
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

function firstOfEach<Element>(elements: readonly Element[], key: (element: Element) => string): readonly Element[] {
  const seen = new Map<string, Element>();
  for (const element of elements) {
    const name = key(element);
    if (!seen.has(name)) seen.set(name, element);
  }
  return [...seen.values()];
}
