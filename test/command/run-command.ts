import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";

/** How a command ended. */
export interface CommandEnd {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The one JSON document on standard output. @throws Error where there is anything else. */
  document(): unknown;
}

/** How a command is started. */
export interface CommandOptions {
  /** On top of an environment without any of the command's own variables. */
  readonly environment?: NodeJS.ProcessEnv;
  readonly workingFolder?: string;
  /** Files that Node loads first. */
  readonly preload?: URL;
  /** The command's main file. Default: that of the sources. */
  readonly main?: URL;
}

const sources = new URL("../../src/command/main.ts", import.meta.url);
const running = new Set<ReturnType<typeof startCommand>["child"]>();
afterAll(() => {
  for (const child of running) child.kill("SIGKILL");
});

/** Starts the real command in a process of its own; killed, if it still runs, after the test file. */
export function startCommand(
  args: readonly string[],
  options: CommandOptions = {},
): { readonly child: ChildProcessByStdio<null, Readable, Readable>; readonly ended: Promise<CommandEnd> } {
  const { environment = {}, workingFolder, preload, main = sources } = options;
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(ACCESSION_|NO_COLOR|FORCE_COLOR|NODE_OPTIONS)/.test(name),
  );
  const child = spawn(
    process.execPath,
    [...(preload ? ["--import", preload.href] : []), fileURLToPath(main), ...args],
    {
      env: { ...Object.fromEntries(inherited), ...environment },
      stdio: ["ignore", "pipe", "pipe"],
      ...(workingFolder !== undefined && { cwd: workingFolder }),
    },
  );
  running.add(child);
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (stdout += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
  const ended = once(child, "close").then((): CommandEnd => {
    running.delete(child);
    return {
      code: child.exitCode,
      stdout,
      stderr,
      document() {
        if (!/^[^\n]+\n$/.test(stdout)) throw new Error(`not one line of JSON: ${JSON.stringify(stdout)}\n${stderr}`);
        return JSON.parse(stdout) as unknown;
      },
    };
  });
  return { child, ended };
}

/** Runs the real command to its end. */
export async function runCommand(args: readonly string[], options: CommandOptions = {}): Promise<CommandEnd> {
  return startCommand(args, options).ended;
}
