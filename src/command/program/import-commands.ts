import type { Command } from "commander";
import type { AlbumFlags, ArtistFlags, EnrichFlags } from "../import-flags.ts";
import { performOnCatalogue } from "../perform-on-catalogue.ts";
import { addManyImportCommands } from "./many-import-commands.ts";
import { addEditionCommands } from "./edition-commands.ts";
import { addAskFlags, addMatchFlags } from "./import-options.ts";
import { addImportListCommand } from "./list-import-command.ts";
import { readCount } from "./read-number.ts";

const types = {
  artist: "person, group, orchestra, choir, character or other",
  album: "album, single, ep, broadcast or other",
};

/** Declares `import artist`, `import album` and `enrich`. */
export function addImportCommands(program: Command): void {
  const group = program.command("import").description("find items, or make them from what their providers say");

  const artist = group
    .command("artist")
    .description("import an artist")
    .argument("[name]", "its name; after -- if it begins with a hyphen")
    .option("--mbid <id>", "its MusicBrainz id, or the address of its page, instead of a name")
    .option("--country <code>", "its country, two letters: GB")
    .option("--type <type>", types.artist)
    .option("--born <year>", "the year of its birth or foundation")
    .option("--disambiguation <text>", "words that tell it from its namesakes");
  addMatchFlags(artist);
  addAskFlags(artist).action((name: string | undefined, flags: ArtistFlags, command: Command) =>
    performOnCatalogue(command, async (invocation) =>
      (await import("../commands/import.ts")).importArtist(invocation, name, flags),
    ),
  );

  const album = group
    .command("album")
    .description("import an album, all its editions taken together")
    .argument("[title]", "its title; after -- if it begins with a hyphen")
    .option("--artist <name-or-item>", "whom it is by: a name, or an artist of the catalogue by id or identifier")
    .option("--mbid <id>", "its MusicBrainz release group id, or the address of its page, instead of a title")
    .option("--year <year>", "the year of its first edition")
    .option("--type <type>", types.album);
  addMatchFlags(album);
  addAskFlags(album).action((title: string | undefined, flags: AlbumFlags, command: Command) =>
    performOnCatalogue(command, async (invocation) =>
      (await import("../commands/import.ts")).importAlbum(invocation, title, flags),
    ),
  );

  addEditionCommands(group);
  addManyImportCommands(group);
  addImportListCommand(group);

  const enrich = program
    .command("enrich")
    .description(
      "ask the providers that have not answered yet about an item; without one, --missing or --provider for many",
    )
    .argument("[item]");
  addMatchFlags(enrich);
  addAskFlags(enrich)
    .optionsGroup("For the whole catalogue:")
    .option("--provider <name>", "enqueue this provider for many items; `accession work` runs it")
    .option("--kind <kind>", "only items of this kind: artist, album, release, song or list")
    .option(
      "--missing",
      "without --provider: ask, one after another, about all that lack something; with it, the default",
    )
    .option("--failed", "with --provider: where it failed, or was given up")
    .option("--older-than <age>", "with --provider: where it answered longer ago than this, such as 30d")
    .option("--limit <number>", "at most so many items", readCount)
    .action((item: string | undefined, flags: EnrichFlags, command: Command) =>
      performOnCatalogue(
        command,
        async (invocation) => (await import("../commands/enrich.ts")).enrich(invocation, item, flags),
        item === undefined ? "long" : "brief",
      ),
    );
}
