import type { Command } from "commander";
import type { JobFlags } from "../commands/jobs.ts";
import type { WorkFlags } from "../commands/work.ts";
import { performOnCatalogue } from "../perform-on-catalogue.ts";
import { readCount } from "./read-number.ts";

/** Declares `work` and `jobs`. */
export function addJobCommands(program: Command): void {
  program
    .command("work")
    .description(
      "run background providers until Ctrl-C; as many of these as you like, on any machine, on one PostgreSQL",
    )
    .option("--providers <names>", "only these, with commas between them")
    .option("--drain", "end as soon as no run is due")
    .action((flags: WorkFlags, command: Command) =>
      performOnCatalogue(
        command,
        async (invocation) => (await import("../commands/work.ts")).work(invocation, flags),
        "long",
      ),
    );

  const jobs = program.command("jobs").description("see background runs, and do something about them");
  const list = jobs
    .command("list", { isDefault: true })
    .description("list runs, those begun last first, how many there are, and what holds jobs back")
    .argument("[item]", "only its runs, all of them")
    .option("--limit <number>", "at most this many", readCount, 100);
  addFilterFlags(list).action((item: string | undefined, flags: JobFlags, command: Command) =>
    performOnCatalogue(command, async (invocation) =>
      (await import("../commands/jobs.ts")).listRuns(invocation, item, flags),
    ),
  );
  jobs
    .command("show")
    .description("show an item's runs: state, attempts, error, cost, times and job")
    .argument("<item>")
    .argument("[provider]", "only this provider's")
    .action((item: string, provider: string | undefined, _flags: unknown, command: Command) =>
      performOnCatalogue(command, async (invocation) =>
        (await import("../commands/show-runs.ts")).showRuns(invocation, item, provider),
      ),
    );
  for (const [name, description] of [
    ["retry", "run again, with all attempts, what failed or was given up"],
    ["cancel", "give up what waits or runs; it stays so until retried"],
  ] as const) {
    const change = jobs.command(name).description(description).argument("[item]", "only its runs");
    addFilterFlags(change)
      .option("--all", "whatever the provider, kind and item")
      .action((item: string | undefined, flags: JobFlags, command: Command) =>
        performOnCatalogue(command, async (invocation) =>
          (await import("../commands/jobs.ts")).changeRuns(invocation, name, item, flags),
        ),
      );
  }
  for (const [name, description] of [
    ["pause", "begin no more runs of a provider, in any process"],
    ["resume", "let a paused provider go on"],
  ] as const) {
    jobs
      .command(name)
      .description(description)
      .argument("<provider>")
      .action((provider: string, _flags: unknown, command: Command) =>
        performOnCatalogue(command, async (invocation) =>
          (await import("../commands/jobs.ts")).holdProvider(invocation, name, provider),
        ),
      );
  }
}

function addFilterFlags(command: Command): Command {
  return command
    .option("--provider <name>", "only this provider")
    .option("--kind <kind>", "only this kind: artist, album, release, song or list")
    .option("--state <states>", "only these, with commas between them: queued, running, failed, dead, …");
}
