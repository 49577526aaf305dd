/**
 * Keeps an application's own table in step with the catalogue, in the transaction that saves. A projection that throws
 * undoes the save and is reported. Takes a database, a folder or a URL; without one, it works in memory.
 */
import { AccessionError, defineProjection, openCatalog, summary } from "accession";
import { artist, music } from "accession/music";
import { openSandbox } from "accession/testing";
import { sql, type Transaction } from "kysely";

/** The application's own tables, as kysely sees them. */
type Application = {
  "public.bands": { item_id: string; name: string; country: string | null };
};

const bands = defineProjection(artist, {
  name: "bands",
  async project(transaction: Transaction<Application>, change) {
    if (change.type === "merged") {
      await transaction.deleteFrom("public.bands").where("item_id", "=", change.item.id).execute();
      return;
    }
    const { name, type, country = null } = change.item.attributes;
    if (type !== "group") return;
    await transaction
      .insertInto("public.bands")
      .values({ item_id: change.item.id, name, country })
      .onConflict((conflict) => conflict.column("item_id").doUpdateSet({ name, country }))
      .execute();
  },
});

// A projection that throws: neither the band nor the artist is there afterwards.
const strict = defineProjection(artist, {
  name: "strict",
  async project(_transaction, { item }) {
    if (item.attributes.country === "US") throw new Error("no bands from the US");
  },
});

const sandbox = await openSandbox();
const catalog = await openCatalog({
  database: process.argv[2] ?? "memory:",
  packs: [music({ musicbrainz: { url: sandbox.url } })],
  projections: [bands, strict],
});
// An application makes its tables by whatever migrates its database.
await sql`create table public.bands (item_id uuid primary key, name text not null, country text)`.execute(
  catalog.kysely,
);

console.log(summary(await catalog.import(artist, { name: "Pink Floyd" })));
const bjork = await catalog.import(artist, { name: "Björk" });
console.log(`${summary(bjork)}, who is no band`);
const { item } = await catalog.edit(await found("Pink Floyd"), { attributes: { name: "The Pink Floyd" } });
console.log(`renamed to ${item.title}`);

try {
  await catalog.import(artist, { name: "Nirvana", country: "US" });
} catch (error) {
  if (!(error instanceof AccessionError)) throw error;
  console.log(`${error.code}: ${error.message}`);
  console.log(`remedy: ${error.remedy}`);
}
console.log(`Nirvana is stored: ${(await catalog.search("Nirvana")).length > 0}`);

const rows = await catalog.kysely.withTables<Application>().selectFrom("public.bands").selectAll().execute();
console.log(`bands: ${rows.map(({ name, country }) => `${name} (${country})`).join(", ")}`);
await catalog.close();
await sandbox.close();

async function found(name: string) {
  const [first] = await catalog.search(name);
  if (!first) throw new Error(`${name} is not in the catalogue`);
  return first;
}
