/** Adds a provider to music, with a source of its own, in a pack of the application's own. Music is not touched. */
import { contributed, defineImporter, definePack, defineProvider, notFound, openCatalog, skipped } from "accession";
import { type Source, summary } from "accession";
import { artist, music } from "accession/music";
import { openSandbox } from "accession/testing";

/** A card of a radio station's archive, which knows artists by their Wikidata id. */
interface Card {
  readonly note: string;
  readonly since: string;
  readonly shelf: string;
}

const drawer: ReadonlyMap<string, Card> = new Map([
  ["Q11649", { note: "Cobain, Novoselic, Grohl", since: "1987", shelf: "R 114" }],
]);

/** The source: shared by all providers that ask it. Each import gets a client of its own. */
const archive: Source<{ card(id: string): Promise<Card | undefined> }> = {
  name: "radio-archive",
  secrets: [], // the keys that it is asked with, if it took any
  connect: (session) => ({
    async card(id) {
      session.onRequest(); // so that results and the ledger tell what an import cost
      return drawer.get(id);
    },
  }),
};

/** The provider: it says what the card says. Finding, merging and saving are the engine's. */
const radioArchive = defineProvider(artist, {
  name: "radio-archive",
  source: archive,
  async provide(sought, { client }) {
    const id = sought.identifier("wikidata");
    if (id === undefined) return skipped("its Wikidata id is not known");
    const card = await client.card(id);
    if (!card) return notFound;
    return contributed({
      attributes: { disambiguation: card.note, begin: card.since },
      categories: [{ type: "shelf", name: card.shelf }],
    });
  },
});

const mine = definePack({
  name: "mine",
  importers: [
    defineImporter({
      kind: artist,
      providers: [radioArchive], // after those of the packs before
      precedence: { disambiguation: ["radio-archive"] }, // but believed first about this one attribute
    }),
  ],
});

const sandbox = await openSandbox();
const catalog = await openCatalog({
  database: "memory:",
  packs: [music({ musicbrainz: { url: sandbox.url } }), mine],
});

const result = await catalog.import(artist, { name: "Nirvana", country: "US" });
console.log(summary(result));
if ("item" in result && result.item) {
  const { fields } = await catalog.explain(result.item);
  for (const { field, shown, others } of fields.filter((one) => one.others.length > 0)) {
    const losing = others.map(({ provider, value }) => `${provider} says ${JSON.stringify(value)}`).join(", ");
    console.log(`${field}: ${JSON.stringify(shown.value)} from ${shown.provider}; ${losing}`);
  }
  for (const one of result.item.categories.filter(({ type }) => type === "shelf")) console.log(`shelf: ${one.name}`);
}

await catalog.close();
await sandbox.close();
