import type { Command } from "commander";
import type { SearchFlags } from "../commands/search.ts";
import { performOnCatalogue } from "../perform-on-catalogue.ts";
import { readCount } from "./read-number.ts";

/** Declares `show`, `explain` and `search`. */
export function addReadingCommands(program: Command): void {
  program
    .command("show")
    .description("show an item, each fact with who says so")
    .argument("<item>")
    .action((item: string, _flags: unknown, command: Command) =>
      performOnCatalogue(command, async (invocation) => (await import("../commands/show.ts")).show(invocation, item)),
    );

  program
    .command("explain")
    .description("for every field: the value shown, who said it and when, and the values that lost")
    .argument("<item>")
    .action((item: string, _flags: unknown, command: Command) =>
      performOnCatalogue(command, async (invocation) =>
        (await import("../commands/explain.ts")).explain(invocation, item),
      ),
    );

  program
    .command("search")
    .description("find items of the catalogue whose name or alias contains a text")
    .argument("<text>")
    .option("--kind <kind>", "only this kind: artist or album")
    .option("--limit <number>", "at most this many", readCount, 20)
    .action((text: string, flags: SearchFlags, command: Command) =>
      performOnCatalogue(command, async (invocation) =>
        (await import("../commands/search.ts")).search(invocation, text, flags),
      ),
    );
}
