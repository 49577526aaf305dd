import { completionOf } from "./complete.ts";
import type { Engine } from "./engine.ts";
import { AccessionError } from "./errors.ts";
import { importItem } from "./import.ts";
import { type Item, itemId } from "./item.ts";
import type { ListingOutcome } from "./listing-course.ts";
import type { ManyOptions } from "./many.ts";

/**
 * The item that the listed ones belong to: by its id, or by a query that finds or imports it; else how looking for it ended.
 * What the options say of background providers and of completing holds for its import as well.
 *
 * @throws AccessionError `item-unknown`, `query-invalid`, also for an item of another kind.
 */
export async function findParent(
  engine: Engine,
  kind: string,
  named: unknown,
  options: ManyOptions,
): Promise<
  { readonly item: Item; readonly requests: number } | { readonly outcome: ListingOutcome; readonly requests: number }
> {
  const id = itemId.safeParse(typeof named === "object" && named !== null && "id" in named ? named.id : named);
  if (id.success) {
    const [stored] = await engine.store.load([id.data]);
    if (!stored) throw new AccessionError("item-unknown", `The catalogue has no item ${id.data}.`);
    if (stored.item.kind === kind) return { item: stored.item, requests: 0 };
    throw new AccessionError(
      "query-invalid",
      `${stored.item.title} (${id.data}) is a ${stored.item.kind}, no ${kind}.`,
    );
  }
  const { signal, dryRun, background } = options;
  const complete = completionOf(options);
  const result = await unlessCancelled(importItem(engine, kind, named, { signal, dryRun, background, complete }));
  // No page was reached, which leaves nothing to go on with but the same call.
  if (!result) return { outcome: { status: "stopped" }, requests: 0 };
  const { requests } = result;
  switch (result.status) {
    case "created":
    case "updated":
    case "unchanged":
      return { item: result.item, requests };
    case "not-found":
      return { outcome: { status: "not-found" }, requests };
    case "failed":
      return result.item
        ? { item: result.item, requests }
        : { outcome: { status: "failed", error: result.error }, requests };
    case "ambiguous": {
      const several = result.candidates.map((one) => one.id).join(", ");
      const error = new AccessionError("query-invalid", `Several fit: ${several}. Import the one that is meant first.`);
      return { outcome: { status: "failed", error }, requests };
    }
  }
}

async function unlessCancelled<Result>(importing: Promise<Result>): Promise<Result | undefined> {
  try {
    return await importing;
  } catch (thrown) {
    if (thrown instanceof AccessionError && thrown.code === "cancelled") return undefined;
    throw thrown;
  }
}
