import { AccessionError, type Catalog, type Item, itemId, type ItemId } from "../index.ts";
import { release, song } from "../music/index.ts";
import { AmbiguousItem } from "./ambiguous-item.ts";
import { kindNamed, kinds } from "./kinds.ts";

/** Hits of a search among which the items of exactly that name are; the search puts them first. */
const searched = 100;

/**
 * The item that a person means: by its id, by an identifier (`musicbrainz.artist:83d91898-…`, or its bare value where
 * the scheme is an identity), or by its name where no other item has it.
 *
 * @param kind the kind of item that is meant: a name, or the bare value of an identity, is looked for among those first.
 * Default: every kind.
 * @throws AccessionError `item-unknown`, with similar names where there are any.
 * @throws AmbiguousItem where several items fit.
 */
export async function findItem(catalog: Catalog, reference: string, kind?: string): Promise<Item> {
  const text = reference.trim();
  const found =
    one(reference, await itemsById(catalog, text)) ?? one(reference, await itemsByIdentifier(catalog, text));
  if (found) return found;
  const identified = await itemsByBareIdentity(catalog, text);
  const meant = one(
    reference,
    identified.filter((item) => kind === undefined || item.kind === kind),
  );
  if (meant) return meant;
  const hits = await searchNames(catalog, text, kind);
  const exact = hits.filter((item) => item.title === text);
  const named = exact.length > 0 ? exact : hits.filter((item) => isNamed(item, text));
  // An album gives its name to its editions, and often to one of its songs: people mean the album.
  const principal = named.filter((item) => !isPart(item));
  // One of another kind comes last, for whoever wants this kind to say what it is.
  const item = one(reference, principal.length > 0 ? principal : named) ?? one(reference, identified);
  if (item) return item;
  const similar = hits.slice(0, 5).map((hit) => `${hit.title} (${hit.id})`);
  throw new AccessionError(
    "item-unknown",
    `The catalogue has no item "${text.slice(0, 100)}".${similar.length === 0 ? "" : ` Similar: ${similar.join(", ")}.`}`,
  );
}

/**
 * The id of an item that a person means where only one of a kind will do.
 *
 * @param wanted how the refusal of another begins: "--artist takes an artist".
 * @throws AccessionError as {@link findItem}; `query-invalid` for an item of another kind.
 */
export async function findItemOfKind(
  catalog: Catalog,
  reference: string,
  kind: string,
  wanted: string,
): Promise<ItemId> {
  const item = await findItem(catalog, reference, kind);
  if (item.kind === kind) return item.id;
  throw new AccessionError("query-invalid", `${wanted}, and ${item.title} (${item.id}) is a ${item.kind}.`);
}

function one(reference: string, found: readonly Item[]): Item | undefined {
  if (found.length > 1) throw new AmbiguousItem(reference, found);
  return found[0];
}

async function itemsById(catalog: Catalog, text: string): Promise<readonly Item[]> {
  const id = itemId.safeParse(text);
  const item = id.success ? await catalog.get(id.data) : undefined;
  return item ? [item] : [];
}

async function itemsByIdentifier(catalog: Catalog, text: string): Promise<readonly Item[]> {
  const [, scheme, value] = /^([a-z0-9.-]+):(.+)$/s.exec(text) ?? [];
  if (scheme === undefined || value === undefined) return [];
  const declared = kinds.some((kind) => kind.identifiers.some((known) => known.name === scheme));
  return declared ? catalog.withIdentifier(scheme, value) : [];
}

async function itemsByBareIdentity(catalog: Catalog, text: string): Promise<readonly Item[]> {
  const schemes = kinds
    .flatMap((kind) => kind.identifiers)
    .filter((scheme) => scheme.uniqueness === "identity" && scheme.parse(text) !== undefined);
  const found: Item[] = [];
  for (const scheme of schemes) found.push(...(await catalog.withIdentifier(scheme.name, text)));
  return found;
}

/** Items whose names contain the text, also as their kind spells names: an album is found without its article. */
async function searchNames(catalog: Catalog, text: string, kind: string | undefined): Promise<readonly Item[]> {
  const spellings = new Set([text, ...kinds.map((known) => known.normalise(text))]);
  const found = new Map<string, Item>();
  for (const spelling of spellings) {
    if (spelling === "") continue;
    for (const item of await catalog.search(spelling, { kind, limit: searched })) found.set(item.id, item);
  }
  return [...found.values()];
}

function isPart({ kind }: Item): boolean {
  return kind === release.name || kind === song.name;
}

function isNamed(item: Item, name: string): boolean {
  const kind = kindNamed(item.kind);
  const key = kind.normalise(name);
  return (
    kind.normalise(item.title) === key || kind.aliases(item.attributes).some((alias) => kind.normalise(alias) === key)
  );
}
