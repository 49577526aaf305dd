import { sql } from "kysely";
import { Client } from "pg";
import { expect, it } from "vitest";
import { type Catalog, defineProjection } from "../../src/index.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { itemOf, openPlantCatalog } from "../support/plant-catalog.ts";
import { createPostgresDatabase } from "../support/postgres-database.ts";
import { createSpokenProvider, oak, plant } from "../support/spoken-provider.ts";

/** The tables of what is said of an item, and a row of each for the plant `$`, which grows in the garden `$$`. */
const ofItems = {
  identifier:
    "(item_id, scheme, value, identity, provider, position) values ($, 'flora.plant', 'oak', true, 'flora', 1)",
  contribution: "(item_id, provider, data, fetched_at) values ($, 'flora', '{}', now())",
  image: `(item_id, type, url, key, width, height, media_type, colour, thumbnail, position, provider)
    values ($, 'photo', 'https://flora.example/oak.jpg', 'key', 1, 1, 'image/jpeg', '#000', '{}', 1, 'flora')`,
  relation: "(from_id, type, position, to_id, attributes, provider) values ($, 'garden', 1, $$, '{}', 'flora')",
  provider_run: "(item_id, provider, state, started_at) values ($, 'flora', 'contributed', now())",
};

describeOnDatabases("An item that somebody deletes by SQL", ({ location }) => {
  const [holm, kew] = ["'00000000-0000-7000-8000-000000000001'", "'00000000-0000-7000-8000-000000000002'"];
  const run = (catalog: Catalog, statement: string) =>
    sql.raw(statement.replaceAll("$$", kew).replaceAll("$", holm)).execute(catalog.kysely);

  it("stays as long as anything is said of it, and goes once nothing is", async () => {
    const catalog = await openPlantCatalog(await location(), []);
    const items = "($, 'flora.plant', 'Holm', '{}', '{}'), ($$, 'flora.garden', 'Kew', '{}', '{}')";
    await run(catalog, `insert into accession.item (id, kind, title, attributes, name_keys) values ${items}`);
    for (const [table, row] of Object.entries(ofItems)) {
      await run(catalog, `insert into accession.${table} ${row}`);
      for (const change of ["delete from accession.item", "update accession.item set id = gen_random_uuid()"]) {
        await expect(run(catalog, `${change} where id = $`), table).rejects.toMatchObject({ code: "23503" });
      }
      await run(catalog, `delete from accession.${table}`);
    }
    await run(catalog, "delete from accession.item where id = $");
    expect((await run(catalog, "select title from accession.item")).rows).toEqual([{ title: "Kew" }]);
  });
});

it("An item that somebody deletes while something is being said of it stays", async () => {
  const database = (await createPostgresDatabase()).url;
  const flora = createSpokenProvider("flora");
  flora.says.set("oak", oak());
  const deleting = new Client({ connectionString: database });
  const watching = new Client({ connectionString: database });
  await Promise.all([deleting.connect(), watching.connect()]);
  let deleted: Promise<unknown> | undefined;
  const deletesMeanwhile = defineProjection(plant, {
    name: "deletes",
    async project(_transaction, change) {
      if (change.type === "saved" && change.before === undefined) return;
      deleted = deleting.query("delete from accession.item").catch((error: unknown) => error);
      const waits = `select from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query like 'delete%'`;
      while ((await watching.query(waits)).rowCount === 0);
    },
  });
  const catalog = await openPlantCatalog(database, [flora], { projections: [deletesMeanwhile] });
  const item = itemOf(await catalog.import(plant, { id: "oak" }));
  await deleting.query("begin");
  for (const table of Object.keys(ofItems)) await deleting.query(`delete from accession.${table}`);
  await catalog.edit(item, { attributes: { name: "Holy Oak" } });
  expect(await deleted).toMatchObject({ code: "23503" });
  await deleting.query("rollback");
  await Promise.all([deleting.end(), watching.end()]);
  expect((await catalog.find(plant, { id: "oak" }))?.title).toBe("Holy Oak");
});
