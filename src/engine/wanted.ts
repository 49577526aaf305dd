import { createHash } from "node:crypto";
import { z } from "zod";
import type { Engine } from "./engine.ts";
import { AccessionError } from "./errors.ts";
import { type Item, itemId } from "./item.ts";
import { canonicalJson, type JsonObject } from "./json.ts";
import type { Kind, RelatedWish, Wanted } from "./kind.ts";
import type { Description } from "./match.ts";
import type { Importer } from "./pack.ts";
import type { Sought } from "./provider.ts";
import { type Identifier, identifierText } from "./scheme.ts";
import type { StoredItem } from "./store.ts";

/** What an import looks for, as far as the query tells. */
export interface Target {
  readonly identifiers: readonly Identifier[];
  readonly name: string | undefined;
  readonly expected: JsonObject;
  readonly related: readonly RelatedWish[];
  /** Names the question, so that a person's answer to it can be remembered. */
  readonly scope: string;
}

/**
 * Reads a query by its kind's schema.
 *
 * @throws AccessionError `query-invalid`, naming the field, also where the query neither names nor identifies anything.
 */
export function readQuery(kind: Kind, query: unknown): Target {
  const parsed = kind.query.safeParse(query);
  if (!parsed.success) {
    throw new AccessionError("query-invalid", `This is no query for a ${kind.name}: ${z.prettifyError(parsed.error)}`);
  }
  const wanted: Wanted = kind.want(parsed.data);
  const identifiers = (wanted.identifiers ?? []).map((one) => readIdentifier(kind, one));
  const name = wanted.name?.trim();
  if (identifiers.length === 0 && (name === undefined || name === "")) {
    throw new AccessionError("query-invalid", `This query for a ${kind.name} names nothing.`);
  }
  const { related = [] } = wanted;
  const expected = Object.fromEntries(Object.entries(wanted.expected ?? {}).filter(([, value]) => value !== undefined));
  const named = identifiers.length === 0 ? {} : { identifiers: identifiers.map(identifierText) };
  const question = canonicalJson({ name: kind.normalise(name ?? ""), expected, related, ...named });
  return {
    identifiers,
    name,
    expected,
    related,
    scope: `query:${kind.name}:${createHash("sha256").update(question).digest("hex")}`,
  };
}

/** An identifier of the kind in its one spelling. @throws AccessionError `query-invalid` for any other. */
function readIdentifier(kind: Kind, identifier: Identifier): Identifier {
  const scheme = kind.identifiers.find((one) => one.name === identifier.scheme);
  const value = scheme?.parse(identifier.value);
  if (scheme && value !== undefined) return { scheme: scheme.name, value };
  const known = kind.identifiers.map((one) => one.name).join(", ");
  throw new AccessionError(
    "query-invalid",
    scheme
      ? `"${identifier.value.slice(0, 100)}" is no ${scheme.name}.`
      : `A ${kind.name} has no identifier scheme "${identifier.scheme}"; it has ${known}.`,
  );
}

/**
 * A candidate's id as people give it back: `scheme:value`, or the bare value where an identity scheme of the kind fits.
 *
 * @throws AccessionError `query-invalid` for anything else.
 */
export function readCandidateId(kind: Kind, text: string): Identifier {
  const [, scheme, value] = /^([a-z0-9.-]+):(.+)$/s.exec(text) ?? [];
  if (scheme !== undefined && value !== undefined && kind.identifiers.some((one) => one.name === scheme)) {
    return readIdentifier(kind, { scheme, value });
  }
  for (const one of kind.identifiers) {
    const parsed = one.uniqueness === "identity" ? one.parse(text) : undefined;
    if (parsed !== undefined) return { scheme: one.name, value: parsed };
  }
  throw new AccessionError(
    "query-invalid",
    `"${text.slice(0, 100)}" is no candidate's id, such as ${kind.identifiers[0]?.name}:….`,
  );
}

/** A related item as far as it is known: all its names, and its identifiers where the catalogue has it. */
export interface KnownRelated {
  readonly type: string;
  readonly names: readonly string[];
  readonly identifiers: readonly Identifier[];
}

/**
 * Looks the related items of a query up in the catalogue: by id, or by name where exactly one item has it.
 *
 * @throws AccessionError `item-unknown` for an id that the catalogue does not have, `query-invalid` for none at all.
 */
export async function resolveRelated(
  engine: Engine,
  kind: Kind,
  related: readonly RelatedWish[],
): Promise<readonly KnownRelated[]> {
  return Promise.all(
    related.map(async (wish) => {
      const found = await lookUp(engine, kind, wish);
      const names = new Set("name" in wish ? [wish.name] : []);
      if (found) names.add(found.item.title);
      return { type: wish.type, names: [...names], identifiers: found?.item.identifiers ?? [] };
    }),
  );
}

async function lookUp(engine: Engine, kind: Kind, wish: RelatedWish): Promise<StoredItem | undefined> {
  const target = engine.registry.importer(kind.relations[wish.type]?.name ?? wish.type).kind;
  if ("name" in wish) {
    const found = await engine.store.findByName(target.name, target.normalise(wish.name), 2);
    return found.length === 1 ? found[0] : undefined;
  }
  const id = itemId.safeParse(wish.item);
  if (!id.success) throw new AccessionError("query-invalid", `"${wish.item.slice(0, 100)}" is no item's id.`);
  const [found] = await engine.store.load([id.data]);
  if (!found) throw new AccessionError("item-unknown", `The catalogue has no item ${wish.item}.`);
  return found;
}

/** What a source's candidates, or the catalogue's items, are scored against; undefined where no name is known. */
export function describe(target: Target, related: readonly KnownRelated[]): Description | undefined {
  return target.name === undefined ? undefined : { name: target.name, expected: target.expected, related };
}

/** What a provider is asked: the query's word first where there is no item yet, else the item's. */
export function soughtOf(
  importer: Importer,
  target: Target,
  related: readonly KnownRelated[],
  item: Item | undefined,
): Sought {
  const { kind } = importer;
  const known = (item?.identifiers ?? []).map(({ scheme, value }) => ({ scheme, value }));
  const listed = new Set(known.map(identifierText));
  const identifiers = [...known, ...target.identifiers.filter((one) => !listed.has(identifierText(one)))];
  const compared = Object.keys(kind.compare).filter((field) => item?.attributes[field] !== undefined);
  const fromItem = Object.fromEntries(compared.map((field) => [field, item?.attributes[field]]));
  const relatedTypes = Object.keys(kind.relations);
  return {
    identifiers,
    name: item?.title ?? target.name,
    expected: { ...fromItem, ...target.expected },
    related: item === undefined ? related : relatedTypes.flatMap((type) => relatedOfItem(item, type)),
    item,
    identifier: (scheme) => identifiers.find((one) => one.scheme === scheme)?.value,
  };
}

function relatedOfItem(item: Item, type: string): readonly KnownRelated[] {
  const names = item.relations.filter((relation) => relation.type === type).map((relation) => relation.item.title);
  return names.length === 0 ? [] : [{ type, names, identifiers: [] }];
}
