import type { Command } from "commander";
import type { SandboxFlags } from "../commands/sandbox.ts";
import { perform } from "../perform.ts";
import { readAmount, readCount, readPort } from "./read-number.ts";

/** Declares `doctor`, `config` and `sandbox`. */
export function addServiceCommands(program: Command): void {
  program
    .command("doctor")
    .description("check that everything works, and say what to do about what does not")
    .option("--online", "ask the sources too")
    .action((flags: { readonly online?: boolean }, command: Command) =>
      perform(command, async (invocation) => (await import("../commands/doctor.ts")).doctor(invocation, flags)),
    );

  program
    .command("config")
    .description("show each setting, and where it comes from")
    .action((_flags: unknown, command: Command) =>
      perform(command, async (invocation) => (await import("../commands/config.ts")).config(invocation)),
    );

  program
    .command("sandbox")
    .description("serve a MusicBrainz of our own on this machine, until Ctrl-C")
    .option("--port <number>", "default: a free one", readPort)
    .option("--rate <number>", "requests a second before it answers 503; default: no limit", readCount)
    .option("--latency <milliseconds>", "what every request waits", readAmount)
    .option("--fault <fault...>", "what goes wrong, such as 503:retryAfter=2,times=1 or reset; see docs/command.md")
    .action((flags: SandboxFlags, command: Command) =>
      perform(command, async (invocation) => (await import("../commands/sandbox.ts")).sandbox(invocation, flags)),
    );
}
