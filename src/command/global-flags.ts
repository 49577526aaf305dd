import { type Command, Option } from "commander";

/** The flags that every command takes, before or after its name. An absent one was not given. */
export interface GlobalFlags {
  readonly database?: string | undefined;
  readonly schema?: string | undefined;
  readonly musicbrainzUrl?: string | undefined;
  readonly contact?: string | undefined;
  readonly offline?: boolean | undefined;
  readonly snapshots?: boolean | undefined;
  readonly images?: string | undefined;
  readonly coverArtArchiveUrl?: string | undefined;
  readonly config?: string | undefined;
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
  readonly verbose?: boolean | undefined;
  readonly color?: boolean | undefined;
}

/** Declares the flags of {@link GlobalFlags}. */
export function addGlobalFlags(program: Command): void {
  program
    .optionsGroup("Settings, for every command:")
    .option("--database <folder-or-url>", "the catalogue: a folder, or a postgres:// URL")
    .option("--schema <name>", "the database schema that holds it")
    .option("--musicbrainz-url <url>", "a MusicBrainz web service other than musicbrainz.org")
    .option("--contact <address>", "your e-mail or web address, which musicbrainz.org asks for")
    .option("--offline", "answer from kept responses alone; no request leaves")
    .addOption(new Option("--no-offline").hideHelp())
    .addOption(new Option("--snapshots").hideHelp())
    .option("--no-snapshots", "keep no responses, and use none")
    .option("--images <folder>", "where images are kept; none: nowhere")
    .option("--cover-art-archive-url <url>", "a Cover Art Archive other than coverartarchive.org")
    .option("--config <file>", "the configuration file (default: accession.config.json here)")
    .optionsGroup("Output, for every command:")
    .option("--json", "one JSON document on standard output")
    .option("--quiet", "no progress")
    .option("--verbose", "logs and stacks on standard error")
    .option("--no-color", "no colours, as with NO_COLOR");
}
