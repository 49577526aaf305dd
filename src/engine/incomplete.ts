import type { Engine } from "./engine.ts";
import type { ItemId } from "./item.ts";
import { settledStates } from "./settled-states.ts";
import type { Lacking } from "./store.ts";
import { whyUnable } from "./take-images.ts";

/** Which incomplete items are meant. */
export interface IncompleteOptions {
  /** Only items of this kind. Default: of every kind. */
  readonly kind?: string | undefined;
  /** Default: all. */
  readonly limit?: number | undefined;
}

/** The ids of items that an import would ask a provider about. Each is given once, however it fares meanwhile. */
export interface IncompleteItems extends AsyncIterable<ItemId> {
  /** How many there are at the moment. */
  count(): Promise<number>;
}

/** How many ids are read at a time. */
const batch = 500;

/**
 * Items that lack something: an inline provider of their kind, able to work, has not settled for them. Stubs and items whose
 * import failed are such. Items that are made while they are gone through are left to the next time: an item completed makes
 * stubs of its relations, and to complete those too might never come to an end.
 *
 * @throws AccessionError `kind-unknown`.
 */
export function incompleteItems(engine: Engine, options: IncompleteOptions = {}): IncompleteItems {
  const { registry, store } = engine;
  const { kind, limit = Infinity } = options;
  const kinds = kind === undefined ? registry.kinds : [registry.importer(kind).kind];
  const lacking = (): Lacking => ({
    providers: kinds.flatMap(({ name }) =>
      registry
        .importer(name)
        .providers.filter((one) => one.run === "inline" && whyUnable(engine, one) === undefined)
        .map((one) => ({ kind: name, provider: one.name })),
    ),
    settled: [...settledStates],
    before: new Date().toISOString(),
  });
  return {
    count: async () => Math.min(await store.countIncomplete(lacking()), limit),
    async *[Symbol.asyncIterator]() {
      const meant = lacking();
      let last: ItemId | undefined;
      for (let given = 0; given < limit;) {
        const ids = await store.incomplete(meant, last, Math.min(batch, limit - given));
        yield* ids;
        last = ids.at(-1);
        given += ids.length;
        if (last === undefined) return;
      }
    },
  };
}
