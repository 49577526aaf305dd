import { sql } from "kysely";
import { expect, it } from "vitest";
import type { Catalog } from "../../src/index.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { openPlantCatalog } from "../support/plant-catalog.ts";

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

  const openWithItems = async (): Promise<Catalog> => {
    const catalog = await openPlantCatalog(await location(), []);
    const items = "($, 'flora.plant', 'Holm', '{}', '{}'), ($$, 'flora.garden', 'Kew', '{}', '{}')";
    await run(catalog, `insert into accession.item (id, kind, title, attributes, name_keys) values ${items}`);
    return catalog;
  };
  const stillReferred = { code: "23503" };

  it("stays as long as anything is said of it, and goes once nothing is", async () => {
    const catalog = await openWithItems();
    for (const [table, row] of Object.entries(ofItems)) {
      await run(catalog, `insert into accession.${table} ${row}`);
      for (const change of ["delete from accession.item", "update accession.item set id = gen_random_uuid()"]) {
        await expect(run(catalog, `${change} where id = $`), table).rejects.toMatchObject(stillReferred);
      }
      await run(catalog, "update accession.item set id = id, title = title");
      await run(catalog, `delete from accession.${table}`);
    }
    await run(catalog, "delete from accession.item where id = $");
    expect((await run(catalog, "select title from accession.item")).rows).toEqual([{ title: "Kew" }]);
  });

  it("stays with all others where only their table is emptied", async () => {
    const catalog = await openWithItems();
    for (const table of ["identifier", "contribution", "image"] as const) {
      await run(catalog, `insert into accession.${table} ${ofItems[table]}`);
      await expect(run(catalog, "truncate accession.item cascade"), table).rejects.toMatchObject(stillReferred);
      await run(catalog, `delete from accession.${table}`);
    }
    await run(catalog, `insert into accession.relation ${ofItems.relation}`);
    await run(catalog, "truncate accession.item cascade");
    expect((await run(catalog, "select from accession.relation")).rows).toEqual([]);
  });

  it("stays where the deletion could not see what is being said of it", async () => {
    const catalog = await openWithItems();
    for (const level of ["repeatable read", "serializable"] as const) {
      const deletion = catalog.kysely.transaction().execute(async (transaction) => {
        await sql.raw(`set transaction isolation level ${level}`).execute(transaction);
        await sql`delete from accession.item`.execute(transaction);
      });
      await expect(deletion, level).rejects.toThrow("in a transaction that is read committed");
    }
  });
});
