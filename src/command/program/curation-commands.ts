import type { Command } from "commander";
import { performOnCatalogue } from "../perform-on-catalogue.ts";

/** Declares `edit`, `unlock`, `merge` and `forget`. */
export function addCurationCommands(program: Command): void {
  program
    .command("edit")
    .description("say something yourself: it wins over every provider, until unlocked")
    .argument("<item>")
    .argument("<field=value...>", "the value as text, or as JSON where the field takes no text; empty: there is none")
    .action((item: string, assignments: readonly string[], _flags: unknown, command: Command) =>
      performOnCatalogue(command, async (invocation) =>
        (await import("../commands/edit.ts")).edit(invocation, item, assignments),
      ),
    );

  program
    .command("unlock")
    .description("take back what you said of some fields, or of everything")
    .argument("<item>")
    .argument("[field...]")
    .action((item: string, fields: readonly string[], _flags: unknown, command: Command) =>
      performOnCatalogue(command, async (invocation) =>
        (await import("../commands/unlock.ts")).unlock(invocation, item, fields),
      ),
    );

  program
    .command("merge")
    .description("make two items one, or undo that")
    .argument("[keep]", "the item that stays")
    .argument("[drop]", "the item that becomes part of it")
    .option("--undo <id>", "make the item that was dropped an item again")
    .action((keep: string | undefined, drop: string | undefined, flags: { undo?: string }, command: Command) => {
      const { undo } = flags;
      if (undo !== undefined && keep === undefined) {
        return performOnCatalogue(command, async (invocation) =>
          (await import("../commands/merge.ts")).undoMerge(invocation, undo),
        );
      }
      if (undo !== undefined || keep === undefined || drop === undefined) {
        return command.error("error: give two items, KEEP and DROP, or --undo with the id that was dropped");
      }
      return performOnCatalogue(command, async (invocation) =>
        (await import("../commands/merge.ts")).merge(invocation, keep, drop),
      );
    });

  program
    .command("forget")
    .description("take away all that a provider said of an item")
    .argument("<item>")
    .argument("<provider>", "such as musicbrainz")
    .action((item: string, provider: string, _flags: unknown, command: Command) =>
      performOnCatalogue(command, async (invocation) =>
        (await import("../commands/forget.ts")).forget(invocation, item, provider),
      ),
    );
}
