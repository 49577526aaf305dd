import { Client } from "pg";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Catalog, defineProjection, type Item } from "../../src/index.ts";
import { itemOf, openPlantCatalog } from "../support/plant-catalog.ts";
import { createPostgresDatabase } from "../support/postgres-database.ts";
import { createSpokenProvider, garden, plant } from "../support/spoken-provider.ts";

/** Rows of an item, in an order in which they can be deleted, the item last. */
const rowsOf = [
  "delete from accession.relation where from_id = $1 or to_id = $1",
  ...["identifier", "contribution", "provider_run"].map((table) => `delete from accession.${table} where item_id = $1`),
];
const deleteItem = "delete from accession.item where id = $1";

const flora = createSpokenProvider("flora");
let clients: readonly Client[];
let deleting: Client;
let other: Client;
let watching: Client;
let catalog: Catalog;
let duringSave: () => Promise<void>;

beforeEach(async () => {
  const { url } = await createPostgresDatabase();
  clients = Array.from({ length: 3 }, () => new Client({ connectionString: url }));
  for (const client of clients) await client.connect();
  [deleting, other, watching] = clients as [Client, Client, Client];
  duringSave = async () => {};
  const interrupted = defineProjection(plant, { name: "interrupted", project: () => duringSave() });
  catalog = await openPlantCatalog(url, [flora], { projections: [interrupted] });
});
afterEach(async () => {
  for (const client of clients) await client.end();
});

/** Waits until so many statements wait for a lock, or until `ended`, which should not be before. */
async function untilWaiting(count: number, ended: Promise<unknown>): Promise<void> {
  const over = Symbol("over");
  const end = ended.then(() => over);
  const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  for (;;) {
    const found = await Promise.race([end, watching.query(waiting)]);
    if (typeof found === "symbol" || found.rows.length >= count) return;
  }
}

/** Runs a statement as whoever deletes by hand; gives what it throws. */
function attempt(client: Client, statement: string, values: readonly unknown[]): Promise<unknown> {
  return client.query(statement, [...values]).catch((thrown: unknown) => thrown);
}

async function deleteRowsOf({ id }: Item): Promise<void> {
  await deleting.query("begin");
  for (const statement of rowsOf) await deleting.query(statement, [id]);
}

/** Rows that name an item that is not there. */
async function abandoned(): Promise<readonly unknown[]> {
  const tables = ["identifier", "contribution", "image"].map(
    (table) => `select item_id from accession.${table} where item_id not in (select id from accession.item)`,
  );
  return (await watching.query<object>(tables.join(" union all "))).rows;
}

async function importPlant(id: string, gardens: readonly string[], attributes: object = {}): Promise<Item> {
  const identifiers = gardens.map((value) => ({ scheme: "flora.garden" as const, value }));
  flora.says.set(id, {
    attributes: { name: id, ...attributes },
    identifiers: [{ scheme: "flora.plant", value: id }],
    relations: gardens.length === 0 ? [] : [{ type: "garden", to: { identifiers, attributes: { name: "Kew" } } }],
  });
  return itemOf(await catalog.import(plant, { id }, { forceProviders: true }));
}

it("An item that is deleted while something is said of it stays, though nothing that it shows is changed", async () => {
  const item = await importPlant("oak", []);
  const { id } = item;
  // Whoever says the same holds the save up, once it has locked the item.
  await other.query("begin");
  await other.query("insert into accession.contribution values ($1, 'person', '{}', false, now())", [id]);
  const edited = catalog.edit(item, { attributes: { name: "oak" } });
  await untilWaiting(1, edited);
  await deleteRowsOf(item);
  const deleted = attempt(deleting, deleteItem, [id]);
  await untilWaiting(2, deleted);
  await other.query("rollback");
  await edited;
  expect(await deleted).toMatchObject({ code: "23503" });
  await deleting.query("rollback");
  expect(await catalog.find(plant, { id: "oak" })).toMatchObject({ id });
});

it("An item that has been deleted when something is to be said of it is unknown, and nothing is left of it", async () => {
  const item = await importPlant("oak", []);
  await deleteRowsOf(item);
  await deleting.query(deleteItem, [item.id]);
  const edited = catalog.edit(item, { attributes: { name: "Holm" } }).catch((thrown: unknown) => thrown);
  await untilWaiting(1, edited);
  await deleting.query("commit");
  expect(await edited).toMatchObject({ code: "item-unknown" });
  expect(await abandoned()).toEqual([]);
});

it("A related item that is deleted while it is given one more identity stays", async () => {
  await importPlant("oak", ["kew"]);
  const [kew] = await catalog.withIdentifier("flora.garden", "kew");
  let deleted: Promise<unknown> | undefined;
  duringSave = async () => {
    await deleteRowsOf(kew as Item);
    deleted = attempt(deleting, deleteItem, [kew?.id]);
    await untilWaiting(1, deleted);
  };
  await importPlant("oak", ["kew", "royal"], { height: 30 });
  expect(await deleted).toMatchObject({ code: "23503" });
  await deleting.query("rollback");
  expect(await catalog.find(garden, { id: "royal" })).toMatchObject({ id: kew?.id });
  expect(await abandoned()).toEqual([]);
});
