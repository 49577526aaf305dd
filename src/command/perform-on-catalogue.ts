import type { Command } from "commander";
import type { Lifetime } from "../store/databases/pglite-files.ts";
import type { ExitCode } from "./exit-codes.ts";
import type { Invocation } from "./invocation.ts";
import { perform } from "./perform.ts";

/**
 * {@link perform} for a command that opens the catalogue: that begins before the command's own code is loaded.
 *
 * @param lifetime long where it may work on very many items. Default: brief.
 */
export async function performOnCatalogue(
  command: Command,
  run: (invocation: Invocation) => Promise<ExitCode>,
  lifetime?: Lifetime,
): Promise<void> {
  return perform(command, async (invocation) => {
    const [{ settings }, { prepareCatalogue }] = await Promise.all([
      invocation.settings(),
      import("./prepare-catalogue.ts"),
    ]);
    prepareCatalogue(settings.database, lifetime);
    return run(invocation);
  });
}
