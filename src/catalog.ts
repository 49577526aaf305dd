import type { Kysely } from "kysely";
import type { ContributedItem, Said } from "./engine/contribute.ts";
import type { Curated, Edit } from "./engine/curate.ts";
import type { ImportStep } from "./engine/engine.ts";
import type { Explanation } from "./engine/explain.ts";
import type { CatalogEvents, EventListener } from "./engine/events.ts";
import type { ImportOptions } from "./engine/import.ts";
import type { IncompleteItems, IncompleteOptions } from "./engine/incomplete.ts";
import type { Item, ItemId } from "./engine/item.ts";
import type { Kind, QueryOf, RelationsOf } from "./engine/kind.ts";
import type { ItemOrder } from "./engine/list-items.ts";
import type { LoadOptions } from "./engine/load.ts";
import type { Log } from "./engine/log.ts";
import type { ManyOptions, ManyResult } from "./engine/many.ts";
import type { Pack } from "./engine/pack.ts";
import type { Projection } from "./engine/projection.ts";
import type { RunQueue } from "./engine/queue.ts";
import type { ImportResult } from "./engine/result.ts";
import type { Tracer } from "./engine/tracing.ts";
import type { ImageOptions } from "./images/open-images.ts";
import type { Jobs } from "./jobs/jobs.ts";

/** How a catalogue is opened. */
export interface CatalogOptions {
  /** A folder, `memory:`, or a `postgres://` URL. */
  readonly database: string;
  readonly packs: readonly Pack[];
  /** The database schema that holds the catalogue's tables. Default: `accession`. */
  readonly schema?: string | undefined;
  /**
   * MiB of the database's pages to hold in memory, PGlite only: each takes the opening some 4 ms. Default: 16, with which a
   * load of a dump slows down once the catalogue has grown beyond it; 40 are enough for a million items.
   */
  readonly pageCache?: number | undefined;
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
  /** Told without the secrets of sources and database. Default: nothing is logged. A pino logger fits. */
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
  /**
   * Conditions that all have to hold, such as `country=GB`, or `artist=` and an item's id. Default: none.
   * @see `readListConditions` in engine/list-condition.ts
   */
  readonly where?: readonly string[] | undefined;
  /** For an attribute, all items of the kind are looked at, again for each ten thousand of them. Default: `created`. */
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
   * @see `importMany` in engine/import-many.ts
   */
  importMany<K extends Kind>(
    kind: K,
    of: { readonly [Type in keyof RelationsOf<K>]?: ItemId | Item | QueryOf<RelationsOf<K>[Type]> },
    options?: ManyOptions,
  ): Promise<ManyResult>;
  /**
   * Loads the documents of a source's dump, one a line, without a request. @see `loadDocuments` in engine/load.ts
   *
   * @example await catalog.load(artist, lines, { where: ["country=GB"] });
   */
  load(kind: Kind, lines: AsyncIterable<string>, options?: LoadOptions): Promise<ManyResult>;
  /**
   * Saves what somebody who is no provider says of an item, under their name; it is found by its identities, or made.
   *
   * @example await catalog.contribute(list, "list-file", { attributes: { title: "Best of 1973" }, identifiers, relations });
   * @see `contributeItem` in engine/contribute.ts
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
   * @see `incompleteItems` in engine/incomplete.ts
   */
  incomplete(options?: IncompleteOptions): IncompleteItems;
  /** The item that a query names, if the catalogue has it; no source is asked. */
  find<K extends Kind>(kind: K, query: QueryOf<K>): Promise<Item<K> | undefined>;
  /** The item with this id; one that was merged into another gives the other. Undefined for an unknown id. */
  get(id: ItemId): Promise<Item | undefined>;
  /** The items that {@link Catalog.get} gives for these ids, each once and in no order, by one statement. */
  getAll(ids: readonly ItemId[]): Promise<readonly Item[]>;
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
   * @throws AccessionError `kind-unknown`; `query-invalid` for what is no condition, or no attribute to sort by; while it runs,
   * `item-unknown` for an item that a condition or `after` names, `query-invalid` for one that the relation never leads to.
   */
  list<K extends Kind>(kind: K, options?: ListOptions): AsyncGenerator<Item<K>, void, undefined>;
  /** How many items of a kind meet all conditions. @throws AccessionError as {@link Catalog.list}. */
  count(kind: Kind, options?: Pick<ListOptions, "where">): Promise<number>;
  /** Says something as a person: it always wins, and outlasts every forced import. @see `editItem` in engine/curate.ts */
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
