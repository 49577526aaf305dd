import { sql, type Transaction } from "kysely";
import {
  type Catalog,
  type CatalogOptions,
  contributed,
  defineImporter,
  definePack,
  defineProvider,
  type ImportStep,
  openCatalog,
  type Pack,
  type Projection,
  type RunQueue,
} from "../../src/index.ts";
import { album, artist, music } from "../../src/music/index.ts";

/** The imports that are ended at every step. */
export const imports = {
  "an artist by name": (catalog: Catalog) => catalog.import(artist, { name: "Pink Floyd" }),
  "an album with a new artist": (catalog: Catalog) => catalog.import(album, { title: "Purple Rain", artist: "Prince" }),
} as const;

/** The name of one of {@link imports}. */
export type CrashingImport = keyof typeof imports;

/** The music pack, and a second inline provider and a background one for each of its kinds. */
export function crashPacks(url: string): readonly Pack[] {
  const press = defineProvider(artist, {
    name: "press",
    provide: async (sought) =>
      contributed({
        attributes: { disambiguation: "as the press has it", name: "Overruled" },
        categories: [{ type: "genre", name: "Press Darling", weight: 1 }],
        links: [{ type: "review", url: `https://press.example/${sought.identifier("musicbrainz.artist")}` }],
      }),
  });
  const albumPress = defineProvider(album, {
    name: "press",
    provide: async (sought) =>
      contributed({
        attributes: { disambiguation: "as the press has it" },
        relations: [],
        links: [{ type: "review", url: `https://press.example/${sought.identifier("musicbrainz.release-group")}` }],
      }),
  });
  const background = { name: "archive", run: "background", provide: async () => contributed({}) } as const;
  return [
    music({ musicbrainz: { url } }),
    definePack({
      name: "crash",
      importers: [
        defineImporter({
          kind: artist,
          providers: [press, defineProvider(artist, background)],
        }),
        defineImporter({
          kind: album,
          providers: [albumPress, defineProvider(album, background)],
        }),
      ],
    }),
  ];
}

/** Opens a catalogue whose jobs and projection are rows of tables that {@link createCrashTables} made. */
export function openForCrash(
  database: string,
  url: string,
  onStep: NonNullable<CatalogOptions["onStep"]> = () => undefined,
): Promise<Catalog> {
  return openCatalog({ database, packs: crashPacks(url), queue: jobTable, projections: shelf, onStep });
}

/** The steps that one save has, in order. */
export const saveSteps = [
  "transaction-begun",
  "identities-claimed",
  "written",
  "projected",
  "committed",
] as const satisfies readonly ImportStep[];

/** Jobs in a table of their own, so that it shows whether one was made twice or not at all. */
const jobTable: RunQueue = {
  ready: () => Promise.resolve(),
  async enqueue(transaction, runs) {
    const executor = transaction as Transaction<unknown>;
    for (const { itemId, provider } of runs) {
      await sql`insert into job (item_id, provider) values (${itemId}::uuid, ${provider})`.execute(executor);
    }
    return runs.map(() => ({ status: "noted" }));
  },
};

/** An application's table that has each item's title and version. */
const shelf = [artist.name, album.name].map((kind): Projection<Transaction<unknown>> => ({
  name: "shelf",
  kind,
  async project(transaction, { item }) {
    await sql`
        insert into shelf (item_id, title, version) values (${item.id}::uuid, ${item.title}, ${item.version})
        on conflict (item_id) do update set title = excluded.title, version = excluded.version`.execute(transaction);
  },
}));
