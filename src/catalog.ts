import type { Kysely } from "kysely";
import { v7 as uuid } from "uuid";
import { type ContributedItem, contributeItem, type Said } from "./engine/contribute.ts";
import { readConditions } from "./engine/condition.ts";
import { type Curated, type Edit, editItem, forgetProvider, unlockItem } from "./engine/curate.ts";
import type { Engine, ImportStep } from "./engine/engine.ts";
import { AccessionError } from "./engine/errors.ts";
import { type Explanation, explainItem } from "./engine/explain.ts";
import { type CatalogEvents, createEvents, type EventListener } from "./engine/events.ts";
import { findInCatalogue } from "./engine/find.ts";
import { enrichItem, importItem, type ImportOptions } from "./engine/import.ts";
import { importMany } from "./engine/import-many.ts";
import { type IncompleteItems, incompleteItems, type IncompleteOptions } from "./engine/incomplete.ts";
import { type Item, type ItemId, itemId } from "./engine/item.ts";
import type { Kind, QueryOf, RelationsOf } from "./engine/kind.ts";
import { loadDocuments, type LoadOptions } from "./engine/load.ts";
import { countItems, listItems } from "./engine/list-items.ts";
import { type Log, silentLog } from "./engine/log.ts";
import type { ManyOptions, ManyResult } from "./engine/many.ts";
import { mergeItems, unmergeItem } from "./engine/merge-items.ts";
import type { Pack } from "./engine/pack.ts";
import type { Projection } from "./engine/projection.ts";
import type { RunQueue } from "./engine/queue.ts";
import { createRegistry } from "./engine/registry.ts";
import type { ImportResult } from "./engine/result.ts";
import type { ItemOrder } from "./engine/store.ts";
import { createTrace, type Tracer } from "./engine/tracing.ts";
import { describe, readQuery, resolveRelated } from "./engine/wanted.ts";
import { type ImageOptions, openImages } from "./images/open-images.ts";
import { createJobs, type Jobs } from "./jobs/jobs.ts";
import { createStore } from "./store/catalogue-store.ts";
import { openDatabase } from "./store/database.ts";
import { createKindViews } from "./store/kind-views.ts";
import { createRateSlots } from "./store/rate-slots.ts";
import { createSnapshots } from "./store/snapshots.ts";

/** How a catalogue is opened. */
export interface CatalogOptions {
  /** A folder, `memory:`, or a `postgres://` URL. */
  readonly database: string;
  readonly packs: readonly Pack[];
  /** The database schema that holds the catalogue's tables. Default: `accession`. */
  readonly schema?: string | undefined;
  /** Tables of the application's own that are kept in step; each is given kysely's transaction. Default: none. */
  readonly projections?: readonly Projection<never>[] | undefined;
  /** Answer from snapshots alone: no request leaves. Default: false. */
  readonly offline?: boolean | undefined;
  /** How responses are kept; false keeps none. Default: stand for a request for 1 day, kept up to 90 days and 512 MiB. */
  readonly snapshots?:
    | false
    | { readonly age?: number | undefined; readonly keep?: number | undefined; readonly bytes?: number | undefined }
    | undefined;
  /** Where images are kept; false keeps none. Default: beside the database; on PostgreSQL, none. */
  readonly images?: ImageOptions | false | undefined;
  /** What is told of background runs instead of `catalog.jobs`: a queue of the application's own. Default: none. */
  readonly queue?: RunQueue | undefined;
  /** Default: nothing is logged. A pino logger fits. */
  readonly log?: Log | undefined;
  /** Makes spans of imports, providers, requests, saves and jobs. Default: none are made, at no cost. */
  readonly tracer?: Tracer | undefined;
  /** Told the text of every SQL statement, `begin` and `commit` included, without its values. Default: nobody. */
  readonly onStatement?: ((sql: string) => void) | undefined;
  /** Told of each step of an import; tests end the process in it, to show that nothing is lost. Default: nobody. */
  readonly onStep?: ((step: ImportStep) => void) | undefined;
}

/** How to search a catalogue. */
export interface SearchOptions {
  /** Only items of this kind. Default: of every kind. */
  readonly kind?: string | undefined;
  /** Default: 20. */
  readonly limit?: number | undefined;
}

/** Which items are listed, and in what order. */
export interface ListOptions {
  /** Conditions that all have to hold, such as `country=GB`. Default: none. @see {@link readConditions} */
  readonly where?: readonly string[] | undefined;
  /** `created`: in the order in which they were made; `title`: in alphabetical order. Default: `created`. */
  readonly orderBy?: ItemOrder | undefined;
  /** Default: all. */
  readonly limit?: number | undefined;
  /** Go on after this item, in the same order. Default: from the first. */
  readonly after?: ItemId | undefined;
}

/** A catalogue that is open: the one object that an application holds. Every method may throw the `database-` codes. */
export interface Catalog extends AsyncDisposable {
  /**
   * Finds the item that a query names, or makes it from what the kind's providers say, saving after each of them.
   *
   * @example
   * const result = await catalog.import(artist, { name: "Pink Floyd" });
   * if (result.status === "created") console.log(result.item.attributes.country);
   */
  import<K extends Kind>(kind: K, query: QueryOf<K>, options?: ImportOptions): Promise<ImportResult<K>>;
  /** Imports for an item in hand: what is missing, or what the options say. @throws AccessionError `item-unknown`. */
  enrich<K extends Kind = Kind>(item: ItemId | Item<K>, options?: ImportOptions): Promise<ImportResult<K>>;
  /**
   * Imports all items that have a relation to one other item, as a source lists them, page by page: all releases of an
   * album. What broke off is gone on with; a repetition repairs.
   *
   * @example await catalog.importMany(release, { album: { musicbrainzId: "f5093c06-23e3-404f-aeaa-40f72885ee3a" } });
   * @example await catalog.importMany(album, { artist: pinkFloyd.id }, { where: ["primaryType=album"] });
   * @see {@link importMany}
   */
  importMany<K extends Kind>(
    kind: K,
    of: { readonly [Type in keyof RelationsOf<K>]?: ItemId | Item | QueryOf<RelationsOf<K>[Type]> },
    options?: ManyOptions,
  ): Promise<ManyResult>;
  /**
   * Loads the documents of a source's dump, one a line, without a request. @see {@link loadDocuments}
   *
   * @example await catalog.load(artist, lines, { where: ["country=GB"] });
   */
  load(kind: Kind, lines: AsyncIterable<string>, options?: LoadOptions): Promise<ManyResult>;
  /**
   * Saves what somebody who is no provider says of an item, under their name; it is found by its identities, or made.
   *
   * @example await catalog.contribute(list, "list-file", { attributes: { title: "Best of 1973" }, identifiers, relations });
   * @see {@link contributeItem}
   */
  contribute<K extends Kind>(
    kind: K,
    by: string,
    said: Said<NoInfer<K>>,
    options?: { readonly dryRun?: boolean | undefined },
  ): Promise<ContributedItem<K>>;
  /**
   * Items about which a provider has yet to be asked, or failed.
   *
   * @example for await (const id of catalog.incomplete({ kind: "music.artist" })) await catalog.enrich(id);
   * @see {@link incompleteItems}
   */
  incomplete(options?: IncompleteOptions): IncompleteItems;
  /** The item that a query names, if the catalogue has it; no source is asked. */
  find<K extends Kind>(kind: K, query: QueryOf<K>): Promise<Item<K> | undefined>;
  /** The item with this id; one that was merged into another gives the other. Undefined for an unknown id. */
  get(id: ItemId): Promise<Item | undefined>;
  /** The items that have an identifier: one at most in an identity scheme. */
  withIdentifier(scheme: string, value: string): Promise<readonly Item[]>;
  /** The bytes of an image that an item shows, by its `key`; undefined where the image store has none. */
  readImage(key: string): Promise<Uint8Array | undefined>;
  /**
   * Items with a name or alias like the text, best first: exactly so, then beginning so, then with all its words or
   * beginnings of words in any order, then with words that differ in a letter or two. Everything for the empty text.
   */
  search(text: string, options?: SearchOptions): Promise<readonly Item[]>;
  /**
   * The items of a kind that meet all conditions, each as it is when its turn comes; never all of them in memory.
   *
   * @example for await (const item of catalog.list(artist, { where: ["country=GB", "begin<1970"] })) console.log(item.title);
   * @throws AccessionError `kind-unknown`; `query-invalid` for what is no condition; while it runs, `item-unknown`.
   */
  list<K extends Kind>(kind: K, options?: ListOptions): AsyncGenerator<Item<K>, void, undefined>;
  /** How many items of a kind meet all conditions. @throws AccessionError as {@link Catalog.list}. */
  count(kind: Kind, options?: Pick<ListOptions, "where">): Promise<number>;
  /** Says something as a person: it always wins, and outlasts every forced import. @see {@link editItem} */
  edit<K extends Kind = Kind>(item: ItemId | Item<K>, edit: Edit<K>): Promise<Curated<K>>;
  /** Takes back a person's word on these attributes, or on everything. */
  unlock<K extends Kind = Kind>(item: ItemId | Item<K>, fields?: readonly string[]): Promise<Curated<K>>;
  /** Takes away all that a provider said of an item. @throws AccessionError `provider-unknown` if it never spoke. */
  forget<K extends Kind = Kind>(item: ItemId | Item<K>, provider: string): Promise<Curated<K>>;
  /** For every field: the value shown, who said it and when, and the values that lost. */
  explain(item: ItemId | Item): Promise<Explanation>;
  /** Makes two items one; the id of `drop` leads to `keep` from then on. @throws AccessionError `merge-impossible`. */
  mergeItems(keep: ItemId | Item, drop: ItemId | Item): Promise<Item>;
  /** Undoes {@link Catalog.mergeItems}; gives the item that is back. @throws AccessionError `merge-impossible`. */
  unmergeItem(dropped: ItemId): Promise<Item>;
  /**
   * The catalogue's own connection, to query its tables and views, and the application's in the same database; on PGlite
   * there is no other. What is written to the catalogue's own tables past the other methods breaks its promises.
   *
   * @example await sql`select name, country from music.artist`.execute(catalog.kysely);
   */
  readonly kysely: Kysely<unknown>;
  /** The jobs of background providers: workers, and what is to be done about runs. */
  readonly jobs: Jobs;
  /**
   * Tells of events of one type, from this process, until what it gives is called.
   *
   * @example const end = catalog.on("run-settled", ({ run, outcome }) => console.log(run.provider, outcome.status));
   */
  on<Type extends keyof CatalogEvents>(type: Type, listener: EventListener<Type>): () => void;
  /** Closes every worker and lets go of the database. May be called twice. */
  close(): Promise<void>;
}

const day = 24 * 60 * 60 * 1000;

/**
 * Opens a catalogue, making what the database lacks: the folder, the tables, the kinds' views.
 *
 * @throws AccessionError `definition-invalid` for packs that contradict each other, `configuration-invalid`,
 * `database-locked` where another process has the folder, `database-newer`, `database-unavailable`.
 * @example
 * await using catalog = await openCatalog({ database: "./catalogue", packs: [music({ contact: "me@example.org" })] });
 */
export async function openCatalog(options: CatalogOptions): Promise<Catalog> {
  const registry = createRegistry(options.packs);
  const database = await openDatabase({
    location: options.database,
    ...(options.schema !== undefined && { schema: options.schema }),
    ...(options.onStatement && { onStatement: options.onStatement }),
  });
  const snapshots = options.snapshots === false ? undefined : createSnapshots(database);
  const {
    age = day,
    keep: longest = 90 * day,
    bytes = 512 * 1024 * 1024,
  } = options.snapshots === false ? {} : (options.snapshots ?? {});
  const rateSlots = createRateSlots(database);
  const images = openImages(options.images, database, rateSlots);
  const log = options.log ?? silentLog;
  const jobs = createJobs(database, () => engine);
  const engine: Engine = {
    registry,
    store: createStore(database),
    queue: options.queue ?? jobs.queue,
    projections: options.projections ?? [],
    rateSlots,
    images: images?.taker,
    snapshots,
    snapshotAge: age,
    offline: options.offline ?? false,
    log,
    events: createEvents(log),
    trace: createTrace(options.tracer),
    newItemId: () => itemId.parse(uuid()),
    step: options.onStep ?? (() => {}),
  };
  try {
    await createKindViews(database, registry.kinds);
  } catch (thrown) {
    await database.close();
    throw thrown;
  }

  async function close(): Promise<void> {
    await jobs.close();
    try {
      await snapshots?.prune({ age: longest, bytes });
    } catch (error) {
      engine.log.warn({ err: error }, "old snapshots were not deleted");
    }
    await database.close();
  }

  const traced = (attributes: Record<string, string>, work: () => Promise<ImportResult>): Promise<ImportResult> =>
    engine.trace("accession.import", attributes, work, ({ status, requests }) => ({
      "accession.status": status,
      "accession.requests": requests,
    }));
  const catalog = {
    import: async (kind: Kind, query: unknown, importOptions?: ImportOptions) =>
      traced({ "accession.kind": kind.name }, () => importItem(engine, nameOf(engine, kind), query, importOptions)),
    enrich: (item: ItemId | Item, importOptions?: ImportOptions) =>
      traced({ "accession.item": idOf(item) }, () => enrichItem(engine, idOf(item), importOptions)),
    importMany: async (kind: Kind, of: Readonly<Record<string, unknown>>, manyOptions?: ManyOptions) =>
      importMany(engine, nameOf(engine, kind), of, manyOptions),
    load: async (kind: Kind, lines: AsyncIterable<string>, loadOptions?: LoadOptions) =>
      loadDocuments(engine, nameOf(engine, kind), lines, loadOptions),
    contribute: async (kind: Kind, by: string, said: Said, saying?: { readonly dryRun?: boolean }) =>
      contributeItem(engine, nameOf(engine, kind), by, said, saying),
    incomplete: (which?: IncompleteOptions) => incompleteItems(engine, which),
    async find(kind: Kind, query: unknown) {
      const registered = engine.registry.importer(nameOf(engine, kind)).kind;
      const target = readQuery(registered, query);
      const found = await findInCatalogue(engine, registered, target, async () =>
        describe(target, await resolveRelated(engine, registered, target.related)),
      );
      return found.stored?.item;
    },
    get: async (id: ItemId) => (await engine.store.load([id]))[0]?.item,
    async withIdentifier(scheme: string, value: string) {
      const parsed = registry.scheme(scheme)?.parse(value);
      if (parsed === undefined) throw new AccessionError("query-invalid", `"${value.slice(0, 100)}" is no ${scheme}.`);
      return (await engine.store.findByIdentifiers([{ scheme, value: parsed }])).map((stored) => stored.item);
    },
    readImage: async (key: string) => images?.store.read(key),
    async search(text: string, { kind, limit = 20 }: SearchOptions = {}) {
      const ids = (await engine.store.search(text, { kind, limit })).map((summary) => summary.id);
      const items = new Map((await engine.store.load(ids)).map(({ item }) => [item.id, item]));
      return ids.flatMap((id) => items.get(id) ?? []);
    },
    list(kind: Kind, { where = [], orderBy = "created", limit, after }: ListOptions = {}) {
      const conditions = readConditions(kind, where);
      return listItems(engine.store, { kind: nameOf(engine, kind), conditions, orderBy, limit, after });
    },
    async count(kind: Kind, { where = [] }: Pick<ListOptions, "where"> = {}) {
      return countItems(engine.store, { kind: nameOf(engine, kind), conditions: readConditions(kind, where) });
    },
    edit: (item: ItemId | Item, edit: Edit) => editItem(engine, idOf(item), edit),
    unlock: (item: ItemId | Item, fields?: readonly string[]) => unlockItem(engine, idOf(item), fields),
    forget: (item: ItemId | Item, provider: string) => forgetProvider(engine, idOf(item), provider),
    explain: (item: ItemId | Item) => explainItem(engine, idOf(item)),
    mergeItems: (keep: ItemId | Item, drop: ItemId | Item) => mergeItems(engine, idOf(keep), idOf(drop)),
    unmergeItem: (dropped: ItemId) => unmergeItem(engine, dropped),
    jobs,
    on: engine.events.on,
    // The tables that the application sees are its own affair.
    kysely: database.kysely.withoutPlugins() as Kysely<unknown>,
    close,
    [Symbol.asyncDispose]: close,
  };
  // The engine knows kinds by name only; that an item has its kind's attributes, their schema has seen to on saving.
  return catalog as Catalog;
}

function idOf(item: ItemId | Item): ItemId {
  return typeof item === "string" ? item : item.id;
}

/** The kind's name, once it is sure that the catalogue knows this very kind and not another of its name. */
function nameOf(engine: Engine, kind: Kind): string {
  if (engine.registry.importer(kind.name).kind === kind) return kind.name;
  throw new AccessionError("kind-unknown", `The catalogue was opened with another kind named "${kind.name}".`);
}
