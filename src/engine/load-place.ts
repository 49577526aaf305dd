import { earlierRun } from "./earlier-run.ts";
import type { Engine } from "./engine.ts";
import type { ManyOptions } from "./many.ts";

/** How far a load has come, for the next of its name; without a name, nothing is noted. */
export interface Place {
  /** The lines that an earlier load has dealt with. */
  readonly from: number;
  /** Documents of these that were refused. */
  readonly refused: number;
  readonly note: (position: number, refused: number) => Promise<void>;
  /** Forgets it: all is there. */
  readonly end: () => Promise<void>;
}

/** A load that broke off half a year ago is gone on with: a file does not change. */
const longestBreak = 180 * 24 * 60 * 60 * 1000;

/** Where an earlier load of this scope broke off; the beginning where none did, or this one is to begin anew. */
export async function findPlace(
  engine: Engine,
  scope: string,
  options: Pick<ManyOptions, "restart" | "dryRun"> & { readonly name?: string | undefined },
): Promise<Place> {
  const keeps = options.name !== undefined && options.dryRun !== true;
  const before = keeps ? await earlierRun(engine, scope, longestBreak, options) : undefined;
  const startedAt = before?.startedAt ?? new Date().toISOString();
  return {
    from: Number(before?.position ?? 0),
    refused: before?.refused ?? 0,
    async note(position, refused) {
      if (!keeps) return;
      await engine.store.recordListing({ id: undefined, scope, startedAt, position, done: position, refused });
    },
    async end() {
      if (keeps) await engine.store.forgetListing(scope);
    },
  };
}
