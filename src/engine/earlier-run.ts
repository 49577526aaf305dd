import type { Engine } from "./engine.ts";
import type { ListingRecord } from "./listing-record.ts";
import type { ManyOptions } from "./many.ts";

/**
 * How far an earlier run came that broke off, and is gone on with; undefined for a run that begins. One that begins anew
 * forgets the place at once: else, if it broke off before it noted its own, the next would be gone on with there.
 *
 * @param longestBreak milliseconds after which a run is no longer gone on with.
 */
export async function earlierRun(
  engine: Engine,
  scope: string,
  longestBreak: number,
  { restart, dryRun }: Pick<ManyOptions, "restart" | "dryRun">,
): Promise<ListingRecord | undefined> {
  if (dryRun === true) return undefined;
  if (restart !== true) return engine.store.listing(scope, longestBreak);
  await engine.store.forgetListing(scope);
  return undefined;
}
