import type { Command } from "commander";
import type { ManyFlags } from "../import-flags.ts";
import { performOnCatalogue } from "../perform-on-catalogue.ts";
import { whereOption } from "./where-option.ts";

/** Declares `import releases` and `import albums`. */
export function addManyImportCommands(group: Command): void {
  const releases = group
    .command("releases")
    .description("import all editions of an album with their tracks; repeat it to go on, or to repair")
    .argument("[album]", "an album of the catalogue: its id, an identifier, or its exact name")
    .option("--mbid <id>", "the album's MusicBrainz release group id, or the address of its page, instead");
  addManyFlags(releases).action((album: string | undefined, flags: ManyFlags, command: Command) =>
    performOnCatalogue(
      command,
      async (invocation) => (await import("../commands/import-many.ts")).importReleases(invocation, album, flags),
      "long",
    ),
  );

  const albums = group
    .command("albums")
    .description("import all albums, singles and EPs of an artist; repeat it to go on, or to repair")
    .argument("[artist]", "an artist of the catalogue: its id, an identifier, or its exact name")
    .option("--mbid <id>", "the artist's MusicBrainz id, or the address of its page, instead")
    .option("--studio", "only studio albums: no singles, EPs, compilations or live albums");
  addManyFlags(albums).action((artist: string | undefined, flags: ManyFlags, command: Command) =>
    performOnCatalogue(
      command,
      async (invocation) => (await import("../commands/import-many.ts")).importAlbums(invocation, artist, flags),
      "long",
    ),
  );
}

function addManyFlags(command: Command): Command {
  return command
    .addOption(whereOption())
    .option("--complete <kinds>", "complete what was made in passing in the background, such as artist")
    .option("--no-background", "enqueue no background providers")
    .option("--restart", "begin anew although an earlier run broke off")
    .option("--dry-run", "store nothing, and count what would change");
}
