import { Command, CommanderError } from "commander";
import { exitCodes } from "./exit-codes.ts";
import { addCurationCommands } from "./program/curation-commands.ts";
import { addImportCommands } from "./program/import-commands.ts";
import { addJobCommands } from "./program/job-commands.ts";
import { addLoadCommand } from "./program/load-command.ts";
import { addReadingCommands } from "./program/reading-commands.ts";
import { addServiceCommands } from "./program/service-commands.ts";
import { addGlobalFlags } from "./global-flags.ts";
import { maskSecrets } from "./output/secrets.ts";
import { createOutput } from "./output/output.ts";
import { packageVersion } from "./package.ts";

const exitCodeHelp = `
Exit codes:
  0  done: stored, unchanged, shown
  1  unexpected, or the database cannot be used right now
  2  bad usage or configuration
  3  not found
  4  ambiguous, and nobody was there to choose
  5  every provider failed
  130  interrupted

ITEM is an item's id, an identifier such as musicbrainz.artist:83d91898-…, or its exact name.`;

/** Makes the program: all commands and flags, none of the code behind them. */
function createProgram(): Command {
  const program = new Command("accession")
    .description(
      "Imports items into a catalogue from outside sources, merges what they say, and remembers who said it.",
    )
    .helpOption("-h, --help", "show this")
    .helpCommand("help [command]", "show help for a command")
    .option("-V, --version", "show the version")
    .on("option:version", () => {
      process.stdout.write(`${packageVersion()}\n`);
      throw new CommanderError(exitCodes.done, "commander.version", "");
    })
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .addHelpText("after", exitCodeHelp);
  addGlobalFlags(program);
  program.commandsGroup("Importing:");
  addImportCommands(program);
  addLoadCommand(program);
  program.commandsGroup("Looking:");
  addReadingCommands(program);
  program.commandsGroup("Curating:");
  addCurationCommands(program);
  program.commandsGroup("Running:");
  addJobCommands(program);
  addServiceCommands(program);
  return program;
}

/** Runs the command line of a process, which ends with the exit code that docs/command.md describes. */
export async function runProgram(argv: readonly string[]): Promise<void> {
  const end = argv.indexOf("--");
  const json = (end < 0 ? argv : argv.slice(0, end)).includes("--json");
  const output = createOutput({ json });
  const program = createProgram();
  silenceErrors(program, (text) => output.complain(maskSecrets(text)));
  try {
    await program.parseAsync(argv);
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    process.exitCode = thrown.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    if (thrown.exitCode === 0) return;
    const said = thrown.code === "commander.help" ? "A command is missing." : thrown.message.replace(/^error: /, "");
    output.document({
      status: "error",
      error: {
        code: "usage-invalid",
        message: maskSecrets(said),
        remedy: "Correct the command line; `accession --help` shows what it takes.",
        retryable: false,
      },
    });
  }
}

/** Leads what commander says of a wrong command line, in every command, to the one place that speaks. */
function silenceErrors(command: Command, complain: (text: string) => void): void {
  command.configureOutput({ writeErr: complain });
  for (const subcommand of command.commands) silenceErrors(subcommand, complain);
}
