import { type Command, Option } from "commander";
import type { ExportFlags } from "../commands/export.ts";
import type { ListFlags } from "../commands/list.ts";
import type { SearchFlags } from "../commands/search.ts";
import { performOnCatalogue } from "../perform-on-catalogue.ts";
import { readCount } from "./read-number.ts";
import { sortOption } from "./sort-option.ts";
import { whereOption } from "./where-option.ts";

/** Declares `show`, `explain`, `search`, `list` and `export`. */
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
    .description("find items of the catalogue by name or alias, misspelled or half typed")
    .argument("<text>")
    .option("--kind <kind>", "only this kind, such as artist")
    .option("--limit <number>", "at most this many", readCount, 20)
    .action((text: string, flags: SearchFlags, command: Command) =>
      performOnCatalogue(command, async (invocation) =>
        (await import("../commands/search.ts")).search(invocation, text, flags),
      ),
    );

  program
    .command("list")
    .description("list the items of a kind, in alphabetical order")
    .argument("<kind>", "such as artist")
    .addOption(whereOption())
    .addOption(sortOption("title"))
    .option("--limit <number>", "at most this many (default: 50; with --json, all)", readCount)
    .action((kind: string, flags: ListFlags, command: Command) =>
      performOnCatalogue(command, async (invocation) =>
        (await import("../commands/list.ts")).list(invocation, kind, flags),
      ),
    );

  program
    .command("export")
    .description("write all items of a kind, one a line")
    .argument("<kind>", "such as artist")
    .addOption(whereOption())
    .addOption(sortOption("created"))
    .addOption(new Option("--format <format>", "how").choices(["ndjson", "csv"]).default("ndjson"))
    .option("--output <file>", "into this file, rather than on standard output (-)")
    .action((kind: string, flags: ExportFlags, command: Command) =>
      performOnCatalogue(
        command,
        async (invocation) => (await import("../commands/export.ts")).exportItems(invocation, kind, flags),
        "long",
      ),
    );
}
