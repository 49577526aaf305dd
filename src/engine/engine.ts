import type { ImageTaker } from "./image.ts";
import type { Events } from "./events.ts";
import type { ItemId } from "./item.ts";
import type { Log } from "./log.ts";
import type { Projection } from "./projection.ts";
import type { RunQueue } from "./queue.ts";
import type { Registry } from "./registry.ts";
import type { Secrets } from "./secrets.ts";
import type { RateSlots, SnapshotStore } from "./source.ts";
import type { Store } from "./store.ts";
import type { Trace } from "./tracing.ts";

/** All that an import works with; what stands behind each is its opener's choice. */
export interface Engine {
  readonly registry: Registry;
  readonly store: Store;
  readonly queue: RunQueue;
  readonly projections: readonly Projection[];
  readonly rateSlots: RateSlots;
  readonly snapshots: SnapshotStore | undefined;
  /** Milliseconds for which a snapshot stands for a request. */
  readonly snapshotAge: number;
  readonly offline: boolean;
  /** Undefined where no images are kept: what names some then says nothing by it. */
  readonly images: ImageTaker | undefined;
  /** Masks secrets, so that it may be lent to anybody. */
  readonly log: Log;
  /** What nobody may be shown, whoever says it. */
  readonly secrets: Secrets;
  readonly events: Events;
  readonly trace: Trace;
  newItemId(): ItemId;
  /** Told of each step of an import, in order; what it throws ends the import there. Crash tests kill the process in it. */
  step(name: ImportStep): void;
}

/** The steps of an import, of a page of many, and of a job around them, each of which a crash may precede. */
export type ImportStep =
  | "found"
  | "matched"
  | "provided"
  | "transaction-begun"
  | "identities-claimed"
  | "written"
  | "projected"
  | "committed"
  | "page-saved"
  | "job-taken"
  /** Where nothing was saved: the end of the run is noted, that of its job is not. */
  | "run-ended"
  | "job-ended";
