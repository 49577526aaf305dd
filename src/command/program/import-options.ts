import { type Command, Option } from "commander";

/** Declares the flags by which a person answers an ambiguous result. */
export function addMatchFlags(command: Command): void {
  command
    .option("--match <id>", "the candidate that is meant; remembered")
    .addOption(new Option("--reject <id...>", "candidates that are not meant; remembered"));
}

/** Declares the flags of every command that asks providers about one item. */
export function addAskFlags(command: Command): Command {
  return command
    .option("--force", "ask every provider again")
    .option("--providers <names>", "ask these and no others, with commas between them")
    .option("--wait", "run the background providers now, and wait for them")
    .option("--dry-run", "store nothing, and show what would change");
}
