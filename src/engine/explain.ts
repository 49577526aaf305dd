import type { Rejection } from "./contribution.ts";
import type { Engine } from "./engine.ts";
import { AccessionError } from "./errors.ts";
import type { Item, ItemId } from "./item.ts";
import type { JsonValue } from "./json.ts";
import { claimsByField } from "./merge.ts";
import type { Run } from "./run.ts";

/** A value of a field, and who said it when. */
export interface SaidValue {
  readonly provider: string;
  /** null: a person says that there is none. */
  readonly value: JsonValue;
  /** ISO 8601, UTC. */
  readonly fetchedAt: string;
  /** How it came about, where its provider says so: for a text by a language model, the model and the prompt's version. */
  readonly madeBy?: Readonly<Record<string, string>> | undefined;
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
  /** What was offered for it and rejected: of each provider what it rejected last. */
  readonly rejected: readonly (Rejection & { readonly provider: string })[];
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
  const rejected = contributions.flatMap(({ provider, data }) =>
    (data.rejected ?? []).map((one) => ({ ...one, provider })),
  );
  return { item, fields, rejected, runs };
}
