import type { Command } from "commander";
import type { ReleaseFlags, SongFlags } from "../import-flags.ts";
import { performOnCatalogue } from "../perform-on-catalogue.ts";
import { addAskFlags, addMatchFlags } from "./import-options.ts";

const artistFlag = "whom it is by: a name, or an artist of the catalogue by id or identifier";

/** Declares `import release` and `import song`. */
export function addEditionCommands(group: Command): void {
  const release = group
    .command("release")
    .description("import one edition of an album, with its tracks")
    .argument("[title]", "its title; after -- if it begins with a hyphen")
    .option("--mbid <id>", "its MusicBrainz release id, or the address of its page, instead of a title")
    .option("--barcode <digits>", "its barcode, instead of a title")
    .option("--artist <name-or-item>", artistFlag)
    .option("--year <year>", "the year in which it came out")
    .option("--country <code>", "where it came out, two letters: GB")
    .option("--status <status>", "official, promotion, bootleg, …");
  addMatchFlags(release);
  addAskFlags(release).action((title: string | undefined, flags: ReleaseFlags, command: Command) =>
    performOnCatalogue(command, async (invocation) =>
      (await import("../commands/import.ts")).importRelease(invocation, title, flags),
    ),
  );

  const song = group
    .command("song")
    .description("import a song, as it was recorded")
    .argument("[title]", "its title; after -- if it begins with a hyphen")
    .option("--mbid <id>", "its MusicBrainz recording id, or the address of its page, instead of a title")
    .option("--isrc <code>", "its ISRC, instead of a title")
    .option("--artist <name-or-item>", artistFlag)
    .option("--year <year>", "the year in which it first came out");
  addMatchFlags(song);
  addAskFlags(song).action((title: string | undefined, flags: SongFlags, command: Command) =>
    performOnCatalogue(command, async (invocation) =>
      (await import("../commands/import.ts")).importSong(invocation, title, flags),
    ),
  );
}
