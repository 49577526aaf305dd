import type { Draft } from "./draft.ts";
import type { Engine } from "./engine.ts";
import type { Item, ItemId } from "./item.ts";
import { sameJson } from "./json.ts";
import type { Merged } from "./merge.ts";
import type { Registry } from "./registry.ts";
import type { Stub } from "./related-items.ts";
import { identifierText } from "./scheme.ts";
import type { IdentifierRow, ImageRow, ItemRow, RelationRow, RowChanges, RunRow, SaveRows } from "./save-rows.ts";

/** Items' associations as the database keeps them. */
interface AssociationRows {
  readonly identifiers: readonly IdentifierRow[];
  readonly relations: readonly RelationRow[];
  readonly images: readonly ImageRow[];
}

type AssociationChanges = {
  readonly [Table in keyof AssociationRows]: RowChanges<AssociationRows[Table][number]>;
};

/** All that turns what the catalogue has into what the drafts and stubs show. */
export function rowsOf(
  engine: Engine,
  drafts: readonly { readonly draft: Draft; readonly item: Item; readonly changed: boolean }[],
  made: readonly { readonly stub: Stub; readonly item: Item }[],
  savedAt: string,
): SaveRows {
  const { registry } = engine;
  const insert: ItemRow[] = [];
  const update: ItemRow[] = [];
  const changes: AssociationChanges[] = [];
  for (const { draft, item, changed } of drafts) {
    const row = itemRow(item, draft.merged, savedAt);
    if (!draft.stored) insert.push(row);
    else if (changed) update.push(row);
    if (!draft.stored && draft.foreign.length === 0) {
      // Its identities are claimed just as they are.
      const rows = associationRows(registry, item);
      changes.push(associationChanges(none, { ...rows, identifiers: rows.identifiers.filter((one) => !one.identity) }));
      continue;
    }
    const was = associationRows(registry, draft.stored?.item);
    // What was claimed just now stands in the table already.
    const standing = new Set([...was.identifiers, ...draft.foreign].map(identifierText));
    const fresh = draft.own
      .filter((claim) => !standing.has(identifierText(claim)))
      .map(({ scheme, value, provider, position }) => ({
        itemId: draft.id,
        scheme,
        value,
        provider,
        position,
        identity: true,
      }));
    const identifiers = [...was.identifiers, ...fresh];
    changes.push(associationChanges({ ...was, identifiers }, associationRows(registry, item)));
  }
  for (const { stub, item } of made) {
    insert.push(itemRow(item, stub.merged, savedAt));
    const rows = associationRows(registry, item);
    changes.push(associationChanges({ ...none, identifiers: rows.identifiers.filter((one) => one.identity) }, rows));
  }
  const together = <Table extends keyof AssociationRows>(table: Table) => ({
    added: changes.flatMap((one) => one[table].added),
    changed: changes.flatMap((one) => one[table].changed),
    gone: changes.flatMap((one) => one[table].gone),
  });
  return {
    insert,
    update,
    contributions: [
      ...drafts.flatMap(({ draft }) => draft.said),
      ...made.map(({ stub }) => ({ ...stub.contribution, fetchedAt: savedAt, stub: true })),
    ],
    identifiers: together("identifiers"),
    relations: together("relations"),
    images: together("images"),
    runs: drafts.flatMap(({ draft }) => runRows(draft)),
  };
}

/** The runs to note of an item; of two of one provider, the later one. */
function runRows({ id: itemId, requests }: Draft): readonly RunRow[] {
  const runs = requests.flatMap((one) => one.runs ?? []).map((run): RunRow => ({ ...run, itemId }));
  return [...new Map(runs.map((run) => [run.provider, run])).values()];
}

const none: AssociationRows = { identifiers: [], relations: [], images: [] };

/** The row of an item as it is shown, with what only the merge knows: the keys of its names and categories. */
function itemRow(
  { id, kind, title, attributes, links }: Item,
  { nameKeys, categories }: Pick<Merged, "nameKeys" | "categories">,
  savedAt: string,
): ItemRow {
  return { id, kind, title, attributes, categories, links, nameKeys, savedAt };
}

/** The rows of an item's associations; none where there is no item yet. */
function associationRows(registry: Registry, item: Item | undefined): AssociationRows {
  if (!item) return none;
  const itemId: ItemId = item.id;
  return {
    identifiers: item.identifiers.map((one, index) => ({
      itemId,
      ...one,
      identity: registry.scheme(one.scheme)?.uniqueness === "identity",
      position: index + 1,
    })),
    relations: item.relations.map(({ item: to, ...one }) => ({ itemId, ...one, toId: to.id })),
    images: item.images.map((one, index) => ({ itemId, ...one, position: index + 1 })),
  };
}

/** What turns the rows of before into those of after, table by table. */
function associationChanges(before: AssociationRows, after: AssociationRows): AssociationChanges {
  return {
    identifiers: rowChanges(before.identifiers, after.identifiers, identifierText),
    relations: rowChanges(before.relations, after.relations, (one) => `${one.type} ${one.position} ${one.toId}`),
    images: rowChanges(before.images, after.images, (one) => one.type),
  };
}

function rowChanges<Row>(before: readonly Row[], after: readonly Row[], key: (row: Row) => string): RowChanges<Row> {
  if (before.length === 0) return { added: after, changed: [], gone: [] };
  const [was, is] = [new Map(before.map((row) => [key(row), row])), new Set(after.map(key))];
  const added: Row[] = [];
  const changed: Row[] = [];
  for (const row of after) {
    const old = was.get(key(row));
    if (old === undefined) added.push(row);
    else if (!sameJson(old, row)) changed.push(row);
  }
  return { added, changed, gone: before.filter((row) => !is.has(key(row))) };
}
