import { exitCodes } from "./exit-codes.ts";

/** Aborted by Ctrl-C, until closed. */
export interface Interruption {
  readonly signal: AbortSignal;
  close(): Promise<void>;
}

/**
 * Turns Ctrl-C (and a supervisor's SIGTERM) into a signal, so that an import ends between two steps; a second one ends
 * the process at once, which loses nothing either: what was saved is committed.
 */
export function listenForInterruption(): Interruption {
  const controller = new AbortController();
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    controller.abort();
  };
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  return {
    signal: controller.signal,
    async close() {
      process.off("SIGINT", interrupt);
      process.off("SIGTERM", interrupt);
    },
  };
}
