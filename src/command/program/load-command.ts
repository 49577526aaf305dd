import type { Command } from "commander";
import type { LoadFlags } from "../commands/load.ts";
import { performOnCatalogue } from "../perform-on-catalogue.ts";
import { readCount } from "./read-number.ts";
import { whereOption } from "./where-option.ts";

/** Declares `load`. */
export function addLoadCommand(program: Command): void {
  program
    .command("load")
    .description("load the documents of a MusicBrainz dump, without a request to anybody; repeat it to go on")
    .argument(
      "<file>",
      "artist.tar.xz as MusicBrainz has it; or one document a line, also .xz, .zst, .gz; - for standard input",
    )
    .option("--kind <kind>", "what the documents are, where neither the archive nor the file's name says so")
    .addOption(whereOption())
    .option("--rejects <file>", "where refused documents go (default: the file's name with .rejects.ndjson)")
    .option("--restart", "begin anew although an earlier run broke off")
    .option("--limit <number>", "only the first so many documents", readCount)
    .option("--background", "enqueue the background providers of each item; `accession work` runs them")
    .option("--name <name>", "by which a load from standard input is known again, and gone on with")
    .option("--dry-run", "store nothing, and count what would change")
    .action((file: string, flags: LoadFlags, command: Command) =>
      performOnCatalogue(
        command,
        async (invocation) => (await import("../commands/load.ts")).load(invocation, file, flags),
        "long",
      ),
    );
}
