import type { Output } from "./output/output.ts";
import type { GlobalFlags } from "./global-flags.ts";
import type { ReadSettings } from "./settings/read-settings.ts";

/** What every command gets: the flags that all commands share, and how to speak. */
export interface Invocation {
  readonly flags: GlobalFlags;
  readonly output: Output;
  /** The settings, read when first asked for, and once. @throws AccessionError `configuration-invalid`. */
  readonly settings: () => Promise<ReadSettings>;
  /** Has something closed when the command ends, however it ends: the latest first. */
  closeAtEnd(resource: { close(): Promise<void> }): void;
}
