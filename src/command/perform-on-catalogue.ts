import type { Command } from "commander";
import type { ExitCode } from "./exit-codes.ts";
import type { Invocation } from "./invocation.ts";
import { perform } from "./perform.ts";

/** {@link perform} for a command that opens the catalogue: that begins before the command's own code is loaded. */
export async function performOnCatalogue(
  command: Command,
  run: (invocation: Invocation) => Promise<ExitCode>,
): Promise<void> {
  return perform(command, async (invocation) => {
    const [{ readSettings }, { prepareCatalogue }] = await Promise.all([
      import("./settings/read-settings.ts"),
      import("./prepare-catalogue.ts"),
    ]);
    const { settings } = await readSettings(invocation);
    prepareCatalogue(settings.database);
    return run(invocation);
  });
}
