import type { AccessionError } from "./errors.ts";
import type { Item } from "./item.ts";
import type { Kind } from "./kind.ts";
import type { Refusal } from "./listing.ts";

/** What became of the items of many, so far or in all. */
export interface Counts {
  readonly created: number;
  readonly updated: number;
  /** Those that the catalogue had just so. */
  readonly unchanged: number;
  /** Those that a condition left out. */
  readonly filtered: number;
  /** Those that could not be read, or saved; each was told by `onRefused`. */
  readonly refused: number;
  /** Those that the source no longer lists, and whose relation was taken away. */
  readonly gone: number;
}

/** Where an import of many stands: told once before the first page, and after each. */
export interface ManyProgress {
  readonly counts: Counts;
  /** Items that were dealt with, those of an earlier run that this one goes on from included. */
  readonly done: number;
  /** Items in all, where the source says. */
  readonly total?: number | undefined;
  /** Requests of this run so far. */
  readonly requests: number;
}

/** How an import of many is to go about it. */
export interface ManyOptions {
  /** Conditions that an item has to meet, such as `primaryType=album`. Default: none. */
  readonly where?: readonly string[] | undefined;
  /**
   * Kinds such as `music.artist`: of their items that are named, those of which there is nothing yet but what was said in
   * passing, now or earlier, are completed in the background. Default: none; the first import of such an item completes it.
   */
  readonly complete?: readonly string[] | undefined;
  /** Enqueue the background providers of each item, as an import of it would. Default: true. */
  readonly background?: boolean | undefined;
  /** Begin anew although an earlier run broke off half way. Default: go on where it did. */
  readonly restart?: boolean | undefined;
  /** Do everything but commit. Default: false. */
  readonly dryRun?: boolean | undefined;
  /** Ends the import: what is being saved is saved, what is being asked for is given up. The next run goes on from there. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ManyProgress) => void) | undefined;
  /** Told of each item that could not be read or saved, and why. */
  readonly onRefused?: ((refusal: Refusal) => void) | undefined;
}

/** What an import of many came to. */
export type ManyResult<Parent extends Kind = Kind> = {
  readonly counts: Counts;
  readonly done: number;
  readonly total?: number | undefined;
  readonly requests: number;
  readonly pages: number;
  /** The first of those that could not be read or saved, 100 at most. */
  readonly refused: readonly Refusal[];
  /** The item that the listed ones belong to; absent for a dump, and where it was not found. */
  readonly parent?: Item<Parent> | undefined;
} & (
  | {
      /**
       * Every page was read. Nothing new is a success as well: then `counts` says so. Where `done` is less than `total`, the
       * source counts more than its pages held, and a repetition may bring them.
       */
      readonly status: "complete";
    }
  | {
      /** The signal ended it between two pages, or before the first; the same call goes on from there. */
      readonly status: "stopped";
    }
  | {
      /** It broke off between two pages; what was saved stays, and the same call goes on from there. */
      readonly status: "failed";
      readonly error: AccessionError;
    }
  | {
      /** There is no such item to list anything of. */
      readonly status: "not-found";
    }
);
