import type { Command } from "commander";
import type { ExitCode } from "./exit-codes.ts";
import type { GlobalFlags } from "./global-flags.ts";
import type { Invocation } from "./invocation.ts";
import { createOutput } from "./output/output.ts";
import type { ReadSettings } from "./settings/read-settings.ts";

/** Runs a command to its exit code and closes what it has opened; whatever it throws is told, as a document or in words. */
export async function perform(command: Command, run: (invocation: Invocation) => Promise<ExitCode>): Promise<void> {
  const flags = command.optsWithGlobals<GlobalFlags>();
  const output = createOutput(flags);
  let reading: Promise<ReadSettings> | undefined;
  const opened: { close(): Promise<void> }[] = [];
  try {
    try {
      process.exitCode = await run({
        flags,
        output,
        settings: () => (reading ??= readSettingsOf(flags)),
        closeAtEnd: (resource) => void opened.unshift(resource),
      });
    } finally {
      for (const resource of opened) await resource.close();
    }
  } catch (thrown) {
    const { reportFailure } = await import("./output/failure.ts");
    process.exitCode = reportFailure(output, thrown, command.name());
  }
}

async function readSettingsOf(flags: GlobalFlags): Promise<ReadSettings> {
  const { readSettings } = await import("./settings/read-settings.ts");
  return readSettings({ flags });
}
