import type { Kysely } from "kysely";
import { contributeItem, type Said } from "./engine/contribute.ts";
import { type Edit, editItem, forgetProvider, unlockItem } from "./engine/curate.ts";
import type { Engine } from "./engine/engine.ts";
import { AccessionError } from "./engine/errors.ts";
import { explainItem } from "./engine/explain.ts";
import { createEvents } from "./engine/events.ts";
import { findInCatalogue } from "./engine/find.ts";
import { enrichItem, importItem, type ImportOptions } from "./engine/import.ts";
import { importMany } from "./engine/import-many.ts";
import { incompleteItems, type IncompleteOptions } from "./engine/incomplete.ts";
import type { Item, ItemId } from "./engine/item.ts";
import type { Kind } from "./engine/kind.ts";
import { loadDocuments, type LoadOptions } from "./engine/load.ts";
import { readListConditions } from "./engine/list-condition.ts";
import { countItems, listItems, readOrder } from "./engine/list-items.ts";
import { maskedLog, silentLog } from "./engine/log.ts";
import type { ManyOptions } from "./engine/many.ts";
import { mergeItems, unmergeItem } from "./engine/merge-items.ts";
import { createItemIds } from "./engine/new-item-id.ts";
import { createRegistry, secretsOf } from "./engine/registry.ts";
import type { ImportResult } from "./engine/result.ts";
import { createSecrets } from "./engine/secrets.ts";
import { createTrace } from "./engine/tracing.ts";
import { describe, readQuery, resolveRelated } from "./engine/wanted.ts";
import { openImages } from "./images/open-images.ts";
import { createJobs } from "./jobs/jobs.ts";
import { createStore } from "./store/catalogue-store.ts";
import { passwordsOf } from "./store/database-passwords.ts";
import { openDatabase } from "./store/database.ts";
import { createKindViews } from "./store/kind-views.ts";
import { createRateSlots } from "./store/rate-slots.ts";
import { createSnapshots } from "./store/snapshots.ts";
import type { Catalog, CatalogOptions, ListOptions, SearchOptions } from "./catalog.ts";

const day = 24 * 60 * 60 * 1000;

/**
 * Opens a catalogue, making what the database lacks: the folder, the tables, the kinds' views.
 *
 * @throws AccessionError `definition-invalid` for packs that contradict each other, `configuration-invalid`,
 * `database-locked` where another process has the folder, `database-newer`, `database-unavailable`.
 * @example
 * const catalog = await openCatalog({ database: "./catalogue", packs: [music({ contact: "me@example.org" })] });
 * await catalog.close();
 */
export async function openCatalog(options: CatalogOptions): Promise<Catalog> {
  const registry = createRegistry(options.packs);
  const database = await openDatabase({
    location: options.database,
    ...(options.schema !== undefined && { schema: options.schema }),
    ...(options.pageCache !== undefined && { pageCache: options.pageCache }),
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
  const secrets = createSecrets([...secretsOf(registry), ...passwordsOf(options.database, process.env)]);
  const log = maskedLog(options.log ?? silentLog, secrets);
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
    secrets,
    events: createEvents(log),
    trace: createTrace(options.tracer, secrets),
    newItemId: createItemIds(),
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
      traced({ "accession.kind": kind.name }, () => importItem(engine, known(engine, kind).name, query, importOptions)),
    enrich: (item: ItemId | Item, importOptions?: ImportOptions) =>
      traced({ "accession.item": idOf(item) }, () => enrichItem(engine, idOf(item), importOptions)),
    importMany: async (kind: Kind, of: Readonly<Record<string, unknown>>, manyOptions?: ManyOptions) =>
      importMany(engine, known(engine, kind).name, of, manyOptions),
    load: async (kind: Kind, lines: AsyncIterable<string>, loadOptions?: LoadOptions) =>
      loadDocuments(engine, known(engine, kind).name, lines, loadOptions),
    contribute: async (kind: Kind, by: string, said: Said, saying?: { readonly dryRun?: boolean }) =>
      contributeItem(engine, known(engine, kind).name, by, said, saying),
    incomplete: (which?: IncompleteOptions) => incompleteItems(engine, which),
    async find(kind: Kind, query: unknown) {
      const registered = engine.registry.importer(known(engine, kind).name).kind;
      const target = readQuery(registered, query);
      const found = await findInCatalogue(engine, registered, target, async () =>
        describe(target, await resolveRelated(engine, registered, target.related)),
      );
      return found.stored?.item;
    },
    get: async (id: ItemId) => (await engine.store.load([id]))[0]?.item,
    getAll: async (ids: readonly ItemId[]) => (await engine.store.load(ids)).map(({ item }) => item),
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
      const listed = { kind: known(engine, kind), ...readListConditions(kind, where) };
      return listItems(engine.store, { ...listed, order: readOrder(kind, orderBy), limit, after });
    },
    async count(kind: Kind, { where = [] }: Pick<ListOptions, "where"> = {}) {
      return countItems(engine.store, { kind: known(engine, kind), ...readListConditions(kind, where) });
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

/** The kind, once it is sure that the catalogue knows this very kind and not another of its name. */
function known(engine: Engine, kind: Kind): Kind {
  if (engine.registry.importer(kind.name).kind === kind) return kind;
  throw new AccessionError("kind-unknown", `The catalogue was opened with another kind named "${kind.name}".`);
}
