import type { Command } from "commander";
import type { ListImportFlags } from "../commands/import-list.ts";
import { performOnCatalogue } from "../perform-on-catalogue.ts";
import { readCount } from "./read-number.ts";

/** Declares `import list`. */
export function addImportListCommand(group: Command): void {
  group
    .command("list")
    .description("import the items of a list: of a CSV, JSON or text file, or its report; or a series of MusicBrainz")
    .argument("[file]", "the list, an item a line; ./ before a name that begins with a hyphen")
    .option("--mbid <id>", "a series' MusicBrainz id, or the address of its page, instead of a file")
    .option("--kind <kind>", "what it lists: album, artist, song or release (default: album)")
    .option(
      "--name <name>",
      "store it as a ranked list of this name (default, where its lines are numbered: the file's)",
    )
    .option("--map <fields>", "which column is what, such as title=Album,artist=By,rank=Place; year= for none")
    .option("--report <file>", "where to write what became of each line (default: beside the list)")
    .option("--limit <number>", "ask about so many lines at most", readCount)
    .option("--dry-run", "store nothing but the report, and show what would be imported")
    .action((file: string | undefined, flags: ListImportFlags, command: Command) =>
      performOnCatalogue(
        command,
        async (invocation) =>
          flags.mbid === undefined
            ? (await import("../commands/import-list.ts")).importListFile(invocation, file, flags)
            : (await import("../commands/import-series.ts")).importSeries(invocation, file, {
                ...flags,
                mbid: flags.mbid,
              }),
        "long",
      ),
    );
}
