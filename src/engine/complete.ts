import type { Engine } from "./engine.ts";
import type { ItemId } from "./item.ts";
import type { ManyOptions } from "./many.ts";
import type { BackgroundRun } from "./queue.ts";
import { settledStates } from "./settled-states.ts";
import type { StoreTransaction, StubItem } from "./store.ts";
import { whyUnable } from "./take-images.ts";

/** What is completed in the background of what a save names. */
export interface Completion {
  readonly kinds: ReadonlySet<string>;
  /** Whether by the background providers as well. */
  readonly background: boolean;
}

/** The completion that an import of many asks for; undefined where it asks for none. */
export function completionOf({ complete = [], background }: ManyOptions): Completion | undefined {
  return complete.length === 0 ? undefined : { kinds: new Set(complete), background: background !== false };
}

/**
 * The runs that complete those of some items of which there is nothing yet but what was said in passing, whenever that was. One
 * whose kind's first provider has settled, or has a job, needs none: so each is enqueued once.
 */
export async function runsCompleting(
  engine: Engine,
  transaction: StoreTransaction,
  ids: readonly ItemId[],
  { background }: Completion,
): Promise<readonly BackgroundRun[]> {
  const stubs = await transaction.stubs([...new Set(ids)]);
  return stubs.flatMap((stub) => completing(engine, stub, background));
}

/** The runs of all providers that can be asked about an item. */
function completing(
  engine: Engine,
  { id: itemId, kind, schemes, runs }: StubItem,
  background: boolean,
): readonly BackgroundRun[] {
  const settled = new Set(runs.filter(({ state }) => settledStates.has(state)).map(({ provider }) => provider));
  const able = engine.registry
    .importer(kind)
    .providers.filter((provider) => whyUnable(engine, provider) === undefined)
    .filter(({ identifiedBy }) => identifiedBy === undefined || schemes.includes(identifiedBy));
  if (able[0] === undefined || settled.has(able[0].name)) return [];
  return able
    .filter((provider) => (background || provider.run === "inline") && !settled.has(provider.name))
    .map(({ name: provider }) => ({ itemId, kind, provider, fresh: false }));
}
