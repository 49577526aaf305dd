import type { Engine } from "./engine.ts";
import { AccessionError } from "./errors.ts";
import type { Item, ItemId } from "./item.ts";
import type { JsonValue } from "./json.ts";
import { claimsByField } from "./merge.ts";
import type { Run } from "./store.ts";

/** A value of a field, and who said it when. */
export interface SaidValue {
  readonly provider: string;
  /** null: a person says that there is none. */
  readonly value: JsonValue;
  /** ISO 8601, UTC. */
  readonly fetchedAt: string;
}

/** Where everything that an item shows comes from. */
export interface Explanation {
  readonly item: Item;
  /** For each field anybody speaks of: the value shown, and those that lost to it, the next best first. */
  readonly fields: readonly {
    readonly field: string;
    readonly shown: SaidValue;
    readonly others: readonly SaidValue[];
  }[];
  /** Where each provider stands. */
  readonly runs: readonly Run[];
}

/** Explains an item. @throws AccessionError `item-unknown`. */
export async function explainItem(engine: Engine, id: ItemId): Promise<Explanation> {
  const [stored] = await engine.store.load([id]);
  if (!stored) throw new AccessionError("item-unknown", `The catalogue has no item ${id}.`);
  const { item, runs } = stored;
  const contributions = await engine.store.contributions(item.id);
  const claims = claimsByField(engine.registry.importer(item.kind), item.id, contributions);
  const fields = [...claims].flatMap(([field, [shown, ...others]]) => (shown ? [{ field, shown, others }] : []));
  return { item, fields, runs };
}
