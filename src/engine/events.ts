import type { Change } from "./difference.ts";
import type { Item } from "./item.ts";
import type { Log } from "./log.ts";
import type { BackgroundRun } from "./queue.ts";
import type { ProviderOutcome } from "./result.ts";

/** What a catalogue tells of while it works, by type. What is told has happened: it is committed. */
export interface CatalogEvents {
  /** An item was made, or something of it changed; where nothing differs, the order of categories or links, or who says them. */
  "item-saved": { readonly item: Item; readonly created: boolean; readonly difference: readonly Change[] };
  /** A worker of this process has begun a background run. */
  "run-started": { readonly run: BackgroundRun; readonly attempt: number };
  /** A background run of this process has come to its end. `dead`: its last attempt has failed. */
  "run-settled": { readonly run: BackgroundRun; readonly outcome: ProviderOutcome; readonly dead: boolean };
  /** A background run of this process waits: for its next attempt, or because its provider or source is held back. */
  "run-postponed": { readonly run: BackgroundRun; readonly until: Date; readonly reason: string };
  /** A source has failed so often in a row that it is left alone for a while. */
  "source-opened": { readonly source: string; readonly until: Date; readonly reason: string };
  /** A source that was left alone answers again. */
  "source-closed": { readonly source: string };
}

/** Hears of events of one type. What it throws is logged, and changes nothing. */
export type EventListener<Type extends keyof CatalogEvents> = (event: CatalogEvents[Type]) => void;

/** Tells whoever listens. */
export interface Events {
  readonly emit: <Type extends keyof CatalogEvents>(type: Type, event: CatalogEvents[Type]) => void;
  /** Whether anybody listens to events of this type. */
  readonly hears: (type: keyof CatalogEvents) => boolean;
  /** Listens from now on; gives what ends it. */
  readonly on: <Type extends keyof CatalogEvents>(type: Type, listener: EventListener<Type>) => () => void;
}

/** Events without listeners yet. */
export function createEvents(log: Log): Events {
  const listeners = new Map<string, Set<(event: never) => void>>();
  return {
    emit(type, event) {
      for (const listener of listeners.get(type) ?? []) {
        try {
          listener(event as never);
        } catch (thrown) {
          log.error({ err: thrown, event: type }, "a listener threw");
        }
      }
    },
    hears: (type) => (listeners.get(type)?.size ?? 0) > 0,
    on(type, listener) {
      const heard = listeners.get(type) ?? new Set();
      listeners.set(type, heard.add(listener));
      return () => void heard.delete(listener);
    },
  };
}
