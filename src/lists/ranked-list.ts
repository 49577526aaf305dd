import { createHash } from "node:crypto";
import type { Catalog } from "../catalog.ts";
import type { Contribution } from "../engine/contribution.ts";
import { AccessionError } from "../engine/errors.ts";
import type { Item } from "../engine/item.ts";
import type { Kind } from "../engine/kind.ts";
import { normaliseName } from "../engine/normalise.ts";
import type { Identifier } from "../engine/scheme.ts";
import type { LineOutcome, ListLine } from "./list-line.ts";

/** A ranked list as an item of the catalogue. */
export interface RankedList {
  /** The kind of the list; one of its identity schemes takes a slug of the name. */
  readonly kind: Kind;
  readonly name: string;
}

/** The provider by whose name the catalogue says who put an item into a list. */
const listProvider = "list-file";

const longestSlug = 100;

/**
 * Stores a ranked list: relations to the items that its lines led to, each in the position of its rank. Saying it again
 * replaces what was said before, so that a later run with more lines settled adds them, and what the list no longer holds goes.
 * In the place of a line that was not reached, or failed, the list keeps what it has.
 *
 * @returns the list; undefined where no line led to an item.
 * @throws AccessionError `query-invalid` for a name of nothing that a slug could be made of, and for a kind of list that
 * cannot hold items of this kind.
 */
export async function saveRankedList<K extends Kind>(
  catalog: Catalog,
  kind: K,
  list: RankedList,
  lines: readonly ListLine<K>[],
  outcomes: readonly (LineOutcome<K> | undefined)[],
): Promise<Item | undefined> {
  const entries = outcomes.flatMap((outcome, index): readonly Entry[] => {
    if (!outcome || !("item" in outcome)) return [];
    return [{ item: outcome.item, ...placeOf(lines, index) }];
  });
  const kept = await keptEntries(catalog, kind, list, { lines, outcomes, taken: entries });
  if (entries.length + kept.length === 0) return undefined;
  const contribution = listContribution(list, kind, [...entries, ...kept]);
  return (await catalog.contribute(list.kind, listProvider, contribution)).item;
}

/** Refuses a list that could not be stored, before anything is asked. @throws As {@link saveRankedList}. */
export function checkRankedList(list: RankedList, kind: Kind): void {
  listContribution(list, kind, []);
}

/** A place in a list. */
interface Place {
  readonly position: number;
  /** Whether the list itself prints the position. */
  readonly isNumbered: boolean;
}

/** An item in its place. */
interface Entry extends Place {
  readonly item: Item;
}

function placeOf(lines: readonly ListLine[], index: number): Place {
  const rank = lines[index]?.rank;
  return { position: rank ?? index + 1, isNumbered: rank !== undefined };
}

/** What the list holds as it is stored, in the places of lines of which this run has learnt nothing. */
async function keptEntries(
  catalog: Catalog,
  of: Kind,
  list: RankedList,
  run: {
    readonly lines: readonly ListLine[];
    readonly outcomes: readonly (LineOutcome | undefined)[];
    readonly taken: readonly Entry[];
  },
): Promise<readonly Entry[]> {
  const takenPlaces = new Set(run.taken.map(({ position }) => position));
  const takenItems = new Set(run.taken.map(({ item }) => item.id));
  const unlearnt = run.outcomes.flatMap((outcome, index) =>
    outcome === undefined || outcome.status === "failed" ? [placeOf(run.lines, index)] : [],
  );
  const places = new Map(unlearnt.map((place) => [place.position, place]));
  if (places.size === 0) return [];
  const { scheme, value } = identityOf(list);
  const [stored] = await catalog.withIdentifier(scheme, value);
  const relation = relationTo(list.kind, of);
  const kept = (stored?.relations ?? []).filter(
    ({ type, position, provider, item }) =>
      type === relation &&
      provider === listProvider &&
      places.has(position) &&
      !takenPlaces.has(position) &&
      // It may have moved to another place.
      !takenItems.has(item.id),
  );
  const items = new Map((await catalog.getAll(kept.map(({ item }) => item.id))).map((item) => [item.id, item]));
  return kept.flatMap(({ item: { id }, position }) => {
    const [item, place] = [items.get(id), places.get(position)];
    return item && place ? [{ item, ...place }] : [];
  });
}

/** The type of the relations from a list to what it lists. @throws AccessionError `query-invalid`. */
function relationTo(kind: Kind, of: Kind): string {
  const relation = Object.keys(kind.relations).find((type) => kind.relations[type]?.name === of.name);
  if (relation !== undefined) return relation;
  throw new AccessionError("query-invalid", `A ${kind.name} cannot hold a ${of.name}.`);
}

/** What names the list. @throws AccessionError `query-invalid`. */
function identityOf({ kind, name }: RankedList): Identifier {
  const value = slugOf(name);
  const scheme = kind.identifiers.find((one) => one.uniqueness === "identity" && one.parse(value) !== undefined);
  if (scheme) return { scheme: scheme.name, value };
  throw new AccessionError("query-invalid", `A ${kind.name} cannot be named "${value}".`);
}

function listContribution(list: RankedList, of: Kind, entries: readonly Entry[]): Contribution {
  const { kind, name } = list;
  const relation = relationTo(kind, of);
  const identities = new Set(of.identifiers.filter((one) => one.uniqueness === "identity").map((one) => one.name));
  return {
    attributes: { [kind.title]: name.trim() },
    identifiers: [identityOf(list)],
    relations: entries.map(({ item, position, isNumbered }) => ({
      type: relation,
      position,
      to: {
        identifiers: item.identifiers.flatMap(({ scheme: its, value }) =>
          identities.has(its) ? [{ scheme: its, value }] : [],
        ),
        attributes: { [of.title]: item.title },
      },
      ...(isNumbered && { attributes: { number: String(position) } }),
    })),
  };
}

/**
 * The name as an identifier, of ASCII letters and digits: two spellings of one name are one list. A name in another script
 * is told from its likes by a digest.
 *
 * @example slugOf("Best Albums of 1973!"); // "best-albums-of-1973"
 */
function slugOf(name: string): string {
  const key = normaliseName(name);
  if (!/[\p{L}\p{N}]/u.test(key)) {
    throw new AccessionError(
      "query-invalid",
      `"${name.slice(0, 100)}" is no name for a list: it needs a letter or digit.`,
    );
  }
  const words = key.replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-+|-+$/g, "");
  const isWhole = words.length <= longestSlug && !/[^\P{L}a-z]|[^\P{N}0-9]/u.test(key);
  if (isWhole) return words;
  const digest = createHash("sha256").update(key).digest("hex").slice(0, 12);
  const start = words.slice(0, longestSlug - digest.length - 1).replace(/-+$/, "");
  return start === "" ? `list-${digest}` : `${start}-${digest}`;
}
