/**
 * Keeps an application's own table in step with the catalogue, in the transaction that saves. A projection that throws
 * undoes the save and is reported. Takes a new folder, or makes a temporary one.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { AccessionError, openCatalog, type Projection, summary } from "accession";
import { artist, music } from "accession/music";
import { openSandbox } from "accession/testing";
import { sql, type Transaction } from "kysely";

const given = process.argv[2];
const folder = given ?? (await mkdtemp(join(tmpdir(), "bands-")));
const sandbox = await openSandbox();

const bands: Projection<Transaction<unknown>> = {
  name: "bands",
  kinds: [artist.name],
  async project(transaction, { item }) {
    if (item.attributes["type"] !== "group") return;
    const { name, country = null } = item.attributes;
    await sql`insert into public.bands (item_id, name, country) values (${item.id}, ${name}, ${country})
      on conflict (item_id) do update set name = excluded.name, country = excluded.country`.execute(transaction);
  },
};
const open = (projections: readonly Projection<Transaction<unknown>>[]) =>
  openCatalog({ database: folder, packs: [music({ musicbrainz: { url: sandbox.url } })], projections });

// The application makes its table by its own means. A closed catalogue's folder is an ordinary PGlite; with a
// postgres:// URL, this is whatever migrates the application's database.
await (await open([])).close();
const application = await PGlite.create(join(folder, "pgdata"));
await application.exec("create table public.bands (item_id uuid primary key, name text not null, country text)");
await application.close();

const catalog = await open([bands]);
console.log(summary(await catalog.import(artist, { name: "Pink Floyd" })));
const bjork = await catalog.import(artist, { name: "Björk" });
console.log(`${summary(bjork)}, who is no band`);
const { item } = await catalog.edit(await found("Pink Floyd"), { attributes: { name: "The Pink Floyd" } });
console.log(`renamed to ${item.title}`);
await catalog.close();

// A projection that throws: neither the band nor the artist is there afterwards.
const strict: Projection<Transaction<unknown>> = {
  name: "strict",
  kinds: [artist.name],
  async project(_transaction, change) {
    if (change.item.attributes["country"] === "US") throw new Error("no bands from the US");
  },
};
const strictCatalog = await open([bands, strict]);
try {
  await strictCatalog.import(artist, { name: "Nirvana", country: "US" });
} catch (error) {
  if (!(error instanceof AccessionError)) throw error;
  console.log(`${error.code}: ${error.message}`);
  console.log(`remedy: ${error.remedy}`);
}
console.log(`Nirvana is stored: ${(await strictCatalog.search("Nirvana")).length > 0}`);
await strictCatalog.close();

const reader = await PGlite.create(join(folder, "pgdata"));
const { rows } = await reader.query<{ name: string; country: string }>("select name, country from public.bands");
console.log(`bands: ${rows.map(({ name, country }) => `${name} (${country})`).join(", ")}`);
await reader.close();
await sandbox.close();
if (given === undefined) await rm(folder, { recursive: true });

async function found(name: string) {
  const [first] = await catalog.search(name);
  if (!first) throw new Error(`${name} is not in the catalogue`);
  return first;
}
