import { sql } from "kysely";
import { expect } from "vitest";
import { contributionData } from "../../src/engine/contribution.ts";
import { canonicalJson, sameJson } from "../../src/engine/json.ts";
import { merge } from "../../src/engine/merge.ts";
import { createRegistry, type Registry } from "../../src/engine/registry.ts";
import { identifierText } from "../../src/engine/scheme.ts";
import type { Pack } from "../../src/index.ts";
import { openDatabase } from "../../src/store/database.ts";

/** The tables that hold what a catalogue knows; the others are about sources and definitions. */
const tables = [
  "item",
  "contribution",
  "identifier",
  "category",
  "relation",
  "link",
  "image",
  "provider_run",
  "decision",
  "item_merge",
] as const;

type Row = Readonly<Record<string, unknown>>;
/** A whole catalogue, row by row, in an order that says nothing. */
export type CatalogueRows = Readonly<Record<(typeof tables)[number], readonly Row[]>> &
  Readonly<Record<string, readonly Row[]>>;

/** Columns that tell when something was done, or at what cost, and not what came of it. */
const circumstances = /^(?:.*_at|requests)$/;
const itemColumns = new Set(["id", "item_id", "from_id", "to_id", "merged_into", "dropped_id", "kept_id"]);

/**
 * Reads a catalogue that nobody holds open, or that lies on PostgreSQL.
 *
 * @param own tables of the application's own, outside the catalogue's schema, that are read too. Default: none.
 */
export async function readCatalogue(location: string, own: readonly string[] = []): Promise<CatalogueRows> {
  const database = await openDatabase({ location, poolSize: 1 });
  try {
    const names = [
      ...tables.map((table) => [table, `${database.schema}.${table}`]),
      ...own.map((table) => [table, table]),
    ];
    const rows: Record<string, readonly Row[]> = {};
    for (const [table = "", name = ""] of names) {
      const found = await sql<{ row: Row }>`select to_jsonb(t) as row from ${sql.table(name)} t`.execute(
        database.kysely,
      );
      rows[table] = found.rows.map(({ row }) => row).toSorted(byText);
    }
    return rows as CatalogueRows;
  } finally {
    await database.close();
  }
}

/**
 * The catalogue as anybody would have it who had said the same to it: each item's id replaced by its first identity,
 * moments and request counts dropped, rows sorted. Two catalogues of equal canonical form hold the same knowledge.
 */
export function canonical(rows: CatalogueRows): Readonly<Record<string, readonly Row[]>> {
  const names = namesOf(rows);
  const named = (row: Row): Row =>
    Object.fromEntries(
      Object.entries(row)
        .filter(([column]) => !circumstances.test(column))
        .map(([column, value]) => [
          column,
          column === "scope" || itemColumns.has(column) ? nameIn(names, value) : value,
        ]),
    );
  return Object.fromEntries(Object.entries(rows).map(([table, each]) => [table, each.map(named).toSorted(byText)]));
}

/** Checks what holds for every catalogue, whatever was done to it and however many did it at once. */
export function expectConsistent(rows: CatalogueRows, packs: readonly Pack[]): void {
  const registry = createRegistry(packs);
  expect(faultsOf(rows, registry)).toEqual([]);
}

/** Everything that contradicts the catalogue's invariants, in words. */
function faultsOf(rows: CatalogueRows, registry: Registry): readonly string[] {
  const faults: string[] = [];
  const check = (holds: boolean, fault: string): void => {
    if (!holds) faults.push(fault);
  };
  const names = namesOf(rows);
  const name = (id: unknown): string => String(nameIn(names, id));
  const live = new Map(rows.item.filter((item) => item["merged_into"] === null).map((item) => [item["id"], item]));
  const owners = new Map<string, unknown>();

  for (const row of rows.identifier) {
    const identity = registry.scheme(String(row["scheme"]))?.uniqueness === "identity";
    check(row["identity"] === identity, `${textOf(row)} is stored as if it were no ${String(row["scheme"])}`);
    if (!identity) continue;
    check(!owners.has(textOf(row)), `${textOf(row)} names two items`);
    owners.set(textOf(row), row["item_id"]);
  }
  for (const table of ["identifier", "category", "link", "image", "relation"] as const) {
    for (const row of rows[table]) {
      for (const column of ["item_id", "from_id", "to_id"].filter((one) => one in row)) {
        check(
          live.has(row[column]),
          `a row of ${table} hangs on ${name(row[column])}, which is no item: ${JSON.stringify(row)}`,
        );
      }
    }
  }
  const items = new Set(rows.item.map((item) => item["id"]));
  for (const { item_id: id, provider } of [...rows.contribution, ...rows.provider_run]) {
    check(items.has(id), `what ${String(provider)} says hangs on ${name(id)}, which is no item`);
  }
  for (const { merged_into: into, id } of rows.item) {
    check(into === null || items.has(into), `${name(id)} leads nowhere`);
  }
  for (const run of rows.provider_run) {
    const said = rows.contribution.find(
      (one) => one["item_id"] === run["item_id"] && one["provider"] === run["provider"],
    );
    const about = `what ${String(run["provider"])} says of ${name(run["item_id"])}`;
    check(run["state"] !== "contributed" || said !== undefined, `${about} is missing`);
    check(run["state"] !== "contributed" || said?.["partial"] !== true, `${about} was replaced by something partial`);
  }
  for (const [id, item] of live) {
    const own = rows.identifier.filter((row) => row["item_id"] === id);
    check(
      own.some((row) => row["identity"] === true),
      `${String(item["title"])} has no identity`,
    );
    faults.push(...differencesFromMerge(rows, registry, item, owners).map((fault) => `${name(id)}: ${fault}`));
  }
  return faults;
}

/** Where an item's rows are not what merging its contributions gives. */
function differencesFromMerge(
  rows: CatalogueRows,
  registry: Registry,
  item: Row,
  owners: ReadonlyMap<string, unknown>,
): readonly string[] {
  const id = String(item["id"]);
  const members = new Set<unknown>([id]);
  for (let size = 0; size < members.size;) {
    size = members.size;
    for (const one of rows.item) if (members.has(one["merged_into"])) members.add(one["id"]);
  }
  const contributions = rows.contribution
    .filter((one) => members.has(one["item_id"]))
    .map((one) => ({
      itemId: String(one["item_id"]),
      provider: String(one["provider"]),
      partial: one["partial"] === true,
      fetchedAt: String(one["fetched_at"]),
      data: contributionData.parse(one["data"]),
    }));
  const merged = merge(registry.importer(String(item["kind"])), id, contributions, String(item["title"]));
  const isIdentity = (scheme: string): boolean => registry.scheme(scheme)?.uniqueness === "identity";
  const own = (table: "identifier" | "category" | "link" | "image" | "relation", column: string): readonly Row[] =>
    rows[table].filter((row) => row[column] === id);
  const said = new Set(merged.identifiers.map(identifierText));
  const expected = {
    title: [merged.title],
    attributes: [merged.attributes],
    name_keys: [merged.nameKeys],
    identifier: merged.identifiers
      .filter((one) => !isIdentity(one.scheme) || owners.get(identifierText(one)) === id)
      .map(({ scheme, value, provider }) => ({ scheme, value, provider })),
    category: merged.categories.map(({ weight = null, ...one }, index) => ({ ...one, weight, position: index + 1 })),
    relation: merged.relations
      .flatMap(({ to, ...one }) => {
        const target = to.identifiers.map((identifier) => owners.get(identifierText(identifier))).find(Boolean);
        return to.identifiers.some((identifier) => isIdentity(identifier.scheme)) ? [{ ...one, to_id: target }] : [];
      })
      .filter((one, index, all) => all.findIndex((other) => samePlace(one, other)) === index),
    link: merged.links.map((one, index) => ({ ...one, position: index + 1 })),
    image: merged.images.map(({ type, url, key, provider }) => ({ type, url, key, provider })),
  };
  const actual = {
    title: [item["title"]],
    attributes: [item["attributes"]],
    name_keys: [item["name_keys"]],
    // An identity once held stays, whoever stops saying it.
    identifier: own("identifier", "item_id")
      .filter((row) => said.has(textOf(row)) || row["identity"] !== true)
      .map((row) => pick(row, ["scheme", "value", "provider"])),
    category: own("category", "item_id").map((row) =>
      pick(row, ["type", "key", "name", "weight", "provider", "position"]),
    ),
    relation: own("relation", "from_id").map((row) =>
      pick(row, ["type", "position", "attributes", "provider", "to_id"]),
    ),
    link: own("link", "item_id").map((row) => pick(row, ["type", "url", "attributes", "provider", "position"])),
    image: own("image", "item_id").map((row) => pick(row, ["type", "url", "key", "provider"])),
  };
  return (Object.keys(expected) as (keyof typeof expected)[]).flatMap((part) => {
    const [wanted, found] = [expected[part], actual[part]].map((list) => [...list].toSorted(byText));
    return sameJson(wanted, found)
      ? []
      : [`its ${part} is ${JSON.stringify(found)}, and by its contributions ${JSON.stringify(wanted)}`];
  });
}

/** What stands for each item's id: its first identity; that which it had, for an item that was merged into another. */
function namesOf(rows: CatalogueRows): ReadonlyMap<unknown, string> {
  const identities = new Map<unknown, string[]>();
  for (const row of rows.identifier.filter((one) => one["identity"] === true)) {
    identities.set(row["item_id"], [...(identities.get(row["item_id"]) ?? []), textOf(row)]);
  }
  for (const { dropped_id: id, identifiers } of rows.item_merge) {
    identities.set(
      id,
      (identifiers as Row[]).map((one) => `merged ${textOf(one)}`),
    );
  }
  return new Map([...identities].map(([id, texts]) => [id, texts.toSorted()[0] ?? ""]));
}

function nameIn(names: ReadonlyMap<unknown, string>, value: unknown): unknown {
  if (typeof value === "string" && value.startsWith("item:")) return `item:${String(nameIn(names, value.slice(5)))}`;
  return names.get(value) ?? value;
}

/** Whether two relations lead to one item from one place, of which an item has one. */
function samePlace(one: Row, other: Row): boolean {
  return one["type"] === other["type"] && one["position"] === other["position"] && one["to_id"] === other["to_id"];
}

function textOf(row: Row): string {
  return `${String(row["scheme"])}:${String(row["value"])}`;
}

function pick(row: Row, columns: readonly string[]): Row {
  return Object.fromEntries(columns.map((column) => [column, row[column]]));
}

function byText(left: unknown, right: unknown): number {
  const [a, b] = [canonicalJson(left), canonicalJson(right)];
  return a < b ? -1 : a > b ? 1 : 0;
}
